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
    /// What it asks for, in words.
    package let asks: String?
    /// The section that says more, `escalation#level-2`; nil in events that did not say.
    package let playbook: String?
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
    /// A ticket's number, ours or another house's.
    package let ticket: String?
    /// The title of the folder's own declaration.
    package let template: String?
    /// The playbook that the declaration names, of the first system: `billing-webhooks#drain`.
    package let playbook: String?
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
  /// How long nobody may write anything.
  package let callOut: Span?
}

/// Title, impact or extent of an incident said anew; what is nil stays.
package struct IncidentDescribed: Fact {
  package static let kind = "incident.described"
  package let title: String?
  package let impact: String?
  /// Endpoints, `system/endpoint`; empty when none is any more.
  package let affected: [String]?
  package let systems: [String]?
  package let started: Instant?
  /// With another start: the clocks and the ladder as they are counted from it.
  package let clocks: [IncidentDeclared.Clock]?
  package let escalation: [IncidentDeclared.Rung]?
}

/// An incident stands elsewhere; from Resolved to anything else reopens it.
package struct IncidentStatusChanged: Fact {
  package static let kind = "incident.status"

  package struct FollowUp: Codable, Equatable, Sendable {
    package let title: String
    package let due: Instant
  }

  package let to: Status
  package let from: Status?
  package let reason: String?
  /// On Resolved: whether data was lost, in words.
  package let dataLost: String?
  /// On Resolved: what is due afterwards.
  package let followUps: [FollowUp]?
  /// On reopening: what the resolution had made due and is due no more.
  package var withdrawn: [FollowUp]?
  /// On reopening: the clocks and the ladder as they go on from where they stood; nil in events that did not
  /// say.
  package var clocks: [IncidentDeclared.Clock]?
  package var escalation: [IncidentDeclared.Rung]?
}

/// An incident is as bad as that; carries what its system promises for it.
package struct IncidentSeverityChanged: Fact {
  package static let kind = "incident.severity"
  package let to: Severity
  package let reason: String?
  package let clocks: [IncidentDeclared.Clock]
  /// What this house calls it.
  package let severityName: String?
  /// Nil in events that did not say: the earlier ones hold.
  package let escalation: [IncidentDeclared.Rung]?
  package let cadence: [IncidentDeclared.Cadence]?
}

/// Someone takes a role; nil `who` gives it back.
package struct IncidentRoleTaken: Fact {
  package static let kind = "incident.role"
  package let role: String
  package let who: String?
  /// Who had it.
  package let handsOver: String?
  /// What the next one has to know.
  package let words: String?
}

/// Two incidents have to do with each other, or an incident has an address.
package struct IncidentLinked: Fact {
  package static let kind = "incident.linked"
  package let to: String
  package let `as`: LinkKind
  /// The other one is the duplicate, or was merged into this one.
  package let incoming: Bool?
  /// What an address leads to; of another incident its title.
  package let title: String?
  /// Of one that is merged into this one: the next updates that its readers were promised.
  package var promises: [Promised]? = nil

  package struct Promised: Codable, Equatable, Sendable {
    package let audience: String?
    package let next: Instant
  }
}

/// What was linked is so no more; of a merged incident: it is open again.
package struct IncidentUnlinked: Fact {
  package static let kind = "incident.unlinked"
  package let to: String
  package let `as`: LinkKind
  package let incoming: Bool?
  package let reason: String?
}

/// What was decided in an incident.
package struct IncidentDecided: Fact {
  package static let kind = "incident.decided"
  package let text: String
  /// What was said against it, or that nothing was; nil when nobody asked.
  package let objections: String?
  /// Who carries it out: a handle.
  package let executes: String?
}
