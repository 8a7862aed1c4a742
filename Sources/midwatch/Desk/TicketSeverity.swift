import ArgumentParser
import Desk

struct TicketSeverity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "severity",
    abstract: "Say how bad it is: S1 to S4. Clocks count anew from the start, with every pause.")

  @OptionGroup var options: TicketOptions
  @Option(help: "Why.") var reason: String?
  @Argument(help: ArgumentHelp("Tickets, and then S1 to S4.", valueName: "tickets")) var words: [String]

  func run() throws {
    let (tickets, text) = try TicketOptions.split(words, last: "S1, S2, S3 or S4")
    let severity = try IncidentDeclare.severity(text)
    try options.perform(on: tickets) { ticket, desk in
      var act = ChangeTicket(ticket.key, hand: desk.hand(for: ticket))
      act.severity = severity
      act.reason = reason
      return act
    }
  }
}
