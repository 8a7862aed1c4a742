import ArgumentParser
import Desk

struct TicketUnlink: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlink", abstract: "Take links to an incident back.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: ArgumentHelp("Tickets, and then an incident.", valueName: "tickets")) var words: [String]

  func run() throws {
    let (tickets, text) = try TicketOptions.split(words, last: "an incident")
    try options.perform(on: tickets) { ticket, desk in
      UnlinkTicket(
        ticket.key, from: IncidentOptions.key(text), reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
