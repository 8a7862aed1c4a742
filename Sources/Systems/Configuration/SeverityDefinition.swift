import Incidents
import Values

/// What a severity means here, and its clocks from the incident's start.
package struct SeverityDefinition: Hashable, Sendable {
  package let severity: Severity
  /// What this house calls it; nil is S1 to S4.
  package var name: String?
  package var means: String
  package var respond: Span?
  package var mitigate: Span?
  package var resolve: Span?

  /// Without `severities:` nothing is promised: meanings, and no clock.
  package static let common: [SeverityDefinition] = [
    SeverityDefinition(severity: .s1, means: "The system cannot be used, or data is at risk"),
    SeverityDefinition(severity: .s2, means: "An important part does not work, or is slow for many"),
    SeverityDefinition(severity: .s3, means: "Work goes on by a detour"),
    SeverityDefinition(severity: .s4, means: "As time allows"),
  ]

  package var clocks: [IncidentPlan.Clock] {
    [("respond", respond), ("mitigate", mitigate), ("resolve", resolve)].compactMap { name, after in
      after.map { IncidentPlan.Clock(name: name, after: $0) }
    }
  }
}
