import ArgumentParser
import Foundation
import Host
import Incidents
import Playbooks
import Systems
import Values

struct PlaybookNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a new playbook into a system's folder; nothing is ever overwritten.",
    discussion: """
      An outline is a text of lines: those that are neither indented nor items are sections, items below them steps, \
      deeper ones sub-steps. Without one it gets Symptoms, Diagnosis, Recovery and Afterwards.
      """)

  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(
    help: ArgumentHelp("The outline; - reads standard input.", valueName: "file"), completion: .file())
  var from: String?
  @Argument(help: ArgumentHelp("Its name: high-error-rate.", valueName: "name")) var name: String
  @Argument(help: "The system's name, or the path of its folder.") var system: String?

  func run() throws {
    try Standard.telling {
      let name = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
      if let objection = PlaybookOutline.objection(to: name) { throw Refusal(objection) }
      let places = Places(environment: ProcessInfo.processInfo.environment)
      var which = try SystemOptions.parse(system.map { [$0] } ?? [])
      which.playbooks = playbooks
      let sources = try which.sources()
      guard let source = sources.first, sources.count == 1 else {
        let all = sources.map(\.name).joined(separator: ", ")
        throw Refusal(
          sources.isEmpty
            ? "No system is configured; begin with `midwatch init NAME`."
            : "Say whose it is: \(all).")
      }
      let text = PlaybookOutline.playbook(
        name: name, outline: try from.map { try outline($0, places) } ?? PlaybookOutline.common)
      let path = "\(source.path)/\(name).md"
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Refusal("\(path) is there already; edit it, or choose another name.")
      }
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
      } catch {
        throw Refusal("\(path) cannot be written; check the folder and its mode.")
      }
      Standard.out("wrote \(path)")
      Standard.out("next: edit it, then `midwatch playbook check \(path)`")
    }
  }

  private func outline(_ file: String, _ places: Places) throws -> String {
    if file == "-" {
      let data = try FileHandle.standardInput.read(upToCount: 1 << 20) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }
    guard let bytes = FolderReader.contents(of: places.absolute(file)),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw Refusal("\(Inert.terminal(file)) cannot be read as UTF-8; check its path and mode.") }
    return text
  }
}
