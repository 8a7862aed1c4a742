import Values

/// Moves an incident to another status; Resolved ends it, and any other reopens a resolved one.
package struct ChangeStatus: Act {
  package var incident: String
  package var status: Status
  /// Why, or what was found.
  package var reason: String?
  /// On Resolved: whether data was lost, in words: `no`, or what.
  package var dataLost: String?
  package var followUps: [IncidentPlan.FollowUp]

  package init(
    incident: String, to status: Status, reason: String? = nil, dataLost: String? = nil,
    followUps: [IncidentPlan.FollowUp] = []
  ) {
    self.incident = incident
    self.status = status
    self.reason = reason
    self.dataLost = dataLost
    self.followUps = followUps
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedIncident(incident)
    guard state.status != status else {
      let when = state.statusSince.map { " at \($0.minuteUTC)" } ?? ""
      throw Refusal(
        "\(incident) is \(status.rawValue) already, since \(state.statusBy ?? "somebody") said so\(when).")
    }
    guard status != .resolved || dataLost.words != nil else {
      throw Refusal("Say whether data was lost: no, or what.")
    }
    let isEnd = status == .resolved
    var fact = IncidentStatusChanged(
      to: status, from: state.status, reason: reason.words, dataLost: isEnd ? dataLost : nil,
      followUps: isEnd ? followUps.map { .init(title: $0.title, due: now + $0.after) } : nil)
    if let resolved = state.resolved {
      fact.withdrawn = state.followUps.isEmpty ? nil : state.followUps
      // Nobody had to do anything while it was over: what had not come by then comes that much later.
      let over = max(.zero, now - resolved)
      fact.clocks = state.clocks.map {
        .init(clock: $0.name, due: $0.name == "resolve" && $0.due > resolved ? $0.due + over : $0.due)
      }
      fact.escalation = state.ladder.map { $0.due > resolved ? $0.later(by: over) : $0 }
    }
    var entries = [Entry(fact, at: now, incident: incident)]
    // What is watched has a fix in it, and what is over has both.
    let met = isEnd ? ["mitigate", "resolve"] : status == .monitoring ? ["mitigate"] : []
    for name in met {
      guard let clock = state.clock(name), clock.met == nil else { continue }
      entries.append(Entry(ClockMet(clock: name, due: clock.due, by: now), at: now, incident: incident))
    }
    return Decision(append: entries)
  }
}

extension IncidentDeclared.Rung {
  fileprivate func later(by span: Span) -> Self {
    Self(name: name, due: due + span, contact: contact, asks: asks, playbook: playbook)
  }
}
