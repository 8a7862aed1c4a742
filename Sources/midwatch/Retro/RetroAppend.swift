import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Systems
import Values

struct RetroAppend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entry", abstract: "Append an incident's retro entry to a file, once.",
    discussion: """
      What happened, and what follows from it. The file is the one that `retro: append:` of the leading system names, \
      below the working folder; --to names another. It is only ever appended to, and a second time nothing is.
      """)

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The file.", valueName: "file")) var to: String?
  @Flag(help: "Once more, where it was appended before and is not in the file any more.") var again = false
  @Option(help: ArgumentHelp("A folder of systems.", valueName: "dir")) var playbooks: String?
  @Argument(help: "INC-1.") var incident: String

  func run() throws {
    try Standard.telling {
      let journal = try options.open()
      let state = try IncidentOptions.incident(incident, in: journal)
      let retro = try IncidentFolders(Array(state.systems.prefix(1)), playbooks: playbooks).folders.first?
        .retro
      let path = try options.places.absolute(to ?? named(retro, state))
      let outcome = try RetroEntries.append(
        state.key, to: path, sections: retro?.sections ?? [], again: again, in: journal,
        by: try options.actor(), at: Clock.now())
      switch outcome {
      case .appended(let bytes):
        Standard.out("appended \(bytes) bytes for \(state.key) to \(Inert.terminal(path))")
      case .there: Standard.out("the entry of \(state.key) is in \(Inert.terminal(path)) already")
      }
    }
  }

  /// A folder names a file of the project that somebody works in, and none elsewhere.
  private func named(_ retro: RetroSettings?, _ state: Incident) throws -> String {
    guard let name = retro?.append else {
      let system = state.systems.first.map(Inert.terminal) ?? "its system"
      throw Refusal("The folder of \(system) names no file under `retro: append:`; name one with --to.")
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.hasPrefix("/"), parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasPrefix("~") })
    else {
      throw Refusal(
        "\(Inert.terminal(name)) does not lie below the working folder; name it with --to if it is meant.")
    }
    return name
  }
}
