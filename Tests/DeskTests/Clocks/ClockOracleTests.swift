import Foundation
import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// Random clocks against `oracle.py` beside this file, which counts another way with other time zones' code.
/// `MIDWATCH_DESK_CASES=100000` looks at so many.
@Suite(.enabled(if: HostZones.areThere, "this host has no time zones in /usr/share/zoneinfo"))
struct ClockOracleTests {
  private struct Answer: Decodable {
    let used: Int64
    let state: String
    let late: Bool?
    let at, over, left, due, warning: Int64?
  }

  private static let environment = ProcessInfo.processInfo.environment
  private static let cases = environment["MIDWATCH_DESK_CASES"].flatMap { Int($0) } ?? 3_000
  private static let batch = 5_000
  /// Python's time zones come from the host's files.
  private static let hasPython =
    (try? Child.run(
      "python3", ["-c", "import zoneinfo; zoneinfo.ZoneInfo('Africa/Casablanca')"], environment: environment
    ).status) == 0

  @Test(.enabled(if: hasPython, "this host has no python3 with time zones"))
  func countsAsTheOracleDoes() throws {
    var seen: [String: Int] = [:]
    for first in stride(from: 0, to: Self.cases, by: Self.batch) {
      var maker = CaseMaker(seed: UInt64(first) + 1)
      let cases = (first..<min(first + Self.batch, Self.cases)).map { _ in maker.next() }
      let answers = try ask(cases)
      try #require(answers.count == cases.count)
      for (index, (asked, answer)) in zip(cases, answers).enumerated() {
        seen[answer.state, default: 0] += 1
        let differences = differences(asked, answer)
        guard differences.isEmpty else {
          let text = String(decoding: try FactCoding.encode(asked), as: UTF8.self)
          Issue.record("case \(first + index): \(differences.joined(separator: "; "))\n\(text)")
          if first + index > 20 { return }
          continue
        }
      }
    }
    // Each kind of answer has to come, or the cases show little.
    for state in ["none", "running", "paused", "met", "breached"] {
      #expect(seen[state, default: 0] > Self.cases / 100, "\(seen)")
    }
  }

  private func ask(_ cases: [CaseMaker.Case]) throws -> [Answer] {
    let file = FileManager.default.temporaryDirectory.appending(path: "midwatch-clocks-\(UUID()).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    var text = Data()
    for one in cases {
      text += try FactCoding.encode(one)
      text.append(10)
    }
    try text.write(to: file)
    let oracle = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "oracle.py")
    let outcome = try Child.run(
      "/bin/sh", ["-c", "exec python3 \"$1\" < \"$2\"", "sh", oracle.path, file.path],
      environment: Self.environment)
    try #require(outcome.status == 0, "\(outcome.err)")
    return try outcome.out.split(separator: "\n").map {
      try JSONDecoder().decode(Answer.self, from: Data($0.utf8))
    }
  }

  private func differences(_ asked: CaseMaker.Case, _ answer: Answer) -> [String] {
    let clocks = TicketClocks(asked.history, ClockTerms(asked.plan, zones: CaseMaker.known))
    var differences: [String] = []
    func compare<T: Equatable>(_ what: String, _ ours: T, _ theirs: T) {
      if ours != theirs { differences.append("\(what): \(ours), and the oracle says \(theirs)") }
    }
    // The oracle looks a thousand days ahead.
    let far = asked.history.started.wholeSecond + .days(1000)
    func seconds(_ instant: Instant?) -> Int64? {
      instant.flatMap { $0 > far ? nil : $0.milliseconds / 1000 }
    }
    let used = clocks.used(of: asked.clock, at: asked.now)
    compare("used", used, .seconds(answer.used))
    compare("due", seconds(clocks.due(of: asked.clock)), answer.due)
    compare("warning", seconds(clocks.warning(of: asked.clock)), answer.warning)
    let state = clocks.state(of: asked.clock, at: asked.now)
    switch state {
    case .none: compare("state", "none", answer.state)
    case .running(let left, _), .paused(let left, _):
      if case .running = state { compare("state", "running", answer.state) }
      if case .paused = state { compare("state", "paused", answer.state) }
      compare("left", left.milliseconds, (answer.left ?? -1) * 1000)
    case .met(_, let used, let isLate):
      compare("state", "met", answer.state)
      compare("used when met", used, .seconds(answer.used))
      compare("late", isLate, answer.late)
    case .breached(let at, let over):
      compare("state", "breached", answer.state)
      compare("breached at", seconds(at), answer.at)
      compare("over", over.milliseconds, (answer.over ?? -1) * 1000)
    }
    let ledger = clocks.ledger(of: asked.clock, at: asked.now)
    compare("ledger's sum", ledger.segments.reduce(.zero) { $0 + $1.counted }, used)
    return differences
  }
}
