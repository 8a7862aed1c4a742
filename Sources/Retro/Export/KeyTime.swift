import Incidents
import Values

/// A moment by which an incident is measured.
package struct KeyTime: Codable, Equatable, Sendable {
  /// `started`, `detected`, `acknowledged`, `declared`, `first_update`, `mitigated`, `first_resolved` and
  /// `reopened` where it came back, `resolved`.
  package let name: String
  package let at: Instant
  /// Since the start; negative when it came before.
  package let sinceStart: Span

  static let start = "started"

  /// The name as people write it: `first update`.
  var words: String { name.replacing("_", with: " ") }
}

extension KeyTime {
  /// In the order in which an incident should meet them; those that have not come are left out.
  ///
  /// Detected is the first alert of its systems that fired from its start on, or the declaration where people were
  /// faster than that alert; acknowledged the first acknowledgement or role taken; mitigated the move to Monitoring.
  /// - Parameter events: in the order in which they happened.
  package static func all(of incident: Incident, events: [Event]) -> [KeyTime] {
    guard let started = incident.started else { return [] }
    func first(_ matches: (Event) -> Bool) -> Instant? { events.first(where: matches)?.occurred }
    let alerted = first { $0.kind == AlertFired.kind && $0.occurred >= started }
    let declared = incident.declaredAt.flatMap { $0 >= started ? $0 : nil }
    let moments: [(String, Instant?)] =
      [
        (start, started),
        ("detected", alerted.map { min($0, declared ?? $0) }),
        ("acknowledged", first { $0.kind == AlertAcknowledged.kind || $0.kind == IncidentRoleTaken.kind }),
        ("declared", incident.declaredAt),
        ("first_update", incident.updates.first?.at),
        ("mitigated", first { $0.fact(IncidentStatusChanged.self)?.to == .monitoring }),
      ]
      + incident.resolutions.enumerated().flatMap { number, one -> [(String, Instant?)] in
        guard let reopened = one.reopened else { return [] }
        return [(number == 0 ? "first_resolved" : "resolved_again", one.at), ("reopened", reopened)]
      } + [("resolved", incident.resolved)]
    return moments.compactMap { name, at in
      at.map { KeyTime(name: name, at: $0, sinceStart: $0 - started) }
    }
  }
}

extension IncidentReport {
  /// ``KeyTime/all(of:events:)``.
  package var keyTimes: [KeyTime] {
    presetKeyTimes
      ?? KeyTime.all(
        of: incident,
        events: events(
          AlertFired.kind, AlertAcknowledged.kind, IncidentRoleTaken.kind, IncidentStatusChanged.kind))
  }

  /// Key times that came before one that should precede them, as sentences: a wrong entry, most likely.
  package var disorder: [String] {
    let times = keyTimes
    let before = times.filter { $0.sinceStart < .zero }
    let rest = times.filter { $0.sinceStart >= .zero }
    return before.map { "\($0.words) lies before \(KeyTime.start)" }
      + zip(rest, rest.dropFirst()).compactMap { earlier, later in
        guard later.at < earlier.at, later.name != "declared", earlier.name != "acknowledged" else {
          return nil
        }
        return "\(later.words) lies before \(earlier.words)"
      }
  }
}
