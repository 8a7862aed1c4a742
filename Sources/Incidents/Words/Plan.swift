import Values

/// What a system's folder says of its incidents, copied into an incident's own events when it is
/// declared, so that editing the folder never moves a running incident.
package struct IncidentPlan: Codable, Equatable, Sendable {
  /// `respond`, `mitigate`, `resolve`: how long after the start.
  package struct Clock: Codable, Equatable, Sendable {
    package let name: String
    package let after: Span

    package init(name: String, after: Span) {
      self.name = name
      self.after = after
    }
  }

  /// One rung of the escalation ladder, counted from the start.
  package struct Rung: Codable, Equatable, Sendable {
    package let name: String
    package let after: Span
    package let contact: String?
    /// The playbook section that says what it asks for, `escalation#level-1`.
    package let playbook: String?
    /// The same in words.
    package let asks: String?

    package init(name: String, after: Span, contact: String?, playbook: String?, asks: String? = nil) {
      self.name = name
      self.after = after
      self.contact = contact
      self.playbook = playbook
      self.asks = asks
    }
  }

  /// How often an update is due; the last row that matches holds. `every` nil: none is due.
  package struct Cadence: Codable, Equatable, Sendable {
    package let audience: String?
    package let status: Status?
    package let every: Span?

    package init(audience: String?, status: Status?, every: Span?) {
      self.audience = audience
      self.status = status
      self.every = every
    }
  }

  /// Something due after the incident is resolved.
  package struct FollowUp: Codable, Equatable, Sendable {
    package let title: String
    package let after: Span

    package init(title: String, after: Span) {
      self.title = title
      self.after = after
    }
  }

  package var severityName: String?
  package var clocks: [Clock] = []
  package var escalation: [Rung] = []
  package var cadence: [Cadence] = []
  package var followUps: [FollowUp] = []
  /// How long nobody may write anything.
  package var callOut: Span?

  package init() {}
}
