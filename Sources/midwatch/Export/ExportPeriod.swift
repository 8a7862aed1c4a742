import ArgumentParser
import Host
import Incidents
import Journal
import Values

/// Incidents that began in a time.
struct ExportPeriod: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Every incident that began from then on: 30d, 2026-11-01, 2026-11-21T03:00:00Z.", valueName: "time"))
  var since: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("And before then.", valueName: "time")) var until:
    String?

  var isNamed: Bool { since != nil || until != nil }

  /// Keys, in the order in which they began.
  func incidents(in journal: Journal, at now: Instant) throws -> [String] {
    guard isNamed else { return [] }
    let from = try since.map { try CommandTime.edge($0, "--since", at: now) }
    let end = try until.map { try CommandTime.edge($0, "--until", at: now) }
    return try journal.entities(Incident.self).filter { incident in
      guard incident.declared != nil, let began = incident.started else { return false }
      return from.map { began >= $0 } ?? true && end.map { began < $0 } ?? true
    }.sorted { ($0.started ?? now, $0.number) < ($1.started ?? now, $1.number) }.map(\.key)
  }
}
