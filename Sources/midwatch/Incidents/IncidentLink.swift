import ArgumentParser
import Incidents

struct IncidentLink: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Link an incident to another, or to an address.")

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case related, duplicate
  }

  @OptionGroup var options: IncidentOptions
  @Option(help: "related, or duplicate: this one is the duplicate of that one.")
  var kind = Kind.related
  @Option(help: "What an address leads to.") var title: String?
  @Argument(help: "INC-2, or https://…") var target: String

  func run() throws {
    try options.perform { incident, _, _ in
      guard !target.contains("://") else {
        return LinkIncident(incident: incident.key, to: .address(target, title: title))
      }
      let other = IncidentOptions.key(target)
      return LinkIncident(
        incident: incident.key, to: kind == .related ? .related(other) : .duplicate(of: other))
    }
  }
}
