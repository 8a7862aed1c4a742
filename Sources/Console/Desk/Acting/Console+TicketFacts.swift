import Desk
import Incidents
import Terminal
import Values

/// What stands about a ticket, said anew; files that belong to it; and what two houses say differently.
extension Console {
  mutating func openTicketFacts() -> [Effect] {
    guard let ticket = tickets.target(world)?.ticket else { return [] }
    let priorities = TicketPriority.allCases
    return open(
      .form(
        Form(
          .ticketFacts(ticket.key), title: "\(ticket.key) anew", verb: "change it",
          fields: [
            Form.Field("subject", "subject", text: ticket.subject, note: "one line: what is asked"),
            Form.Field(
              "priority", "priority", options: priorities.map(\.rawValue),
              selected: priorities.firstIndex(of: ticket.priority) ?? 1,
              note: "how soon they would like it; the severity sets the clocks"),
            Form.Field(
              "tenant", "tenant", text: ticket.tenant ?? "", note: "which customer of ours; may be empty"),
          ])))
  }

  mutating func submitTicketFacts(_ form: Form, _ key: String, at now: Instant) -> [Effect] {
    guard let ticket = world.ticket(key)?.ticket else { return [] }
    let (subject, tenant) = (form["subject"], form["tenant"])
    let priority = TicketPriority(rawValue: form["priority"])
    return carryOut(
      DeskWork(
        change: .facts(
          subject: subject == ticket.subject ? nil : subject,
          priority: priority == ticket.priority ? nil : priority,
          tenant: tenant == ticket.tenant ?? "" ? nil : tenant),
        tickets: [key]), at: now)
  }

  // MARK: - Files

  mutating func openAttaching() -> [Effect] {
    let keys = tickets.targets(world)
    let what = keys.count == 1 ? keys.joined() : "\(keys.count) tickets"
    return open(
      .line(
        LineEntry(
          .desk(.attach(keys)), label: "attach to \(what)",
          placeholder: "/paths, apart by blanks; only the paths are kept")))
  }

  mutating func attach(_ text: String, to keys: [String], at now: Instant) -> [Effect] {
    let paths = text.split(separator: " ").map(String.init)
    if let other = paths.first(where: { !$0.hasPrefix("/") }) {
      shell.overlay?.fail("\(Inert.terminal(other)) does not begin with /: nobody else would find it.")
      return []
    }
    return carryOut(DeskWork(change: .attach(paths), tickets: keys), at: now)
  }

  // MARK: - Two houses

  var whyNoConflict: String? {
    if let reason = whyNotOneTicket { return reason }
    guard let ticket = tickets.target(world)?.ticket, ticket.conflicts.isEmpty else { return nil }
    return "Nothing of \(ticket.key) was changed in both houses."
  }

  /// Each field with both its values; what is chosen is asked about no more.
  mutating func openKeeping() -> [Effect] {
    guard let ticket = tickets.target(world)?.ticket, let house = ticket.external?.source else { return [] }
    let options = ticket.conflicts.sorted { $0.key < $1.key }.flatMap { field, theirs -> [Choice.Option] in
      let ours = TicketField(rawValue: field).map { ticket[$0] } ?? ""
      return [(ResolveConflict.Side.ours, ours), (.theirs, theirs)].map { side, value in
        Choice.Option(
          id: "\(side.rawValue) \(field)",
          label: "\(Inert.terminal(field)): \(Inert.terminal(value.isEmpty ? "nothing" : value))",
          detail: side == .ours
            ? "as it is here; it goes to \(Inert.terminal(house))" : "as \(Inert.terminal(house)) has it")
      }
    }
    return open(
      .choice(Choice(.desk(.keep(ticket.key)), title: "\(ticket.key): which is right?", options: options)))
  }

  mutating func keep(_ id: String, of key: String, at now: Instant) -> [Effect] {
    let parts = id.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2, let side = ResolveConflict.Side(rawValue: parts[0]) else { return [] }
    return carryOut(DeskWork(change: .keep(field: parts[1], side), tickets: [key]), at: now)
  }
}
