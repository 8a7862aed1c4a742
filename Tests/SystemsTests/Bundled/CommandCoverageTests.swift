import Foundation
import Systems
import Testing
import Values

@testable import Playbooks

/// That nothing of the five documents is lost in the folders that were written from them.
@Suite(.enabled(if: SharedSeeds.isPresent, SharedSeeds.absence))
struct CommandCoverageTests {
  private static func document(of system: String) throws -> PlaybookDocument {
    var problems: [Problem] = []
    let document = PlaybookDocument(
      try SharedSeeds.text(of: system), file: "\(system).md", problems: &problems)
    #expect(problems.isEmpty)
    return document
  }

  private static func load(_ system: String) throws -> SystemFolder {
    SystemFolder.load(try BundledFolder.folder(system), environment: [:]).folder
  }

  /// How many of the document's commands do not work as written and stand beside what does.
  private static let corrected = [
    "crystal-grimoire": 2, "ensei-packs": 23, "fluxori": 0, "jamble-inventory": 10, "nova-rms": 0,
  ]

  /// A command of a shell block is a command of a playbook; one that cannot work as written may be quoted
  /// beside what does, and those are counted.
  @Test(arguments: BundledFolder.names)
  func everyCommandIsInItsFolder(_ system: String) throws {
    let wanted = try Self.document(of: system).steps.flatMap(\.commands)
    let folder = PlaybookCommands(try Self.load(system))
    var missing: [String] = []
    var corrected: [String] = []
    for command in wanted {
      let reading = ShellReading(command.text)
      if folder.commands.contains(where: { $0.covers(reading) }) { continue }
      let line = "\(command.line): \(command.text)"
      if folder.corrected.contains(where: { $0.covers(reading) }) {
        corrected.append(line)
      } else {
        missing.append(line)
      }
    }
    #expect(missing.isEmpty, "\(missing.count) are missing:\n\(missing.joined(separator: "\n"))")
    #expect(
      corrected.count == Self.corrected[system],
      "\(corrected.count) stand otherwise:\n\(corrected.joined(separator: "\n"))")
  }

  /// So is inline code of several words: a document need not put its commands into blocks.
  @Test(arguments: BundledFolder.names)
  func everyInlineCommandIsInItsFolder(_ system: String) throws {
    let wanted = try Self.document(of: system).inlineCodes.filter { $0.contains(" ") }
    let bundled = try BundledFolder.folder(system)
    let folder = PlaybookCommands(try Self.load(system))
    let texts = bundled.files.values.map(\.onOneLine)
    let missing = wanted.filter { code in
      let reading = ShellReading(code)
      return !(folder.commands + folder.corrected + folder.others).contains { $0.covers(reading) }
        && !texts.contains { $0.contains(code.onOneLine) }
    }
    #expect(missing.isEmpty, "\(missing.count) are missing:\n\(missing.joined(separator: "\n"))")
  }

  /// Names of flags, fields, files and metrics. Addresses are the environment's.
  @Test(arguments: BundledFolder.names)
  func everyNameInCodeIsInItsFolder(_ system: String) throws {
    let texts = try BundledFolder.folder(system).files.values.map(\.onOneLine)
    let missing = try Self.document(of: system).inlineCodes.filter { code in
      guard !code.contains(" "), !code.contains("://") else { return false }
      // `metric{label}` names both.
      let names =
        code.contains(/^\w+\{\w+(,\w+)*\}$/) ? code.split { "{},".contains($0) }.map(String.init) : [code]
      return !names.allSatisfy { name in texts.contains { $0.contains(name) } }
    }
    #expect(missing.isEmpty, "\(missing)")
  }

  @Test func theDocumentsHaveCommandsToCompare() throws {
    let counts = try BundledFolder.names.map { try Self.document(of: $0).steps.flatMap(\.commands).count }
    #expect(counts == [3, 36, 75, 82, 0])
  }
}

extension String {
  fileprivate var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
