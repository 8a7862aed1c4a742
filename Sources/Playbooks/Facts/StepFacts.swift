import Incidents
import Values

package enum StepState: String, Codable, CaseIterable, Sendable {
  case todo, doing, done, skipped, failed
  case notApplicable = "not_applicable"
  /// It was running when its process died.
  case unknown

  /// Whether nothing is left to do on it.
  package var isSettled: Bool { self == .done || self == .skipped || self == .notApplicable }
}

/// A step of a run is ticked, skipped, begun, taken back.
package struct StepChanged: Fact {
  package static let kind = "step.changed"

  package enum Means: String, Codable, Sendable {
    case hand, check
  }

  package let run: String
  /// Its number, `1.2`.
  package let step: String
  package let title: String
  package let to: StepState
  package let reason: String?
  package let by: Means
}

/// A step's time is over, and it is not done. Written once for each time that it is due.
package struct StepOverdue: Fact {
  package static let kind = "step.overdue"
  package let run: String
  package let step: String
  package let title: String
  package let due: Instant
}

package struct StepAssigned: Fact {
  package static let kind = "step.assigned"
  package let run: String
  package let step: String
  /// A handle; nil gives it back.
  package let who: String?
}
