import Values

/// Gives a role of an incident to somebody; the first role taken answers the `respond` clock.
package struct TakeRole: Act {
  package var incident: String
  package var role: String
  /// A handle; nil gives the role back.
  package var who: String?

  package init(incident: String, role: String, who: String?) {
    self.incident = incident
    self.role = role
    self.who = who
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard state.roles[role] != who else {
      throw Refusal(who.map { "\($0) is \(role) already." } ?? "Nobody is \(role).")
    }
    var entries = [
      Entry(
        IncidentRoleTaken(role: role, who: who, handsOver: state.roles[role]), at: now, incident: incident)
    ]
    if who != nil, let clock = state.clock("respond"), clock.met == nil {
      entries.append(Entry(ClockMet(clock: "respond", due: clock.due, by: now), at: now, incident: incident))
    }
    return Decision(append: entries)
  }
}
