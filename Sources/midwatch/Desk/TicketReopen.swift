import ArgumentParser
import Desk

struct TicketReopen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Open tickets again that were over; they count on from where they stood."
  )

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      MoveTicket(ticket.key, to: .pendingSupport, reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
