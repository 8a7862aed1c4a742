import Testing
import Values

@testable import Desk

extension BusinessCalendar {
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  /// Hours such as `Mon-Fri 09:00-12:30`, as folders write them.
  init(_ zone: String, _ hours: [String], holidays: [String] = [], name: String = "support") throws {
    func minute(_ text: Substring) throws -> Int {
      let parts = text.split(separator: ":").compactMap { Int($0) }
      try #require(parts.count == 2)
      return parts[0] * 60 + parts[1]
    }
    self.init(
      name: name, zone: zone,
      hours: try hours.map { text in
        let words = text.split(separator: " ")
        try #require(words.count == 2)
        let days = try words[0].split(separator: "-").map {
          try #require(Self.weekdays.firstIndex(of: String($0)))
        }
        let times = words[1].split(separator: "-")
        let (first, last) = (days[0], days[days.count - 1])
        return Hours(
          days: (0...(last - first + 7) % 7).map { (first + $0) % 7 }, from: try minute(times[0]),
          until: try minute(times[1]))
      }, holidays: holidays)
  }
}

extension WorkingHours {
  init(_ zone: String, _ hours: [String], holidays: [String] = []) throws {
    self.init(
      try BusinessCalendar(zone, hours, holidays: holidays), zone: try #require(HostZones.zone(zone)))
  }

  /// Nova's support desk.
  static func support() throws -> WorkingHours {
    try WorkingHours(
      "Europe/Paris", ["Mon-Fri 09:00-12:30", "Mon-Fri 13:30-18:00"], holidays: ["2026-12-25"])
  }
}

extension Instant {
  /// `2026-11-23T08:00Z`, with or without seconds.
  init(_ text: String) throws {
    let whole = text.count == 17 ? text.dropLast() + ":00Z" : text[...]
    self = try #require(Instant(rfc3339: String(whole)), "\(text)")
  }

  /// As ``init(_:)`` reads it, without what is zero.
  var brief: String {
    let text = rfc3339
    let cut = text.hasSuffix(":00.000Z") ? 8 : text.hasSuffix(".000Z") ? 5 : 0
    return cut == 0 ? text : text.dropLast(cut) + "Z"
  }
}
