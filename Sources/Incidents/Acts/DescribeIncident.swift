import Values

/// Says an incident's title, impact, extent or start anew.
package struct DescribeIncident: Act {
  package var incident: String
  package var title: String?
  package var impact: String?
  /// Endpoints, `system/endpoint`; empty takes back what was said.
  package var affected: [String]?
  package var systems: [String]?
  /// Clocks and ladder move with it.
  package var started: Instant?

  package init(
    incident: String, title: String? = nil, impact: String? = nil, affected: [String]? = nil,
    systems: [String]? = nil, started: Instant? = nil
  ) {
    self.incident = incident
    self.title = title
    self.impact = impact
    self.affected = affected
    self.systems = systems
    self.started = started
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.unmergedIncident(incident)
    if let title, !title.hasWords {
      throw Refusal("An incident needs a title; say in a few words what fails.")
    }
    if let impact, !impact.hasWords { throw Refusal("Say who cannot do what; an impact is not taken back.") }
    if let systems, systems.isEmpty || !systems.allSatisfy(\.hasWords) {
      throw Refusal("An incident needs a system; say which one does not work.")
    }
    if let affected, !affected.allSatisfy(\.hasWords) {
      throw Refusal("An endpoint has a name: system/endpoint.")
    }
    if let started, started > now {
      throw Refusal("\(started.dateClockUTC) is in the future; an incident has begun.")
    }
    let old = state.started ?? now
    let moved = started.flatMap { $0 == old ? nil : $0 - old }
    let fact = IncidentDescribed(
      title: title == state.title ? nil : title, impact: impact == state.impact ? nil : impact,
      affected: affected.flatMap { Self.once($0) == state.affected ? nil : Self.once($0) },
      systems: systems.flatMap { Self.once($0) == state.systems ? nil : Self.once($0) },
      started: moved == nil ? nil : started,
      clocks: moved.map { moved in state.clocks.map { .init(clock: $0.name, due: $0.due + moved) } },
      escalation: moved.map { moved in
        state.ladder.map {
          .init(name: $0.name, due: $0.due + moved, contact: $0.contact, asks: $0.asks, playbook: $0.playbook)
        }
      })
    guard
      fact.title != nil || fact.impact != nil || fact.affected != nil || fact.systems != nil
        || fact.started != nil
    else {
      let isAsked = title != nil || impact != nil || affected != nil || systems != nil || started != nil
      throw Refusal(
        isAsked
          ? "\(incident) says so already."
          : "Say what is to be said anew: a title, an impact, endpoints, systems or the start.")
    }
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }

  /// Each once, in the order in which they were said.
  private static func once(_ names: [String]) -> [String] {
    names.reduce(into: []) { kept, name in if !kept.contains(name) { kept.append(name) } }
  }
}
