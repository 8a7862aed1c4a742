import Testing

@testable import Desk

@Suite struct BusinessCalendarTests {
  @Test func keepsWhatTheFolderSays() {
    let calendar = BusinessCalendar(
      name: "support", zone: "Europe/Paris", hours: [.init(days: [1, 2], from: 540, until: 750)],
      holidays: ["2026-12-25"])
    #expect(calendar.hours.first?.until == 750 && calendar.zone == "Europe/Paris")
  }
}
