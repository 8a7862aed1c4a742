import Foundation
import Incidents
import TestSupport
import Testing

@testable import Retro

/// What can be asked of a timeline is what the sources write.
@Suite struct TimelineWordsTests {
  private static func sources(_ folder: String) throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/\(folder)")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  @Test func everyKindIsKnown() throws {
    let written = try ["Incidents", "Playbooks", "Comms", "Desk"].flatMap(Self.sources).flatMap { source in
      source.matches(of: /static let kind = "([a-z_.]+)"/).map { String($0.1) }
    }
    #expect(written.count > 80)
    #expect(Set(written) == TimelineWords.kinds)
  }

  @Test func everyWordIsKnown() throws {
    let written = try Self.sources("Retro/Timeline").flatMap { source in
      source.matches(of: /Wording\(\s*[^"(]*\s*"[^"]*"(?: : "[^"]*")*(?: : "[^"]*")?,\s*"([a-z -]+)"/)
        .map { String($0.1) }
    }
    #expect(Set(written).count > 35, "\(Set(written).count)")
    #expect(
      Set(written).isSubset(of: TimelineWords.shown), "\(Set(written).subtracting(TimelineWords.shown))")
    for line in Timeline(Story.rich.events).lines {
      #expect(TimelineWords.shown.contains(line.word) || line.word == line.kind, "\(line.word)")
    }
  }

  @Test func whatIsNoKindIsToldWithAllWords() throws {
    try TimelineWords.check(["alert", "note.added", "in force"], besides: [])
    try TimelineWords.check(["later.kind"], besides: ["later.kind"])
    let refusal = #expect(throws: Refusal.self) {
      try TimelineWords.check(["note.added", "bogus", "al\u{1B}ert"], besides: ["note.added"])
    }
    let sentence = "\(try #require(refusal))"
    #expect(
      sentence.hasPrefix("No line of a timeline is of the kind al␛ert, bogus; write words such as alert"))
    #expect(sentence.hasSuffix(", unlink, update, value."))
  }
}
