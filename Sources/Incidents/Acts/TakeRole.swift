import Values

/// Gives a role of an incident to somebody; from one person to another it is a hand-over, which everybody
/// sees. The first role taken answers the `respond` clock.
package struct TakeRole: Act {
  package var incident: String
  package var role: String
  /// A handle; nil gives the role back.
  package var who: String?
  /// Who had it when whoever acts looked, unless that is the actor; anybody else in between is a refusal.
  package var from: String?
  /// What the next one has to know.
  package var words: String?

  package init(
    incident: String, role: String, who: String?, from: String? = nil, words: String? = nil
  ) {
    self.incident = incident
    self.role = role
    self.who = who
    self.from = from
    self.words = words
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard role.hasWords, role.count <= 40, !role.contains(where: \.isNewline) else {
      throw Refusal("A role has a short name: commander, communications, operations, scribe.")
    }
    if let who, !Actor.isHandle(who) {
      throw Refusal("\(Inert.terminal(who)) is no handle: a-z, 0-9, dots, dashes, at most 32.")
    }
    let holder = state.roles[role]
    let since = state.roleChange(role).map { " since \($0.at.minuteUTC)" } ?? ""
    guard holder != who else {
      throw Refusal(who.map { "\($0) is \(role) of \(incident) already\(since)." } ?? "Nobody is \(role).")
    }
    if let holder, holder != actor.handle, holder != from {
      throw Refusal(
        "\(holder) is \(role) of \(incident)\(since); take it over from \(holder), or let them hand it over.")
    }
    var entries = [
      Entry(
        IncidentRoleTaken(role: role, who: who, handsOver: holder, words: words.words), at: now,
        incident: incident)
    ]
    if who != nil, let clock = state.clock("respond"), clock.met == nil {
      entries.append(Entry(ClockMet(clock: "respond", due: clock.due, by: now), at: now, incident: incident))
    }
    return Decision(append: entries)
  }
}
