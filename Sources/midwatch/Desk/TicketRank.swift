import ArgumentParser
import Desk
import Values

struct TicketRank: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "priority", abstract: "Say how soon they would like it: low, normal, high, urgent.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: ArgumentHelp("Tickets, and then a priority.", valueName: "tickets")) var words: [String]

  func run() throws {
    let (tickets, text) = try TicketOptions.split(words, last: "low, normal, high or urgent")
    let priority = try Self.priority(text)
    try options.perform(on: tickets) { ticket, desk in
      var act = ChangeTicket(ticket.key, hand: desk.hand(for: ticket))
      act.priority = priority
      act.reason = reason
      return act
    }
  }

  static func priority(_ text: String) throws -> TicketPriority {
    guard let priority = TicketPriority(rawValue: text.lowercased()) else {
      let all = TicketPriority.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\"\(Inert.terminal(text))\" is no priority; write one of \(all).")
    }
    return priority
  }
}
