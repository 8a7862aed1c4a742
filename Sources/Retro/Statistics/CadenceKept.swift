import Incidents
import Values

/// How often the next update came when it had been promised.
package struct CadenceKept: Equatable, Sendable {
  /// Promises of a next update that were due or kept.
  package private(set) var promised = 0
  package private(set) var kept = 0
  /// How late the others were, the least first; one that never came is not among them.
  package private(set) var late: [Span] = []
  /// Promises that passed without an update before the incident was resolved or, while it is not, before now.
  package private(set) var never = 0

  package init() {}

  package mutating func add(_ report: IncidentReport) {
    add(report.updates, missed: report.missedPromise)
  }

  mutating func add(_ updates: [SentUpdate], missed: Instant?) {
    for update in updates {
      guard let lateBy = update.lateBy else { continue }
      promised += 1
      if lateBy == .zero { kept += 1 } else { late.append(lateBy) }
    }
    if missed != nil {
      promised += 1
      never += 1
    }
    late.sort()
  }

  /// From 0 to 1; nil when nothing was promised.
  package var part: Double? { promised == 0 ? nil : Double(kept) / Double(promised) }
}
