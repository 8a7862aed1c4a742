import ArgumentParser
import Incidents
import Systems
import Values

struct IncidentGuide: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guide",
    abstract: "Say what S1 to S4 mean on a system, what they promise, and what can be declared from.")

  private struct Document: Encodable {
    struct Meaning: Encodable {
      let severity: Severity
      let name: String?
      let means: String
      let clocks: [Clock]
    }

    struct Clock: Encodable {
      let name: String
      let after: String
    }

    struct Template: Encodable {
      let title: String
      let severity: Severity
      let impact: String?
      let playbook: String?
    }

    var schema = "midwatch.incident_guide/1"
    let system: String
    let severities: [Meaning]
    let roles: [String]
    let templates: [Template]
  }

  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "The system's name, or the path of its folder; default the only one of yours.")
  var system: String?

  func run() throws {
    try Standard.telling {
      let folder = try Self.folder(system, playbooks: playbooks)
      if format == .json { return try Standard.json(Self.document(folder)) }
      Standard.out(Columns.text(Self.meanings(of: folder)))
      guard !folder.declarations.isEmpty else { return }
      Standard.out(
        "\n" + Columns.text(folder.declarations.map { [$0.severity.rawValue, $0.title, $0.playbook ?? ""] }))
    }
  }

  /// `S1  P1: nobody can sell  respond 15m, resolve 2h`.
  static func meanings(of folder: SystemFolder) -> [[String]] {
    folder.severities.map { one in
      let name = one.name.map { "\($0): " } ?? ""
      let clocks = one.clocks.map { "\($0.name) \($0.after.short)" }.joined(separator: ", ")
      return [one.severity.rawValue, name + one.means, clocks]
    }
  }

  static func folder(_ system: String?, playbooks: String?) throws -> SystemFolder {
    var options = try SystemOptions.parse(system.map { [$0] } ?? [])
    options.playbooks = playbooks
    let sources = try options.sources()
    guard let only = sources.first, sources.count == 1 else {
      throw Refusal(
        sources.isEmpty
          ? "There is no system; `midwatch init NAME` writes one."
          : "Say which system: \(sources.map(\.name).joined(separator: ", ")).")
    }
    return only.load().folder
  }

  private static func document(_ folder: SystemFolder) -> Document {
    Document(
      system: folder.name,
      severities: folder.severities.map { one in
        Document.Meaning(
          severity: one.severity, name: one.name, means: one.means,
          clocks: one.clocks.map { Document.Clock(name: $0.name, after: $0.after.short) })
      },
      roles: folder.roles,
      templates: folder.declarations.map {
        Document.Template(title: $0.title, severity: $0.severity, impact: $0.impact, playbook: $0.playbook)
      })
  }
}
