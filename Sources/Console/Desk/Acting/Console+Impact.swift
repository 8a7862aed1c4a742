import Comms
import Desk
import Incidents
import Terminal
import Values

/// What an incident means for the tickets that are linked to it.
extension Console {
  /// Once it is over: one reply to all that wait, or an announcement where several tenants do.
  mutating func proposeReplies(_ incident: String) -> [Effect] {
    guard let impact = world.impact(of: incident), !impact.open.isEmpty else { return [] }
    let count = impact.open.count
    var options = [
      Choice.Option(
        id: "reply", label: count == 1 ? "reply to it" : "reply to all \(count)",
        detail: "one text; it is looked at once more, and each has its receipt")
    ]
    if impact.customers.asksForAnnouncement {
      options.append(
        .init(
          id: "announce", label: "write an announcement",
          detail: "to users: \(impact.customers.tenants.count) tenants")
      )
    }
    options.append(.init(id: "list", label: "list them", detail: "the queue, incident:\(incident)"))
    options.append(
      .init(id: "later", label: "nothing now", detail: "they stay linked; l on the incident lists them"))
    return open(
      .choice(
        Choice(
          .desk(.replies(incident: incident)),
          title:
            "\(incident) is over; \(count == 1 ? "a customer waits" : "customers wait"): \(impact.customers.words)",
          options: options)))
  }

  mutating func takeReplies(_ id: String, _ incident: String, at now: Instant) -> [Effect] {
    shell.overlay = nil
    switch id {
    case "reply":
      guard let impact = world.impact(of: incident) else { return [] }
      let keys = impact.open.map(\.key)
      return openComment(
        isPublic: true, on: keys, readers: impact.open.map(\.requester),
        seen: Dictionary(impact.open.map { ($0.key, $0.comments) }) { $1 },
        text: solved(incident, for: keys, at: now))
    case "announce": return announce(incident, at: now)
    case "list": return filterTickets("incident:\(incident)")
    default: return []
    }
  }

  /// A second tenant is hit: those who have not written yet should hear of it, too.
  mutating func proposeAnnouncement(
    _ incident: String, with tenants: [String] = [], at now: Instant
  ) -> [Effect] {
    guard !world.options.readOnly, world.ledger.incident(incident)?.isOpen ?? false else { return [] }
    let all = Set(world.impacts[incident]?.customers.tenants ?? []).union(tenants)
    guard all.count > 1, shell.announced.insert(incident).inserted, !hasAnnounced(incident) else { return [] }
    let options = [
      Choice.Option(id: "yes", label: "write it", detail: "the draft for users, with the incident's fields"),
      Choice.Option(id: "no", label: "not now", detail: "u on the incident writes it at any time"),
    ]
    let names = all.sorted().prefix(4).map { Inert.terminal($0) }.joined(separator: ", ")
    return open(
      .choice(
        Choice(
          .desk(.announce(incident: incident)),
          title: "\(incident) has tickets of \(all.count) tenants (\(names)): an announcement?",
          options: options)))
  }

  private func hasAnnounced(_ incident: String) -> Bool {
    world.ledger.incident(incident)?.updates.contains { Audience.isOutward($0.audience ?? "") } ?? false
  }

  /// The draft for users, on the screen where it is written; where the folder has none, the next update.
  mutating func announce(_ key: String, at now: Instant) -> [Effect] {
    guard let incident = world.ledger.incident(key) else { return [] }
    focus(on: key)
    let isBegun = world.ledger.drafts.contains { $0.isOpen && $0.incident == key && $0.audience == "users" }
    let world = world
    let found = incident.systems.lazy.compactMap { system in
      world.guide(system)?.templates
        .choose(audience: "users", stage: Stage(incident.status), severity: incident.severity)
        .map { (system, $0) }
    }.first
    guard !isBegun, let (system, template) = found else {
      return go(to: .incident) + writeUpdate(at: now)
    }
    return go(to: .comms) + begin(template, system: system, incident: incident, at: now)
  }
}
