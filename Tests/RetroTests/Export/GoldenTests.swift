import Foundation
import Retro
import Testing

/// Exports of ``Story/rich`` against the files in `Golden`, which were read by eye.
///
/// With `MIDWATCH_GOLDEN=write` they are written anew.
@Suite struct GoldenTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden")

  static func compare(_ text: String, with name: String) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
      try Data(text.utf8).write(to: file)
    }
    let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard text != golden else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let first = zip(lines, wanted).enumerated().first { $0.element.0 != $0.element.1 }
    let place = first?.offset ?? min(lines.count, wanted.count)
    let got = place < lines.count ? String(lines[place]) : "the end"
    let want = place < wanted.count ? String(wanted[place]) : "the end"
    Issue.record("\(name) differs in line \(place + 1):\n\(got)\ninstead of\n\(want)")
  }

  @Test(arguments: BuiltInRetroTemplates.names) func richInEveryTemplate(_ name: String) throws {
    let template = try #require(BuiltInRetroTemplates.template(name))
    try Self.compare(Story.richReport().document().markdown(template), with: "rich-\(name).md")
  }
}
