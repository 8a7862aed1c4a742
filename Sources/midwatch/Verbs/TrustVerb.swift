import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Systems
import Values

struct TrustVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Let a folder start processes and use secrets, as it is now.")

  @OptionGroup var options: StateOptions
  @Flag(help: "Do not ask.") var yes = false
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Argument(help: "The system's name, or the path of its folder.") var system: String

  func run() throws {
    try Standard.telling {
      let places = options.places
      let root = places.playbooks(option: playbooks)
      // What is no system of that name may be a folder here.
      let here = places.absolute(system)
      let path = SystemOptions.path(of: system, in: root, places) ?? here
      guard path == here || !SystemOptions.isSystem(here) else {
        throw Refusal(
          "\(Inert.terminal(system)) can be \(Inert.terminal(path)) and \(Inert.terminal(here)); write the path of the one that you mean."
        )
      }
      guard FileManager.default.fileExists(atPath: path) else {
        throw Refusal(
          "There is no system \(Inert.terminal(system)) in \(Inert.terminal(root)), and no folder \(Inert.terminal(path))."
        )
      }
      let source = SystemSource(
        name: String(path.split(separator: "/").last ?? "system"), path: path,
        environment: options.environment)
      let (folder, problems) = source.load()
      for problem in problems { Standard.error(problem.description) }
      guard !problems.contains(where: { $0.weight == .error }) else {
        throw Refusal("\(path) has errors; correct them first.")
      }
      guard !folder.needsTrust.isEmpty else {
        return Standard.out("\(folder.name) starts no process and uses no secret; it needs no trust.")
      }
      Standard.out("\(folder.name) (\(folder.digest.prefix(12))), \(Inert.terminal(path)), wants to:")
      for part in folder.needsTrust { Standard.out("  \(part)") }
      if !yes {
        Standard.write("Trust it as it is now? Type its name: ")
        guard readLine() == folder.name else { throw Refusal("Not trusted.") }
      }
      let act = TrustSystem(system: folder.name, path: path, digest: folder.digest)
      try options.open().perform(act, by: try options.actor(), at: Clock.now())
      Standard.out("trusted \(folder.name)")
    }
  }
}
