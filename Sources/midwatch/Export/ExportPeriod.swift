import ArgumentParser
import Host
import Incidents
import Journal
import Values

/// Incidents that began in a time.
struct ExportPeriod: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Every incident that began from then on: 30d, 2026-11-01, 2026-11-21T03:00:00Z.", valueName: "time"))
  var since: String?
  @Option(help: ArgumentHelp("And before then.", valueName: "time")) var until: String?

  var isNamed: Bool { since != nil || until != nil }

  /// Keys, in the order in which they began.
  func incidents(in journal: Journal, at now: Instant) throws -> [String] {
    guard isNamed else { return [] }
    let from = try since.map { try Self.instant($0, "--since", at: now) }
    let end = try until.map { try Self.instant($0, "--until", at: now) }
    return try journal.entities(Incident.self).filter { incident in
      guard incident.declared != nil, let began = incident.started else { return false }
      return from.map { began >= $0 } ?? true && end.map { began < $0 } ?? true
    }.sorted { ($0.started ?? now, $0.number) < ($1.started ?? now, $1.number) }.map(\.key)
  }

  /// `30d` is that long ago, `2026-11-01` that midnight here; else as other verbs take times that are past.
  static func instant(_ text: String, _ option: String, at now: Instant) throws -> Instant {
    if let span = Span(prometheus: text) { return now - span }
    let words = text.count == 10 ? text + " 00:00" : text
    if let instant = NoteTime.instant(words, at: now, offset: Clock.zone(at: now).offset) { return instant }
    throw ValidationError(
      "\(option) \"\(Inert.terminal(text))\" is no time; write 30d, 2026-11-01, 14:03Z or 2026-11-21T03:00:00Z."
    )
  }
}
