import ArgumentParser
import Host
import Incidents

struct ExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write an incident as Markdown or JSON.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case md, json
  }

  @OptionGroup var options: StateOptions
  @Option(help: "The form.") var format = Format.md
  @Option(name: .shortAndLong, help: ArgumentHelp("The file; default standard output.", valueName: "file"))
  var output: String?
  @Argument(help: "INC-1.") var incident: String

  func run() throws {
    try Standard.telling {
      let journal = try options.open()
      let export = try Exporter.export(
        incident, as: format.rawValue, from: journal, by: try options.actor(), at: Clock.now())
      if let output {
        let path = options.places.absolute(output)
        try Exporter.write(export, to: path)
        Standard.out("wrote \(path)")
      } else {
        Standard.out(String(decoding: export, as: UTF8.self))
      }
    }
  }
}
