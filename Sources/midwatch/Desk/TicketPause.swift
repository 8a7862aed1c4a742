import ArgumentParser
import Desk

struct TicketPause: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Let clocks stand still while a third party works.")

  @OptionGroup var options: TicketOptions
  @Option(help: "For whom it waits.") var reason: String
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      PauseTicket(ticket.key, reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
