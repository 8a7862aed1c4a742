import ArgumentParser
import Desk

struct TicketMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge tickets into another, which goes on.",
    discussion: """
      Nothing moves: both say so, the one that goes is closed, and `show` has both conversations. `unmerge` takes it
      back.
      """)

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Option(help: ArgumentHelp("The ticket that goes on.", valueName: "ticket")) var into: String
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    try options.perform(on: tickets) { ticket, desk in
      var hand = desk.hand(for: ticket)
      if let other = try? desk.ticket(into) {
        hand.zones.merge(desk.hand(for: other).zones) { first, _ in first }
      }
      return MergeTicket(ticket.key, into: TicketOptions.key(into), reason: reason, hand: hand)
    }
  }
}
