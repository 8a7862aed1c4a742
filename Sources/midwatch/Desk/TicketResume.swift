import ArgumentParser
import Desk

struct TicketResume: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let clocks go on after a third party worked.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      ResumeTicket(ticket.key, reason: reason, hand: desk.hand(for: ticket))
    }
  }
}
