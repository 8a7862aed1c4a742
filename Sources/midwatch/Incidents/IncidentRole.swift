import ArgumentParser
import Incidents

struct IncidentRole: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Take a role, give it to somebody, hand it over, or give it back.",
    discussion: """
      Whoever has a role hands it over; anybody else takes it over by saying from whom (--from), so that \
      nobody loses a role to somebody who did not see them.
      """)

  @OptionGroup var options: IncidentOptions
  @Option(help: ArgumentHelp("Who has it now, if that is not you.", valueName: "handle")) var from: String?
  @Option(help: "What the next one has to know.") var words: String?
  @Flag(help: "Give the role back: nobody has it.") var giveBack = false
  @Argument(help: "commander, communications, operations, scribe, or another that the system has.")
  var role: String
  @Argument(help: ArgumentHelp("Who is to have it; default you.", valueName: "handle")) var who: String?

  func validate() throws {
    if giveBack, who != nil { throw ValidationError("A role is given to somebody, or given back.") }
  }

  func run() throws {
    let actor = try options.state.actor().handle
    try options.perform { incident, _, _ in
      TakeRole(
        incident: incident.key, role: role, who: giveBack ? nil : who ?? actor, from: from, words: words)
    }
  }
}
