import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Simulator
import Systems
import Values

struct DemoVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "A simulated estate and a scripted failure; nothing to configure.")

  @OptionGroup var options: StateOptions
  @OptionGroup var screen: ScreenOptions
  @Option(help: "Which failure to play.") var drill = Demo.defaultDrill
  @Flag(help: "Print each transition as a line instead of opening the console.") var headless = false
  @Option(name: .customLong("for"), help: ArgumentHelp("How long, with --headless.", valueName: "duration"))
  var length = "90s"
  @Flag(help: "Let playbooks run their commands: what is watched is simulated, what they reach is not.")
  var exec = false
  @Flag(help: "Only serve the simulated endpoints, and print their addresses.") var serve = false
  @Option(help: .hidden) var started: String?

  func run() throws {
    guard let length = Span(prometheus: length), length > .zero else {
      throw ValidationError("--for is a duration such as 90s.")
    }
    try Standard.telling {
      let demo = try Demo(places: options.places, drill: drill)
      if serve {
        return try SimulatorService.run(
          demo, started: started.flatMap { Instant(rfc3339: $0) } ?? Clock.now(), folder: options.state)
      }
      let folder = try DemoFolder(
        option: options.state ?? options.environment["MIDWATCH_STATE"], drill: drill)
      let simulator = try SimulatorProcess(folder)
      defer { simulator.stop() }
      let sources = demo.sources(at: simulator.addresses)
      if headless {
        try HeadlessDemo(state: options, folder: folder.path, sources: sources).run(for: length)
      } else {
        try ConsoleSession(
          state: options, screen: screen, sources: sources, folder: folder.path,
          notices: ["demo: everything is simulated; the journal is \(folder.path)/journal.db"],
          isSimulated: !exec
        ).run()
        Standard.out(
          "The demo's journal is kept in \(folder.path); `midwatch demo --state \(folder.path)` goes on.")
      }
    }
  }
}
