import ArgumentParser
import Desk

struct TicketUnmerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmerge", abstract: "Take a merge back; the ticket is open again.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why they are two after all.") var reason: String
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      UnmergeTicket(ticket.key, reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
