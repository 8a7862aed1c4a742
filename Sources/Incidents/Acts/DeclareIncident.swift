import Values

/// Declares an incident; its declarer takes command.
package struct DeclareIncident: Act {
  package var systems: [String]
  package var severity: Severity
  package var title: String
  package var impact: String?
  package var cause: AlertIdentity?
  /// The clocks, ladder and cadence of the first system, for this severity.
  package var plan: IncidentPlan

  package init(
    systems: [String], severity: Severity, title: String, impact: String? = nil, cause: AlertIdentity? = nil,
    plan: IncidentPlan
  ) {
    self.systems = systems
    self.severity = severity
    self.title = title
    self.impact = impact
    self.cause = cause
    self.plan = plan
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard title.contains(where: { !$0.isWhitespace }) else {
      throw Refusal("An incident needs a title; say in a few words what fails.")
    }
    let number = try record.next("INC")
    let key = "INC-\(number)"
    // It began when the earliest alert of its systems that fires now began to fire.
    let started =
      try record.open(Alert.self)
      .compactMap { try record.entity(Alert.self, $0) }
      .filter { $0.isFiring && systems.contains($0.identity?.system ?? "") }
      .compactMap(\.firedAt).min() ?? now
    let declared = IncidentDeclared(
      number: number, systems: systems, severity: severity, severityName: plan.severityName, title: title,
      impact: impact, started: min(started, now),
      from: cause.map { .init(alert: $0, ticket: nil, template: nil) },
      clocks: plan.clocks.map { .init(clock: $0.name, due: started + $0.after) },
      escalation: plan.escalation.map {
        .init(name: $0.name, due: started + $0.after, contact: $0.contact, asks: $0.playbook)
      },
      cadence: plan.cadence.map { .init(audience: $0.audience, status: $0.status, every: $0.every) })
    var entries = [
      Entry(declared, at: now, incident: key),
      Entry(IncidentRoleTaken(role: "commander", who: actor.handle, handsOver: nil), at: now, incident: key),
    ]
    if let respond = declared.clocks.first(where: { $0.clock == "respond" }) {
      entries.append(Entry(ClockMet(clock: "respond", due: respond.due, by: now), at: now, incident: key))
    }
    return Decision(append: entries)
  }
}
