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

  /// When something happened: `-12m`, `14:03`, `14:03Z`, `yesterday 23:50`; anything else is a usage error.
  static func past(_ text: String, at now: Instant) throws -> Instant {
    let zone = Clock.zone(at: now)
    guard let instant = NoteTime.instant(text, at: now, offset: zone.offset) else {
      throw ValidationError(
        "\"\(Inert.terminal(text))\" is no time; write -12m, 14:03, 14:03Z or yesterday 23:50.")
    }
    return instant
  }
}
