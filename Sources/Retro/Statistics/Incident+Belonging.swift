import Incidents
import Values

/// Which alerts and outages belong to an incident. One rule for figures, comparisons and documents; a backtest's
/// ``PastIncident`` has the same.
///
/// One of its systems' belongs to it when it lasted for at least a moment between the incident's start and its end.
/// What was over before is in the timeline, which begins half an hour before the start, and is not counted.
struct IncidentSpan: Equatable, Sendable {
  /// Its start; where that is not known, its declaration.
  let from: Instant
  /// When it was resolved or merged; nil while it is open.
  let until: Instant?

  init(from: Instant, until: Instant?) {
    (self.from, self.until) = (from, until)
  }

  /// Nil for what was never declared.
  init?(_ incident: Incident) {
    guard let from = incident.started ?? incident.declaredAt else { return nil }
    self.from = from
    until = incident.closed
  }

  /// - Parameter end: nil when it lasts still.
  func holds(from start: Instant, until end: Instant?) -> Bool {
    until.map { start <= $0 } ?? true && end.map { $0 > from } ?? true
  }
}

extension Incident {
  /// Whether what lasted from `start` to `end` (nil: it lasts) was within it for at least a moment.
  func holds(from start: Instant, until end: Instant?) -> Bool {
    IncidentSpan(self)?.holds(from: start, until: end) ?? false
  }
}
