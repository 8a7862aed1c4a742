import ArgumentParser
import Desk

struct TicketClose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close tickets.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      MoveTicket(ticket.key, to: .closed, reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
