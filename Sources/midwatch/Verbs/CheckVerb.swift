import ArgumentParser
import Host
import Incidents
import Journal
import Systems
import Values
import Watch

struct CheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say how everything is: exit 0 fine, 1 warn, 2 page or down, 3 unknown.",
    discussion: "Asks the engine if one runs, else polls by itself; it records nothing and takes no lock.")

  private struct Document: Encodable {
    var schema = "midwatch.check/1"
    let verdict: Int32
    /// Whose answer it is, `engine` or `own`, and why where an engine runs and it is not its.
    let source: String
    let note: String?
    let systems: [SystemSnapshot]
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Option(help: "How often to poll.") var samples = 1
  @Option(help: ArgumentHelp("How far apart.", valueName: "duration")) var every = "1s"
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    guard let every = Span(prometheus: every), every > .zero, (1...10_000).contains(samples) else {
      throw ValidationError("--every is a duration such as 1s, and --samples a number from 1 to 10000.")
    }
    var verdict = Verdict.unknown
    // To a script 1 means a warning; what could not be looked at is unknown.
    try Standard.telling(status: Verdict.unknown.rawValue) {
      let sources = try which.sources()
      guard !sources.isEmpty else {
        throw Refusal("No system is configured; begin with `midwatch init NAME --health URL`.")
      }
      let look = try LiveState(options, sources: sources).look(rounds: samples, every: every)
      let snapshots = look.snapshots
      verdict = Verdict(snapshots)
      if format == .json {
        try Standard.json(
          Document(
            verdict: verdict.rawValue, source: look.source.rawValue, note: look.note, systems: snapshots))
      } else {
        Standard.out(BoardText.text(snapshots))
      }
    }
    if verdict != .fine { throw ExitCode(verdict.rawValue) }
  }
}
