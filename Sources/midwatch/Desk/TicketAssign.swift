import ArgumentParser
import Desk

struct TicketAssign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Say who works on tickets; none gives them back.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: ArgumentHelp("Tickets, and then a handle, me, or none.", valueName: "tickets")) var words:
    [String]

  func run() throws {
    let (tickets, who) = try TicketOptions.split(words, last: "who: a handle, me, or none")
    try options.perform(on: tickets) { ticket, desk in
      var act = ChangeTicket(ticket.key, hand: desk.hand(for: ticket))
      act.assignee = who == "none" ? "" : who == "me" ? desk.actor.handle : who
      act.reason = reason
      return act
    }
  }
}
