import ArgumentParser
import Desk
import Values

struct TicketStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Set a state by hand: open, pending_support, pending_user, resolved, closed.",
    discussion: """
      A public reply and a customer's reply move a ticket by themselves. What the rules do not allow takes \
      --override and a --reason.
      """)

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Flag(help: "Against the rules, with a --reason.") var override = false
  @Argument(help: ArgumentHelp("Tickets, and then a state.", valueName: "tickets")) var words: [String]

  func run() throws {
    let (tickets, text) = try TicketOptions.split(words, last: "a state")
    let state = try Self.state(text)
    try options.perform(on: tickets) { ticket, desk in
      MoveTicket(
        ticket.key, to: state, reason: reason, isOverride: override, hand: desk.hand(for: ticket))
    }
  }

  static func state(_ text: String) throws -> TicketState {
    let plain = text.lowercased().replacing("-", with: "_")
    guard let state = TicketState(rawValue: plain) else {
      let all = TicketState.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\"\(Inert.terminal(text))\" is no state; write one of \(all).")
    }
    return state
  }
}
