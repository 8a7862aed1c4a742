import ArgumentParser
import Foundation
import Host
import Incidents
import Systems

struct InitVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented folder for a system of yours; it works at once.")

  @Option(help: ArgumentHelp("Where the folder of system folders is.", valueName: "dir")) var playbooks:
    String?
  @Option(help: ArgumentHelp("An address that answers 2xx while all is well.", valueName: "url")) var health:
    String?
  @Option(help: ArgumentHelp("A Prometheus or OpenMetrics page.", valueName: "url")) var metrics: String?
  @Argument(help: "Its name: letters, digits, hyphens.") var name: String

  func run() throws {
    try Standard.telling {
      if let objection = Scaffold.objection(to: name) { throw Refusal(objection) }
      for url in [health, metrics] {
        if let objection = url.flatMap(Scaffold.objection(toAddress:)) { throw Refusal(objection) }
      }
      let places = Places(environment: ProcessInfo.processInfo.environment)
      let folder = places.playbooks(option: playbooks) + "/" + name
      guard !FileManager.default.fileExists(atPath: folder) else {
        throw Refusal("\(folder) is there already; edit it, or choose another name.")
      }
      for (path, text) in Scaffold.files(name: name, health: health, metrics: metrics).sorted(by: {
        $0.key < $1.key
      }) {
        let file = folder + "/" + path
        do {
          try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
        } catch {
          throw Refusal("\(file) cannot be written; check the folder and its mode.")
        }
        Standard.out("wrote \(file)")
      }
      Standard.out("next: `midwatch check \(name)`, then `midwatch`")
    }
  }
}
