import Incidents
import Values

/// How often the next update came when it had been promised.
package struct CadenceKept: Equatable, Sendable {
  /// Promises of a next update that were due or kept.
  package private(set) var promised = 0
  package private(set) var kept = 0
  /// How late the others were, the least first; one that never came is not among them.
  package private(set) var late: [Span] = []
  /// Promises that passed without an update, also when their incident was resolved before: they outlive it.
  package private(set) var never = 0

  package init() {}

  package mutating func add(_ report: IncidentReport) {
    add(report.updates, missed: report.missedPromises.count)
  }

  mutating func add(_ updates: [SentUpdate], missed: Int) {
    for update in updates {
      guard let lateBy = update.lateBy else { continue }
      promised += 1
      if lateBy == .zero { kept += 1 } else { late.append(lateBy) }
    }
    promised += missed
    never += missed
    late.sort()
  }

  /// As a sentence; nil when nothing was promised.
  package var words: String? {
    guard promised > 0 else { return nil }
    let worst = late.last.map { ", \(late.count == 1 ? "" : "the latest ")by \($0.short)" } ?? ""
    return "\(kept) of \(promised) promised updates came in time; "
      + "\(late.count) \(late.count == 1 ? "was" : "were") late\(worst), \(never) never came."
  }

  /// From 0 to 1; nil when nothing was promised.
  package var part: Double? { promised == 0 ? nil : Double(kept) / Double(promised) }
}
