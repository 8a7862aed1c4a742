import ArgumentParser
import Host

struct InfoVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say which version this is and which paths it uses.")

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?

  func run() throws {
    try Standard.telling {
      let places = options.places
      Standard.out(
        Columns.text([
          ["version", Version.text],
          ["actor", try options.actor().description],
          ["journal", options.journal.map { places.absolute($0) } ?? options.folder.journal],
          ["systems", places.playbooks(option: playbooks)],
          ["bundled", places.bundled ?? "none found"],
        ]))
    }
  }
}
