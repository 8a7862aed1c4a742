import ArgumentParser
import Desk
import Foundation
import Host
import Incidents
import JSON
import Journal
import Values

struct TicketExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Tickets with their conversations, as CSV or JSON.",
    discussion: """
      What is written is what `midwatch ticket import` reads. In CSV a ticket has a row for each comment; what a \
      spreadsheet would take for a formula begins with an apostrophe.
      """)

  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("csv or json.", valueName: "format")) var format = "csv"
  @Option(help: ArgumentHelp("Only those that match, as `ticket list` has it.", valueName: "filter"))
  var filter: String?
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write; default standard output.", valueName: "file"))
  var output: String?
  @Argument(help: "Tickets; default all.") var tickets: [String] = []

  private static let together = 200

  func run() throws {
    guard ["csv", "json"].contains(format) else { throw ValidationError("--format is csv or json.") }
    try Standard.telling {
      let journal = try state.open(readOnly: true)
      let head = try journal.head()
      let out = try Sink(output.map { state.places.absolute($0) })
      try out.write(
        format == "csv"
          ? TicketPaper.head
          : "{\"schema\":\(JSONValue.string(TicketPaper.schema).text),"
            + "\"house\":\(JSONValue.string(TicketPaper.house(head.origin)).text),\"tickets\":[")
      var isFirst = true
      try each(in: journal) { ticket in
        let events = try journal.events(matching: EventQuery(ticket: ticket.key))
        let paper = TicketPaper(ticket, events: events, origin: head.origin)
        try out.write(format == "csv" ? paper.csv : (isFirst ? "\n" : ",\n") + paper.json.text)
        isFirst = false
      }
      if format == "json" { try out.write("\n]}\n") }
      try out.close()
    }
  }

  private func each(in journal: Journal, _ body: (Ticket) throws -> Void) throws {
    if !tickets.isEmpty {
      for text in tickets {
        let key = text.allSatisfy(\.isNumber) ? "T-\(text)" : text.uppercased()
        guard let ticket = try journal.entity(Ticket.self, key: key), ticket.opened != nil else {
          throw Refusal("There is no ticket \(Inert.terminal(key)).")
        }
        try body(ticket)
      }
      return
    }
    let condition = try filter.map { try wanted($0) } ?? IndexCondition<Ticket.Column>.any
    var last: Int64 = 0
    while true {
      let more = IndexCondition<Ticket.Column>.compare(.number, .greater, .integer(last))
      let page = try journal.entities(
        IndexQuery<Ticket>(.and([more, condition]), order: [.ascending(.number)], limit: Self.together))
      for ticket in page { try body(ticket) }
      guard let next = page.last?.number, page.count == Self.together else { return }
      last = Int64(next)
    }
  }

  private func wanted(_ text: String) throws -> IndexCondition<Ticket.Column> {
    let (filter, problems) = TicketFilter.read(text, me: try state.actor().handle)
    for problem in problems { Standard.error("\(problem)") }
    guard problems.isEmpty else {
      throw Refusal("\(Inert.terminal(text)) is no filter; nothing was written.")
    }
    return filter.condition(at: Clock.now())
  }
}
