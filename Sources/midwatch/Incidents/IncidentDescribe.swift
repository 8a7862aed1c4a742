import ArgumentParser
import Host
import Incidents
import Journal
import Systems
import Values

struct IncidentDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Say an incident's title, impact, extent or start anew.",
    discussion: "With another start its clocks and its ladder move.")

  @OptionGroup var options: IncidentOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "What fails, in a few words.") var title: String?
  @Option(help: "Who cannot do what.") var impact: String?
  @Option(
    help: ArgumentHelp("An endpoint that it touches; again for more, `none` for none.", valueName: "endpoint")
  )
  var affected: [String] = []
  @Option(help: ArgumentHelp("A system that it touches; again for more.", valueName: "system"))
  var system: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When it began: -12m, 14:03, 14:03Z, yesterday 23:50.", valueName: "time"))
  var started: String?

  func run() throws {
    let began = try started.map { try CommandTime.past($0, at: Clock.now()) }
    try options.perform { incident, journal, _ in
      let systems = system.isEmpty ? incident.systems : system
      let folders = try IncidentFolders(systems, playbooks: playbooks)
      for name in folders.missing where try journal.entity(LoadedSystem.self, key: name)?.fact == nil {
        throw Refusal(
          "There is no system \(Inert.terminal(name)): no folder is here, and none was watched.")
      }
      return DescribeIncident(
        incident: incident.key, title: title, impact: impact,
        affected: try endpoints(of: systems, in: folders), systems: system.isEmpty ? nil : system,
        started: began)
    }
  }

  /// As `system/endpoint`; of a system whose folder is here the endpoint must be in it.
  private func endpoints(of systems: [String], in folders: IncidentFolders) throws -> [String]? {
    guard !affected.isEmpty else { return nil }
    if affected == ["none"] { return [] }
    return try affected.map { name in
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      let isWhole = parts.count == 2 && systems.contains(parts[0])
      guard let system = isWhole ? parts[0] : systems.first, isWhole || systems.count == 1 else {
        throw Refusal(
          "Say whose endpoint \(Inert.terminal(name)) is: SYSTEM/\(Inert.terminal(name)), with one of "
            + "\(systems.joined(separator: ", ")).")
      }
      let endpoint = isWhole ? parts[1] : name
      if let folder = folders.folders.first(where: { $0.name == system }),
        !folder.endpoints.contains(where: { $0.name == endpoint })
      {
        let all = folder.endpoints.map(\.name).joined(separator: ", ")
        throw Refusal(
          "\(system) has no endpoint \(Inert.terminal(endpoint)); "
            + (all.isEmpty ? "it has none." : "it has \(all)."))
      }
      return "\(system)/\(endpoint)"
    }
  }
}
