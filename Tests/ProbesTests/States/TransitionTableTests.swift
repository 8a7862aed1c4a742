import Foundation
import Probes
import Testing

/// The table that docs/probes.md prints is the one that is run.
struct TransitionTableTests {
  private static let begin =
    "<!-- the table of states: MIDWATCH_GOLDEN=write swift test --filter TransitionTableTests -->\n"
  private static let end = "<!-- end of the table of states -->\n"

  private static let words: [EndpointSignal: String] = [
    .success: "a success", .enoughSuccesses: "the last of `successes`", .failure: "a failure",
    .enoughFailures: "the last of `failures`", .silence: "silence",
    .undecided: "an answer that tells neither",
  ]

  private static var markdown: String {
    let signals = EndpointSignal.allCases
    var lines = [
      "| after | " + signals.map { words[$0] ?? $0.rawValue }.joined(separator: " | ") + " |",
      String(repeating: "|---", count: signals.count + 1) + "|",
    ]
    for state in EndpointState.allCases {
      let rows = EndpointTransitions.rows.filter { $0.from == state }
      guard !rows.isEmpty else { continue }
      let cells = signals.map { signal in rows.first { $0.signal == signal }?.to.rawValue ?? "" }
      lines.append("| " + ([state.rawValue] + cells).map { "`\($0)`" }.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func documentationIsTheTable() throws {
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let url = tests.appending(path: "../../../docs/probes.md").standardized
    let text = try String(contentsOf: url, encoding: .utf8)
    let begin = try #require(text.range(of: Self.begin))
    let end = try #require(text.range(of: Self.end, range: begin.upperBound..<text.endIndex))
    if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
      let whole = text[..<begin.upperBound] + Self.markdown + text[end.lowerBound...]
      try String(whole).write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let printed = text[begin.upperBound..<end.lowerBound]
    #expect(printed == Self.markdown, "docs/probes.md is older than the table")
  }
}
