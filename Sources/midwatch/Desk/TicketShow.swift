import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Systems
import Values

struct TicketShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One ticket: what it is, where its clocks are, and the conversation.",
    discussion: "What the customer does not see is marked INTERNAL. Looking records nothing.")

  @OptionGroup var options: TicketOptions
  @Argument(help: "T-482.") var ticket: String

  func run() throws {
    try Standard.telling {
      let desk = try TicketDesk(options, readOnly: true)
      let state = try desk.ticket(ticket)
      let events = try desk.events(of: state)
      let report = TicketReport(
        state, lines: events.compactMap(TicketLine.init),
        fates: ReplyFate.all(of: state, events: events, folder: desk.folder(of: state.system)),
        likenesses: try Self.likenesses(of: state, at: desk),
        clocks: TicketReport.clocks(of: state, zones: desk.zones(of: state.plan), at: desk.now))
      if options.format == .json { return try Standard.json(report) }
      Standard.out(
        Inert.terminal("\(state.key) \(state.severity.rawValue) \(report.standing) — \(state.subject)"))
      Standard.out(Columns.text(report.facts(at: desk.now)))
      for line in report.lines { Standard.out(line.text) }
    }
  }

  /// Of what is open: once it is over nobody asks.
  static func likenesses(of ticket: Ticket, at desk: TicketDesk) throws -> [TicketLikeness] {
    guard ticket.isOpen else { return [] }
    let rows = try desk.journal.rows(LikeTickets.query(around: ticket.number)).rows
    return LikeTickets(among: rows).likenesses(of: ticket)
  }
}
