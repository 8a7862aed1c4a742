import Values

/// Moves an incident to another status; Resolved ends it, and any other reopens a resolved one.
package struct ChangeStatus: Act {
  package var incident: String
  package var status: Status
  /// On Resolved: whether data was lost, in words.
  package var dataLost: String?
  package var followUps: [IncidentPlan.FollowUp]

  package init(
    incident: String, to status: Status, dataLost: String? = nil, followUps: [IncidentPlan.FollowUp] = []
  ) {
    self.incident = incident
    self.status = status
    self.dataLost = dataLost
    self.followUps = followUps
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.incident(incident)
    guard state.status != status else {
      throw Refusal("\(incident) is \(status.rawValue) already.")
    }
    var entries = [
      Entry(
        IncidentStatusChanged(
          to: status, dataLost: dataLost,
          followUps: status == .resolved
            ? followUps.map { .init(title: $0.title, due: now + $0.after) } : nil),
        at: now, incident: incident)
    ]
    if status == .resolved {
      for name in ["mitigate", "resolve"] {
        guard let clock = state.clock(name), clock.met == nil else { continue }
        entries.append(Entry(ClockMet(clock: name, due: clock.due, by: now), at: now, incident: incident))
      }
    }
    return Decision(append: entries)
  }
}
