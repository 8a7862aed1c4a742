import Values

/// Gives an incident another severity; its clocks and its ladder are counted anew from its start, its
/// cadence is that of the new severity.
package struct ChangeSeverity: Act {
  package var incident: String
  package var severity: Severity
  package var reason: String?
  /// What its first system promises for the new severity.
  package var plan: IncidentPlan

  package init(incident: String, to severity: Severity, reason: String?, plan: IncidentPlan) {
    self.incident = incident
    self.severity = severity
    self.reason = reason
    self.plan = plan
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard state.severity != severity else {
      throw Refusal("\(incident) is \(severity.rawValue) already, \(state.severityWords).")
    }
    let started = state.started ?? now
    let fact = IncidentSeverityChanged(
      to: severity, reason: reason.words, clocks: plan.clocks(from: started),
      severityName: plan.severityName, escalation: plan.ladder(from: started), cadence: plan.cadences)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

extension Incident {
  /// `since ops2 said so at 03:06Z`.
  fileprivate var severityWords: String {
    "since \(severityBy ?? "somebody") said so\(severitySince.map { " at \($0.minuteUTC)" } ?? "")"
  }
}
