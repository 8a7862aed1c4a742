import Comms
import Desk
import Incidents
import Systems
import Terminal
import Values

/// Replies that were written before anybody asked.
extension Console {
  private func replies(for keys: [String]) -> CannedReplies {
    world.deskGuide(keys.first.flatMap { world.ticket($0)?.ticket.system }).replies
  }

  mutating func openCannedReplies() -> [Effect] {
    let keys = tickets.targets(world)
    let replies = replies(for: keys)
    let incident = ticketsIncident.flatMap { world.ledger.incident($0) }
    let proposed = replies.proposal(for: incident)?.name
    let options = replies.templates.map { template in
      let first = template.text.split(whereSeparator: \.isNewline).dropFirst().first.map(String.init) ?? ""
      return Choice.Option(
        id: template.name, label: CannedReplies.shortName(of: template), detail: Inert.terminal(first))
    }
    let here = options.firstIndex { $0.id == proposed } ?? 0
    return open(
      .choice(
        Choice(.desk(.canned(keys)), title: "reply with which template?", options: options, selected: here)))
  }

  mutating func openCanned(_ name: String, _ keys: [String], at now: Instant) -> [Effect] {
    let text = replies(for: keys).named(name).map {
      filled($0, for: keys, incident: ticketsIncident, at: now)
    }
    shell.overlay = nil
    return openComment(isPublic: true, on: keys, text: text ?? "")
  }

  /// What only one of several tickets says stays a hole, so that nobody is called by another's name.
  func filled(_ template: Template, for keys: [String], incident: String?, at now: Instant) -> String {
    let one = keys.count == 1 ? keys.first.flatMap { world.ticket($0)?.ticket } : nil
    return replies(for: keys).filled(
      template, for: one ?? Ticket(key: ""), incident: incident.flatMap { world.ledger.incident($0) }, at: now
    ).text
  }

  /// What those who waited for an incident are told once it is over.
  func solved(_ incident: String, for keys: [String], at now: Instant) -> String {
    guard let over = world.ledger.incident(incident) else { return "" }
    let replies = world.deskGuide(over.systems.first).replies
    return replies.proposal(for: over).map { filled($0, for: keys, incident: incident, at: now) } ?? ""
  }
}
