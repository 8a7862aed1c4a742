import ArgumentParser
import Foundation
import Host
import Incidents
import Values

/// Which systems are meant.
struct SystemOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir"))
  var playbooks: String?

  @Argument(help: "Names of systems, or paths of their folders; default all of yours.")
  var systems: [String] = []

  /// The folders meant, in the order of their names; throws a sentence for a name that is none.
  func sources() throws -> [SystemSource] {
    let environment = ProcessInfo.processInfo.environment
    let places = Places(environment: environment)
    let root = places.playbooks(option: playbooks)
    guard systems.isEmpty else {
      return try systems.map { name in
        guard let path = Self.path(of: name, in: root, places) else {
          throw Refusal("There is no system \(name) in \(root); `midwatch init \(name)` writes one.")
        }
        return SystemSource(
          name: String(path.split(separator: "/").last ?? "system"), path: path, environment: environment)
      }
    }
    return SystemSource.all(in: root, environment: environment)
  }

  /// The folder of a system by its name among `root` and the bundled ones, or by its path; nil where none is.
  static func path(of name: String, in root: String, _ places: Places) -> String? {
    let candidates =
      name.contains("/")
      ? [places.absolute(name)]
      : [root + "/" + name] + (places.bundled.map { [$0 + "/playbooks/" + name] } ?? [])
    return candidates.first { isSystem($0) }
  }

  static func isSystem(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/system.yaml")
  }
}
