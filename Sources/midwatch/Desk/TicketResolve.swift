import ArgumentParser
import Desk

struct TicketResolve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Say that tickets are solved, as far as support knows.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      MoveTicket(ticket.key, to: .resolved, reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
