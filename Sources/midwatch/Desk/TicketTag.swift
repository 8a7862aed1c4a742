import ArgumentParser
import Desk

struct TicketTag: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Add tags to tickets, and take them away.")

  @OptionGroup var options: TicketOptions
  @Option(help: ArgumentHelp("A tag to add; again for more.", valueName: "tag")) var add: [String] = []
  @Option(help: ArgumentHelp("A tag to take away; again for more.", valueName: "tag")) var remove: [String] =
    []
  @Argument(help: "T-482; again for more.") var tickets: [String]

  func run() throws {
    guard !add.isEmpty || !remove.isEmpty else {
      throw ValidationError("Name a tag with --add or --remove.")
    }
    let gone = Set(remove.map { $0.lowercased() })
    try options.perform(on: tickets) { ticket, desk in
      var act = ChangeTicket(ticket.key, hand: desk.hand(for: ticket))
      act.tags = ticket.tags.filter { !gone.contains($0) } + add
      return act
    }
  }
}
