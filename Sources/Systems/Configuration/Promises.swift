import Incidents
import Values

/// One rung of the escalation ladder, counted from the incident's start.
package struct EscalationRung: Hashable, Sendable {
  package let name: String
  package let after: Span
  /// A role under `contacts`.
  package let contact: String?
  package let playbook: String?
  /// Empty: all.
  package let severities: [Severity]
}

/// How soon after the last update the next is due; of the rows that match the last holds.
package struct CadenceRow: Hashable, Sendable {
  package let audience: String?
  /// Empty: all.
  package let severities: [Severity]
  package let status: Status?
  /// Nil: none is due.
  package let every: Span?
}

/// What is due after an incident is resolved.
package struct FollowUpRow: Hashable, Sendable {
  package let after: Span
  package let playbook: String
  /// Empty: all.
  package let severities: [Severity]
}

/// An incident to declare from, beside alerts and tickets.
package struct Declaration: Hashable, Sendable {
  package let title: String
  package let severity: Severity
  package let impact: String?
  package let playbook: String?
}
