import ArgumentParser
import Desk

struct TicketDivide: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Make a ticket of its own out of part of one.")

  @OptionGroup var options: TicketOptions
  @Option(help: ArgumentHelp("What goes with it; - reads it from standard input.", valueName: "words"))
  var text: String
  @Argument(help: "T-482.") var ticket: String
  @Argument(help: "What the new one is about.") var subject: [String]

  func run() throws {
    try Standard.telling {
      let desk = try TicketDesk(options)
      let words = try TicketWords.read(text)
      try options.perform(on: [ticket], at: desk) { ticket, desk in
        SplitTicket(
          ticket.key, subject: subject.joined(separator: " "), text: words, hand: desk.hand(for: ticket))
      }
    }
  }
}
