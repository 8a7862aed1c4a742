import ArgumentParser
import Host

struct InfoVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say which version this is, which paths it uses, and what the engine does.",
    discussion: "With --format json it answers with the paths, and with the engine's figures when one runs.")

  private struct Document: Encodable {
    var schema = "midwatch.info/1"
    let version: String
    let actor: String
    let journal: String
    let systems: String
    let bundled: String?
    let engine: EngineReport?
  }

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling {
      let places = options.places
      let document = Document(
        version: Version.text, actor: try options.actor().description,
        journal: options.journal.map { places.absolute($0) } ?? options.folder.journal,
        systems: places.playbooks(option: playbooks), bundled: places.bundled,
        engine: EngineReport.ask(options.folder.socket))
      if format == .json { return try Standard.json(document) }
      Standard.out(
        Columns.text(
          [
            ["version", document.version],
            ["actor", document.actor],
            ["journal", document.journal],
            ["systems", document.systems],
            ["bundled", document.bundled ?? "none found"],
          ] + (document.engine?.rows ?? [["engine", "none runs"]])))
    }
  }
}
