import ArgumentParser
import Desk

struct TicketBegin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin", abstract: "Say that mitigation has begun.")

  @OptionGroup var options: TicketOptions
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      BeginMitigation(ticket.key, hand: desk.hand(for: ticket))
    }
  }
}
