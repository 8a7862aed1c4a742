import ArgumentParser
import Incidents
import Values

struct IncidentSeverity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "severity",
    abstract: "Change an incident's severity; its clocks are counted anew from its start.",
    discussion: "Without one it says what each means on the incident's first system.")

  @OptionGroup var options: IncidentOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "Why.") var reason: String?
  @Argument(help: "S1 to S4.") var severity: String?

  func run() throws {
    guard let to = try severity.map({ try IncidentDeclare.severity($0) }) else { return try tellMeanings() }
    try options.perform { incident, _, _ in
      let folders = try IncidentFolders(incident.systems, playbooks: playbooks)
      folders.tellMissing(so: "the clocks, ladder and cadence of \(incident.key) count what is known")
      return ChangeSeverity(incident: incident.key, to: to, reason: reason, plan: folders.plans[to])
    }
  }

  private func tellMeanings() throws {
    guard options.format == .table else {
      throw ValidationError("Say which: S1, S2, S3 or S4; `midwatch incident guide` has a document of them.")
    }
    try Standard.telling {
      let incident = try options.subject(in: try options.state.open(readOnly: true))
      let folder = try IncidentGuide.folder(incident.systems.first, playbooks: playbooks)
      Standard.out(
        Columns.text(
          IncidentGuide.meanings(of: folder).map { row in
            [row.first == incident.severity.rawValue ? "▸" : " "] + row
          }))
    }
  }
}
