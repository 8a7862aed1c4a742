import ArgumentParser
import Comms
import Host
import Incidents
import Values

struct UpdateDiscard: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "discard", abstract: "Give a draft up.")

  @OptionGroup var options: UpdateOptions
  @Option(help: "Why nobody needs it.") var reason: String?
  @Argument(help: "D-1.") var draft: String

  private struct Document: Encodable {
    var schema = "midwatch.update_discarded/1"
    let draft: String
    let reason: String?
  }

  func run() throws {
    try Standard.telling {
      let journal = try options.state.open()
      let state = try UpdateOptions.draft(draft, in: journal)
      try journal.perform(
        DiscardDraft(state.key, reason: reason), by: try options.state.actor(), at: Clock.now())
      if options.format == .json {
        return try Standard.json(Document(draft: state.key, reason: reason))
      }
      Standard.out("\(state.key) is discarded")
    }
  }
}
