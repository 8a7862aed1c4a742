import ArgumentParser
import Host
import Incidents
import Values

/// Times as options have them.
enum CommandTime {
  /// When something ends or begins: `2h`, `06:00`, `06:00Z`, `tomorrow 06:00`; anything else is a usage error.
  static func coming(_ text: String, from start: Instant? = nil, at now: Instant) throws -> Instant {
    let zone = Clock.zone(at: now)
    guard let instant = ComingTime.instant(text, from: start, at: now, offset: zone.offset) else {
      throw ValidationError(
        "\"\(Inert.terminal(text))\" is no time; write 2h, 06:00, 06:00Z, tomorrow 06:00 or 2026-11-22T06:00:00Z."
      )
    }
    return instant
  }

  /// When something happened: `12m` or `-12m` ago, `14:03`, `14:03Z`, `yesterday 23:50`; anything else is a usage
  /// error.
  static func past(_ text: String, at now: Instant) throws -> Instant {
    if let span = Span(prometheus: text) { return now - span }
    let zone = Clock.zone(at: now)
    guard let instant = NoteTime.instant(text, at: now, offset: zone.offset) else {
      throw ValidationError(
        "\"\(Inert.terminal(text))\" is no time; write -12m, 14:03, 14:03Z or yesterday 23:50.")
    }
    return instant
  }

  /// An edge of a period that is past: `90d` or `-90d` ago, `2026-11-01` (its beginning here), and what
  /// ``past(_:at:)`` reads; anything else is a usage error that names the option.
  static func edge(_ text: String, _ option: String, at now: Instant) throws -> Instant {
    if let span = Span(prometheus: text) { return now - span }
    if let instant = moment("00:00", of: text, at: now) { return instant }
    if let instant = NoteTime.instant(text, at: now, offset: Clock.zone(at: now).offset) { return instant }
    throw ValidationError(
      "\(option) \"\(Inert.terminal(text))\" is no time; write 30d, 2026-11-01, 14:03Z or 2026-11-21T03:00:00Z."
    )
  }

  /// A time of the day `2026-11-01` here; nil for other words.
  static func moment(_ time: String, of day: String, at now: Instant) -> Instant? {
    func instant(_ offset: Int) -> Instant? {
      day.utf8.count == 10 ? NoteTime.instant("\(day) \(time)", at: now, offset: offset) : nil
    }
    // The clocks of that day may not be today's.
    return instant(Clock.zone(at: now).offset).flatMap { instant(Clock.zone(at: $0).offset) }
  }
}
