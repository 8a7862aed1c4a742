import ArgumentParser
import Host
import Incidents
import Journal
import Systems
import Values
import Watch

struct RoutineFinish: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done",
    abstract: "Say that a routine was done, with a reason or with the file that shows it.")

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: ArgumentHelp("The file that shows it; its bytes are kept in the journal.", valueName: "file"))
  var evidence: String?
  @Option(help: "How it was done.") var note: String?
  @Argument(help: "The system's name, or the path of its folder.") var system: String
  @Argument(help: "The routine's title.", completion: .none) var title: [String]

  func run() throws {
    try Standard.telling {
      let wanted = title.joined(separator: " ")
      let state = try LiveState(options, sources: try sources())
      let rows = state.routines().first?.rows ?? []
      guard let row = rows.first(where: { $0.title.lowercased() == wanted.lowercased() }) else {
        let all = rows.map { "\"\($0.title)\"" }.joined(separator: ", ")
        throw Refusal(
          "\(system) has no routine \"\(wanted)\"; \(all.isEmpty ? "it lists none" : "it has \(all)").")
      }
      let now = Clock.now()
      let name = state.routines().first?.system ?? system
      let shown = try evidence.map { try EvidenceReader.keep($0, at: options.places.absolute($0)) }
      try options.open().perform(
        FinishRoutine(
          system: name, routine: row.title, due: row.turn(at: now), reason: note, evidence: shown?.evidence,
          bytes: shown?.bytes),
        by: try options.actor(), at: now)
      Standard.out("\(row.title) of \(name) is done")
    }
  }

  private func sources() throws -> [SystemSource] {
    var which = try SystemOptions.parse([system])
    which.playbooks = playbooks
    return try which.sources()
  }
}
