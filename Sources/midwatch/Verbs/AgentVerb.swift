import ArgumentParser
import Host
import Incidents
import Values

struct AgentVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "Poll, evaluate and record without a screen.",
    discussion: """
      Prints each transition as a line, and its own state on standard error. While another process polls it waits \
      and takes over when that one ends. SIGINT, SIGTERM and SIGHUP end it.
      """)

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Option(
    name: .customLong("for"), help: ArgumentHelp("How long; default until a signal.", valueName: "duration"))
  var length: String?
  @Option(help: "How to print: lines for people, or lines of JSON.") var format = OutputFormat.table

  func run() throws {
    let length = try length.map { text in
      guard let length = Span(prometheus: text), length > .zero else {
        throw ValidationError("--for is a duration such as 90s.")
      }
      return length
    }
    try Standard.telling {
      let sources = try which.sources()
      guard !sources.isEmpty else {
        throw Refusal("No system is configured; begin with `midwatch init NAME --health URL`.")
      }
      try AgentSession(state: options, sources: sources, output: AgentOutput(format: format)).run(for: length)
    }
  }
}
