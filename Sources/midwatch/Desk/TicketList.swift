import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

struct TicketList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The queue: what breaches first comes first.",
    discussion: """
      A filter is words such as state:pending_support sev:<=2 pri:>=high assignee:me assignee:none tenant:NAME tag:vip \
      incident:INC-3 older:2h idle:1d due:30m is:overdue subject:WORD; a comma is "or", ! before one is "not", \
      anything else is looked for in what was written. Without state:, is:open or id: only what is open is shown. \
      What is "over" is working time, as `midwatch ticket why` counts it.
      """)

  @OptionGroup var options: TicketOptions
  @Option(help: ArgumentHelp("A filter.", valueName: "filter")) var filter: String?
  @Option(help: ArgumentHelp("One of the saved filters.", valueName: "name")) var saved: String?
  @Option(help: ArgumentHelp("Only in this state; several with commas.", valueName: "state")) var status:
    String?
  @Flag(help: "What is over, too.") var all = false
  @Option(help: "How many at most.") var limit = 100
  @Argument(help: "A filter, too.") var words: [String] = []

  func run() throws {
    let limit = try TicketQueue.checked(limit)
    let own = ([filter, status.map { "state:\($0)" }].compactMap { $0 } + words).joined(separator: " ")
    try Standard.telling {
      let me = try options.state.actor().handle
      var wanted = try TicketQueue.read(own, me: me)
      let desk = try TicketDesk(options, readOnly: true)
      if let saved {
        let filters = try desk.journal.entity(SavedFilters.self, key: SavedFilters.key)?.filters ?? [:]
        guard let text = filters[saved] else {
          let all = filters.keys.sorted().joined(separator: ", ")
          throw Refusal(
            "There is no filter \(Inert.terminal(saved)); "
              + (all.isEmpty ? "`midwatch ticket filter save` saves one." : "there is \(all)."))
        }
        wanted = TicketFilter(TicketFilter.read(text, me: me).filter.terms + wanted.terms)
      }
      try TicketQueue(wanted, isWhole: all, limit: limit, at: desk).tell()
    }
  }
}

struct TicketSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Look for words in everything that was written on tickets, newest first.",
    discussion: "The last word may be a beginning; words between quotation marks stand together.")

  @OptionGroup var options: TicketOptions
  @Option(help: "How many at most.") var limit = 50
  @Argument(help: "What to look for.") var words: [String]

  func run() throws {
    let limit = try TicketQueue.checked(limit)
    let text = words.joined(separator: " ")
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
      throw ValidationError("Write a word to look for.")
    }
    try Standard.telling {
      let desk = try TicketDesk(options, readOnly: true)
      let filter = TicketFilter([TicketFilter.Term(.text(text))])
      try TicketQueue(filter, isWhole: true, newest: true, limit: limit, at: desk).tell()
    }
  }
}
