import Testing

@testable import Comms

struct TextDiffTests {
  @Test(arguments: [
    ("a\nb\nc", "a\nb\nc", " a b c", "no change"),
    ("a\nb\nc", "a\nx\nc", " a-b+x c", "+1 line, −1"),
    ("a\nb", "a\nb\nc\nd", " a b+c+d", "+2 lines, −0"),
    ("a\nb\nc", "c", "-a-b c", "+0 lines, −2"),
    ("", "", " ", "no change"),
    ("a", "b", "-a+b", "+1 line, −1"),
  ])
  func lineByLine(_ old: String, _ new: String, _ lines: String, _ summary: String) {
    let diff = TextDiff(from: old, to: new)
    let signs: [TextDiff.Change: String] = [.same: " ", .added: "+", .removed: "-"]
    #expect(diff.lines.map { (signs[$0.change] ?? "?") + $0.text }.joined() == lines)
    #expect(diff.summary == summary)
    #expect(diff.lines.filter { $0.change != .removed }.map(\.text).joined(separator: "\n") == new)
    #expect(diff.lines.filter { $0.change != .added }.map(\.text).joined(separator: "\n") == old)
  }

  @Test func longTextsAreComparedAsAWhole() {
    let long = (0..<3000).map(String.init).joined(separator: "\n")
    #expect(TextDiff(from: long, to: long).isEmpty)
    #expect(TextDiff(from: long, to: "x").removed == 3000)
  }
}
