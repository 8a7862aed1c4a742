import Values

/// An incident begins. Carries every figure that its clocks need.
package struct IncidentDeclared: Fact {
  package static let kind = "incident.declared"

  package struct Clock: Codable, Equatable, Sendable {
    package let clock: String
    package let due: Instant
  }

  package struct Rung: Codable, Equatable, Sendable {
    package let name: String
    package let due: Instant
    package let contact: String?
    package let asks: String?
  }

  package struct Cadence: Codable, Equatable, Sendable {
    package let audience: String?
    package let status: Status?
    /// Milliseconds; nil when none is due.
    package let every: Span?
  }

  /// What it was declared from.
  package struct Cause: Codable, Equatable, Sendable {
    package let alert: AlertIdentity?
    package let ticket: String?
    package let template: String?
  }

  package let number: Int
  package let systems: [String]
  package let severity: Severity
  package let severityName: String?
  package let title: String
  package let impact: String?
  package let started: Instant
  package let from: Cause?
  package let clocks: [Clock]
  package let escalation: [Rung]
  package let cadence: [Cadence]
}

/// Title, impact or extent of an incident said anew; what is nil stays.
package struct IncidentDescribed: Fact {
  package static let kind = "incident.described"
  package let title: String?
  package let impact: String?
  package let affected: [String]?
  package let systems: [String]?
  package let started: Instant?
}

package struct IncidentStatusChanged: Fact {
  package static let kind = "incident.status"

  package struct FollowUp: Codable, Equatable, Sendable {
    package let title: String
    package let due: Instant
  }

  package let to: Status
  /// On Resolved: whether data was lost, in words.
  package let dataLost: String?
  /// On Resolved: what is due afterwards.
  package let followUps: [FollowUp]?
}

package struct IncidentSeverityChanged: Fact {
  package static let kind = "incident.severity"
  package let to: Severity
  package let reason: String?
  package let clocks: [IncidentDeclared.Clock]
}

/// Someone takes a role; nil `who` gives it back.
package struct IncidentRoleTaken: Fact {
  package static let kind = "incident.role"
  package let role: String
  package let who: String?
  package let handsOver: String?
}

package struct IncidentTaskAdded: Fact {
  package static let kind = "incident.task"
  package let task: String
  package let title: String
  package let owner: String?
  package let due: Instant?
}

package struct IncidentTaskDone: Fact {
  package static let kind = "incident.task_done"
  package let task: String
  package let outcome: String?
}

package struct IncidentDecided: Fact {
  package static let kind = "incident.decided"
  package let text: String
  package let objections: String?
}
