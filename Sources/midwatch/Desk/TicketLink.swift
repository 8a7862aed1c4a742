import ArgumentParser
import Desk

struct TicketLink: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Link tickets to the incident that explains them.",
    discussion: """
      Where the folder says so their clocks stand still until it is resolved.
      """)

  @OptionGroup var options: TicketOptions
  @Argument(help: ArgumentHelp("Tickets, and then an incident.", valueName: "tickets")) var words: [String]

  func run() throws {
    let (tickets, text) = try TicketOptions.split(words, last: "an incident")
    let incident = IncidentOptions.key(text)
    try Standard.telling {
      let desk = try TicketDesk(options)
      defer {
        if let impact = try? desk.impact(of: incident) { TicketAnnouncement.propose(impact, of: incident) }
      }
      try options.perform(on: tickets, at: desk) { ticket, desk in
        LinkTicket(ticket.key, to: incident, hand: desk.hand(for: ticket))
      }
    }
  }
}
