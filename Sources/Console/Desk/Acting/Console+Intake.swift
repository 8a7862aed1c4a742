import Desk
import Incidents
import Terminal
import Values

/// Requests that are taken in, and incidents that begin with one.
extension Console {
  mutating func openIntake() -> [Effect] {
    let systems = world.systemNames
    let here = tickets.item(world)?.ticket.system.flatMap { systems.firstIndex(of: $0) }
    var fields = [
      Form.Field("subject", "subject", note: "one line: what is asked"),
      Form.Field("requester", "from", note: "a name, an address or a number, as the customer is known"),
      Form.Field(
        "text", "text", note: "what they wrote; it is the first comment, and pasted lines stay lines",
        keepsLines: true),
      Form.Field(
        "severity", "severity", options: Severity.allCases.map(\.rawValue), selected: Severity.s3.rank - 1,
        note: "how bad it is; it sets the clocks"),
      Form.Field("tenant", "tenant", note: "which customer of ours they belong to; may be empty"),
    ]
    if systems.count > 1 {
      fields.insert(
        Form.Field(
          "system", "system", options: systems + ["none"], selected: here ?? 0, note: "whose clocks it has"),
        at: 4)
    }
    return open(.form(Form(.ticket, title: "take a request in", verb: "open the ticket", fields: fields)))
  }

  mutating func submitIntake(_ form: Form) -> [Effect] {
    let names = world.systemNames
    let said = form["system"].isEmpty ? names.first ?? "" : form["system"]
    let system = names.contains(said) ? said : nil
    let text = form["text"]
    var act = OpenTicket(
      subject: form["subject"], text: text.isEmpty ? form["subject"] : text, requester: form["requester"],
      plan: world.deskGuide(system).plan, hand: world.hand(of: system))
    act.system = system
    act.tenant = form["tenant"].isEmpty ? nil : form["tenant"]
    act.severity = Severity(rawValue: form["severity"]) ?? .s3
    return perform(act, on: "desk", done: "the ticket is open", next: .showTicket, closing: true)
  }

  mutating func openSplitting() -> [Effect] {
    guard let key = tickets.key else { return [] }
    return open(
      .form(
        Form(
          .split(key), title: "split \(key)", verb: "split it off",
          fields: [
            Form.Field("subject", "subject", note: "of the new ticket, which has the same requester"),
            Form.Field(
              "text", "what it asks", note: "usually words of the customer; pasted lines stay lines",
              keepsLines: true),
          ])))
  }

  mutating func submitSplit(_ form: Form, _ key: String, at now: Instant) -> [Effect] {
    let work = DeskWork(change: .split(subject: form["subject"], text: form["text"]), tickets: [key])
    return carryOut(work, at: now)
  }

  /// The ticket that an act opened.
  mutating func show(ticketOf events: [Event]) -> [Effect] {
    guard let key = events.first(where: { $0.kind == TicketOpened.kind })?.ticket else { return [] }
    return openTicket(key)
  }

  /// The incident was declared from tickets: they are linked to it.
  mutating func link(_ keys: [String], toNewOf events: [Event], at now: Instant) -> [Effect] {
    guard let incident = events.compactMap(\.incident).first else { return [] }
    focus(on: incident)
    var effects = go(to: .incident)
    for key in keys {
      let act = LinkTicket(key, to: incident, hand: world.hand(for: key, isSure: true))
      effects += perform(act, on: key, done: "declared \(incident), and \(key) is linked to it")
    }
    return effects
  }
}
