import ArgumentParser
import Foundation
import Host
import Incidents
import Serving
import Values

struct AgentVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "Poll, evaluate and record without a screen.",
    discussion: """
      Prints each transition as a line, and its own state on standard error. While another process polls it waits \
      and takes over when that one ends. SIGINT and SIGTERM end it, a second one at once; SIGHUP has it read folders \
      and secrets anew. Under systemd it tells how it is; docs/agent.md has the unit.
      """)

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Option(
    name: .customLong("for"), help: ArgumentHelp("How long; default until a signal.", valueName: "duration"))
  var length: String?
  @Option(
    help: ArgumentHelp(
      "Serve /metrics and /healthz, and take what is pushed, at an address such as 127.0.0.1:9469; default nowhere.",
      valueName: "address"))
  var listen: String?
  @Flag(help: "Let --listen name an address that other machines reach.") var expose = false
  @Option(help: "How to print: lines for people, or lines of JSON.") var format = OutputFormat.table

  func run() throws {
    let length = try length.map { text in
      guard let length = Span(prometheus: text), length > .zero else {
        throw ValidationError("--for is a duration such as 90s.")
      }
      return length
    }
    let address = try listen.map(address)
    try Standard.telling {
      let sources = try which.sources()
      guard !sources.isEmpty else {
        throw Refusal("No system is configured; begin with `midwatch init NAME --health URL`.")
      }
      let parts = AgentSession.Parts(
        state: options, sources: sources, rescan: which.sources, output: AgentOutput(format: format),
        notifier: ServiceNotifier(environment: options.environment), address: address)
      try AgentSession(parts).run(for: length)
    }
  }

  private func address(_ text: String) throws -> SocketAddress {
    guard let address = SocketAddress(text) else {
      throw ValidationError(
        "--listen is an address and a port such as 127.0.0.1:9469 or [::1]:9469, and here is \"\(Inert.terminal(text))\"."
      )
    }
    guard address.isLoopback || expose else {
      throw ValidationError(
        "\(address) can be reached from other machines; add --expose if everybody there may read and push.")
    }
    return address
  }
}
