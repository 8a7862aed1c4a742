import Desk
import Systems
import Testing

/// The hours that calendars of a folder say.
struct CalendarTests {
  /// As written, the days from Sunday, and the minutes from midnight.
  @Test(arguments: [
    ("Mon-Fri 09:00-12:30", [1, 2, 3, 4, 5], 540, 750), ("Sat 10:00-24:00", [6], 600, 1440),
    ("Fri 22:00-02:00", [5], 1320, 120), ("Fri-Mon 18:30-00:00", [5, 6, 0, 1], 1110, 0),
    ("Mon-Sun 00:00-24:00", [1, 2, 3, 4, 5, 6, 0], 0, 1440), ("Sun 23:59-23:58", [0], 1439, 1438),
  ])
  func reads(_ text: String, _ days: [Int], _ from: Int, _ until: Int) {
    let (system, problems) = SystemFolder.read(
      "title: T\ncalendars: {c: {zone: Europe/Paris, hours: [\"\(text)\"], holidays: [2026-12-25]}}\n")
    #expect(problems.isEmpty, "\(problems)")
    #expect(
      system.calendars == [
        BusinessCalendar(
          name: "c", zone: "Europe/Paris", hours: [.init(days: days, from: from, until: until)],
          holidays: ["2026-12-25"])
      ])
  }
}
