import ArgumentParser
import Host
import Incidents
import Journal
import Values

struct RoutineTell: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "after",
    abstract: "Say that something happened after which routines are due: a deployment, a migration.")

  @OptionGroup var options: StateOptions
  @Option(help: "Which one: a version, a ticket.") var note: String?
  @Argument(help: "The system's name.") var system: String
  @Argument(help: "deployment or migration.") var occasion: String

  func run() throws {
    try Standard.telling {
      guard let occasion = Occasion(rawValue: occasion) else {
        let all = Occasion.allCases.filter { !$0.isRecorded }.map(\.rawValue).joined(separator: " or ")
        throw Refusal("\"\(occasion)\" is nothing that routines come after; write \(all).")
      }
      try options.open().perform(
        TellOccasion(system: system, occasion: occasion, note: note), by: try options.actor(), at: Clock.now()
      )
      Standard.out("noted the \(occasion.rawValue) of \(system)")
    }
  }
}
