import Values

/// Gives an incident another severity; its clocks are counted anew from its start.
package struct ChangeSeverity: Act {
  package var incident: String
  package var severity: Severity
  package var reason: String?
  package var clocks: [IncidentPlan.Clock]

  package init(incident: String, to severity: Severity, reason: String?, clocks: [IncidentPlan.Clock]) {
    self.incident = incident
    self.severity = severity
    self.reason = reason
    self.clocks = clocks
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard state.severity != severity else {
      throw Refusal("\(incident) is \(severity.rawValue) already.")
    }
    let started = state.started ?? now
    let fact = IncidentSeverityChanged(
      to: severity, reason: reason, clocks: clocks.map { .init(clock: $0.name, due: started + $0.after) })
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}
