import Values

/// Instants as people of a zone say them: `Mon 2026-11-23 09:00–12:30 UTC+1`.
package struct ClockFace: Sendable {
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  package let zone: Zone

  package init(zone: Zone) { self.zone = zone }

  /// `Mon 2026-11-23 09:00 UTC+1`; seconds where there are.
  package func moment(_ instant: Instant) -> String {
    "\(day(instant)) \(time(instant)) \(offset(instant))"
  }

  /// The day once where both ends lie on it, and so the distance from UTC. The end of a day is its 24:00.
  package func range(_ from: Instant, _ until: Instant) -> String {
    let (first, last) = (offset(from), offset(until))
    let isMidnight = time(until) == "00:00"
    let lastDay = isMidnight && until > from ? day(until - .milliseconds(1)) : day(until)
    let end = isMidnight && until > from ? "24:00" : time(until)
    let begin = "\(day(from)) \(time(from))\(first == last ? "" : " \(first)")"
    return day(from) == lastDay ? "\(begin)–\(end) \(last)" : "\(begin) – \(lastDay) \(end) \(last)"
  }

  private func day(_ instant: Instant) -> String {
    let civil = zone.civil(at: instant)
    return
      "\(Self.weekdays[civil.weekday]) \(civil.year.padded(4))-\(civil.month.padded(2))-\(civil.day.padded(2))"
  }

  private func time(_ instant: Instant) -> String {
    let civil = zone.civil(at: instant)
    let minute = "\(civil.hour.padded(2)):\(civil.minute.padded(2))"
    return civil.second == 0 ? minute : "\(minute):\(civil.second.padded(2))"
  }

  /// `UTC`, `UTC+1`, `UTC-3:30`.
  private func offset(_ instant: Instant) -> String {
    let seconds = zone.offset(at: instant)
    guard seconds != 0 else { return "UTC" }
    let minutes = Int(seconds.magnitude) / 60
    let rest = minutes % 60 == 0 ? "" : ":\((minutes % 60).padded(2))"
    return "UTC\(seconds < 0 ? "-" : "+")\(minutes / 60)\(rest)"
  }
}

extension Span {
  /// To the millisecond, with hours as the longest unit, for a day of work is none of 24 hours: `26h30m`, `45s`,
  /// `1h00m05s`.
  package var inHours: String {
    if milliseconds < 0 { return "-" + (-self).inHours }
    let (hours, minutes) = (milliseconds / 3_600_000, Int(milliseconds / 60_000 % 60))
    let (seconds, rest) = (Int(milliseconds / 1000 % 60), Int(milliseconds % 1000))
    var text = hours > 0 ? "\(hours)h" : ""
    if minutes > 0 || (hours > 0 && seconds + rest > 0) {
      text += (hours > 0 ? minutes.padded(2) : "\(minutes)") + "m"
    }
    if seconds > 0 || rest > 0 {
      text += (text.isEmpty ? "\(seconds)" : seconds.padded(2)) + (rest > 0 ? ".\(rest.padded(3))" : "") + "s"
    }
    return text.isEmpty ? "0s" : text
  }
}
