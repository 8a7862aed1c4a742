import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Systems
import Values

struct TicketOpen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Take a request in; what the customer wrote is its first comment.",
    discussion: """
      Its clocks are those that the system's folder promises for the severity, and stay so whatever is edited later. \
      Tickets that may be about the same are named.
      """)

  @OptionGroup var options: TicketOptions
  @Option(help: ArgumentHelp("Who asks: a name, a number, an address.", valueName: "who")) var requester:
    String
  @Option(help: ArgumentHelp("What they wrote; - reads it from standard input.", valueName: "words"))
  var text = ""
  @Option(help: ArgumentHelp("Which system it is about; none, for none.", valueName: "system"))
  var system: String?
  @Option(help: "Whose customer asks.") var tenant: String?
  @Option(help: "S1 to S4.") var severity = "S3"
  @Option(help: "low, normal, high, urgent.") var priority = "normal"
  @Option(help: ArgumentHelp("A tag; again for more.", valueName: "tag")) var tag: [String] = []
  @Option(help: ArgumentHelp("Who works on it.", valueName: "handle")) var assign: String?
  @Option(help: ArgumentHelp("A file that belongs to it; again for more.", valueName: "path"))
  var attach: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When they asked: -12m, 14:03, 14:03Z, yesterday 23:50.", valueName: "time"))
  var asked: String?
  @Option(help: ArgumentHelp("The incident that explains it.", valueName: "incident")) var incident: String?
  @Argument(help: "What it is about, in a few words.") var subject: [String]

  private struct Document: Encodable {
    struct Likeness: Encodable {
      let ticket: String
      let subject: String
      let why: String
    }

    var schema = "midwatch.ticket_opened/1"
    let ticket: TicketReceipt
    /// What may be about the same.
    let likenesses: [Likeness]
  }

  func run() throws {
    let severity = try IncidentDeclare.severity(severity)
    let priority = try TicketRank.priority(self.priority)
    let asked = try self.asked.map { try CommandTime.past($0, at: Clock.now()) }
    try Standard.telling {
      let desk = try TicketDesk(options)
      let system = try TicketSystem.named(self.system, options)
      let folder = desk.folder(of: system)
      let plan = folder?.ticketPlan ?? ClockPlan()
      var act = OpenTicket(
        subject: subject.joined(separator: " "), text: try TicketWords.read(text), requester: requester,
        plan: plan, hand: desk.hand(system: system, plan: plan))
      act.system = system
      act.tenant = tenant
      act.severity = severity
      act.priority = priority
      act.tags = tag
      act.assignee = assign.map { $0 == "me" ? desk.actor.handle : $0 }
      act.attachments = try TicketWords.attachments(attach, options)
      act.asked = asked
      var events = try desk.journal.perform(act, by: desk.actor, at: desk.now)
      guard let key = events.first?.ticket else { return }
      if let incident {
        let link = LinkTicket(key, to: IncidentOptions.key(incident), hand: act.hand)
        do {
          events += try desk.journal.perform(link, by: desk.actor, at: desk.now)
        } catch {
          Standard.error("\(key) is taken in, and not linked: \(TicketOptions.sentence(of: error))")
        }
      }
      try tell(try desk.ticket(key), events, at: desk)
    }
  }

  private func tell(_ ticket: Ticket, _ events: [Event], at desk: TicketDesk) throws {
    let likenesses = try TicketShow.likenesses(of: ticket, at: desk)
    if options.format == .json {
      return try Standard.json(
        Document(
          ticket: TicketReceipt(ticket.key, events: events, in: desk.journal),
          likenesses: likenesses.map { .init(ticket: $0.ticket, subject: $0.subject, why: $0.why) }))
    }
    let clocks = TicketReport.clocks(of: ticket, zones: desk.zones(of: ticket.plan), at: desk.now)
    Standard.out(
      Inert.terminal("\(ticket.key) \(ticket.severity.rawValue) \(ticket.state.rawValue) — \(ticket.subject)")
    )
    if !clocks.isEmpty {
      Standard.out(Columns.text(clocks.map { ["  \($0.clock.rawValue)", $0.words(at: desk.now)] }))
    }
    for incident in ticket.incidents { Standard.out("  linked to \(Inert.terminal(incident))") }
    for likeness in likenesses {
      Standard.plainError(
        Inert.terminal(
          "Perhaps the same as \(likeness.ticket), \(likeness.state.rawValue): \(likeness.subject) (\(likeness.why))."
        ))
    }
  }
}
