import Values

/// Gives an incident another severity; its clocks and its ladder are counted anew from its start, its
/// cadence is that of the new severity. What was answered stays answered, also by a clock that begins with it.
package struct ChangeSeverity: Act {
  package var incident: String
  package var severity: Severity
  package var reason: String?
  /// What its systems promise for the new severity; nil when nobody knows, and everything stays as it was.
  package var plan: IncidentPlan?

  package init(incident: String, to severity: Severity, reason: String?, plan: IncidentPlan?) {
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
    guard let plan else {
      let fact = IncidentSeverityChanged(
        to: severity, reason: reason.words, clocks: state.clocks.map { .init(clock: $0.name, due: $0.due) },
        severityName: nil, escalation: nil, cadence: nil)
      return Decision(append: [Entry(fact, at: now, incident: incident)])
    }
    let clocks = plan.clocks(from: started)
    let fact = IncidentSeverityChanged(
      to: severity, reason: reason.words, clocks: clocks, severityName: plan.severityName,
      escalation: plan.ladder(from: started), cadence: plan.cadences)
    var entries = [Entry(fact, at: now, incident: incident)]
    for clock in clocks where state.answered[clock.clock] == nil {
      guard let by = state.answer(to: clock.clock) else { continue }
      entries.append(Entry(ClockMet(clock: clock.clock, due: clock.due, by: by), at: now, incident: incident))
    }
    return Decision(append: entries)
  }
}

extension Incident {
  /// `since ops2 said so at 03:06Z`.
  fileprivate var severityWords: String {
    "since \(severityBy ?? "somebody") said so\(severitySince.map { " at \($0.minuteUTC)" } ?? "")"
  }
}

extension Incident {
  /// When what a clock asks for was done, although it had no such clock then: the first role taken, the move to
  /// Monitoring.
  fileprivate func answer(to clock: String) -> Instant? {
    switch clock {
    case "respond": roleChanges.first { $0.who != nil }?.at
    case "mitigate": status == .monitoring ? statusSince : nil
    default: nil
    }
  }
}
