import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

struct TicketFilterVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Filters of the queue that have a name.",
    subcommands: [List.self, Save.self, Drop.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List saved filters; `ticket list --saved NAME` uses one.")

    private struct Document: Encodable {
      struct Row: Encodable {
        let name: String
        let filter: String
      }

      var schema = "midwatch.ticket_filters/1"
      let filters: [Row]
    }

    @OptionGroup var options: TicketOptions

    func run() throws {
      try Standard.telling {
        let journal = try options.state.open(readOnly: true)
        let saved = try journal.entity(SavedFilters.self, key: SavedFilters.key)?.filters ?? [:]
        let rows = saved.sorted { $0.key < $1.key }
        if options.format == .json {
          return try Standard.json(Document(filters: rows.map { .init(name: $0.key, filter: $0.value) }))
        }
        guard !rows.isEmpty else { return Standard.out("No filter is saved.") }
        Standard.out(Columns.text(rows.map { [$0.key, $0.value] }))
      }
    }
  }

  struct Save: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "save", abstract: "Give a filter a name; everybody has it then.")

    @OptionGroup var options: TicketOptions
    @Argument(help: "Its name, one word.") var name: String
    @Argument(help: "The filter.") var filter: [String]

    func run() throws {
      try Standard.telling {
        let text = filter.joined(separator: " ")
        _ = try TicketQueue.read(text, me: try options.state.actor().handle)
        let journal = try options.state.open()
        let act = SaveFilter(name, filter: text)
        try journal.perform(act, by: try options.state.actor(), at: Clock.now())
        Standard.out(Inert.terminal("\(name) is \(text)"))
      }
    }
  }

  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop", abstract: "Take a filter's name away.")

    @OptionGroup var options: TicketOptions
    @Argument(help: "Its name.") var name: String

    func run() throws {
      try Standard.telling {
        let journal = try options.state.open()
        try journal.perform(
          SaveFilter(name, filter: ""), by: try options.state.actor(), at: Clock.now())
        Standard.out(Inert.terminal("\(name) is no filter any more"))
      }
    }
  }
}
