import ArgumentParser
import Host
import Terminal

struct ThemeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "List the themes.", subcommands: [List.self], defaultSubcommand: List.self
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the themes, and where each lies.")
    @OptionGroup var options: StateOptions

    func run() throws {
      try Standard.telling {
        let rows = Themes(options.places).all.map { [$0.name, $0.path ?? "compiled in"] }
        Standard.out(Columns.text(rows))
      }
    }
  }
}
