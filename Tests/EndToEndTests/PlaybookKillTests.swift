import Foundation
import TestSupport
import Testing

/// A run whose process is killed again and again: what was executed is in the journal, once, and nothing runs again by
/// itself. `MIDWATCH_KILLS=200` for more than the usual twenty.
@Suite struct PlaybookKillTests {
  private static let kills = ProcessInfo.processInfo.environment["MIDWATCH_KILLS"].flatMap { Int($0) } ?? 20
  private static let seed: UInt64 = 20_261_121
  private static let steps = 8

  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("title: Shop\n", to: "playbooks/shop/system.yaml")
    // Some tell of themselves before their process could be killed with ours, some afterwards.
    let items = (1...Self.steps).map { step in
      let pause = step % 2 == 0 ? "sleep 0.0\(step); " : ""
      return
        "\(step). Step \(step)\n   ```sh\n   \(pause)echo \"$MIDWATCH_COMMAND\" >> '\(sandbox.path)/ran'\n   ```\n"
    }
    try sandbox.write("# Kill\n\n" + items.joined(), to: "playbooks/shop/kill.md")
    let answers = String(repeating: "y\nd\n", count: Self.steps) + "e\n"
    try sandbox.write(answers, to: "answers")
    try sandbox.write("", to: "ran")
    let trusted = try sandbox.midwatch("trust", "--yes", sandbox.path + "/playbooks/shop")
    try #require(trusted.status == 0, "\(trusted.err)")
  }

  private func start() throws -> Child {
    // The shell becomes the program, so that its number is the one to kill.
    try Child(
      "/bin/sh",
      [
        "-c", "exec \"$0\" playbook run kill < '\(sandbox.path)/answers'", Binary.path,
      ], environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path,
      files: (out: sandbox.path + "/out", err: sandbox.path + "/err"))
  }

  private struct Runs: Decodable {
    struct Run: Decodable {
      let run: String
      let outcome: String?
      let executions: [Execution]
    }

    struct Execution: Decodable {
      let command: String
      let step: String
      let state: String
    }

    let runs: [Run]
  }

  private struct Timeline: Decodable {
    struct Row: Decodable { let kind: String }

    let events: [Row]
  }

  private func json<T: Decodable>(_ type: T.Type, _ arguments: String...) throws -> T {
    let outcome = try Binary.run(
      arguments + ["--format", "json"], environment: sandbox.environment, in: sandbox.path)
    try #require(outcome.status == 0, "\(outcome.err)")
    return try JSONDecoder().decode(type, from: Data(outcome.out.utf8))
  }

  /// How long one whole run takes here, in seconds.
  private func measure() throws -> Double {
    let begin = Date()
    let status = try start().wait()
    let told = FileManager.default.contents(atPath: sandbox.path + "/out") ?? Data()
    try #require(status == 0, "\(String(decoding: told, as: UTF8.self))")
    return Date().timeIntervalSince(begin)
  }

  /// Commands that outlived their console have ended, too.
  private func settle() throws {
    _ = try Condition.wait(for: "the last commands to end") {
      let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { name in
        guard Int32(name) != nil, let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline")
        else { return false }
        return String(decoding: line, as: UTF8.self).contains(sandbox.path + "/ran")
      }
      return left ? nil : true
    }
  }

  @Test(.timeLimit(.minutes(15))) func nothingIsLostAndNothingRunsTwice() throws {
    var random = SplitMix64(seed: Self.seed)
    let whole = try measure()
    let gate = DispatchSemaphore(value: 0)
    var killed = 0
    while killed < Self.kills {
      let child = try start()
      _ = gate.wait(timeout: .now() + Double(random.next() % 1000) / 1000 * whole)
      if child.isRunning { killed += 1 }
      child.end()
    }
    let status = try start().wait()
    #expect(status == 0)
    try settle()

    let runs = try json(Runs.self, "playbook", "list", "--runs").runs
    #expect(runs.allSatisfy { $0.outcome == "completed" })
    let executions = runs.flatMap(\.executions)
    let ran = try String(contentsOfFile: sandbox.path + "/ran", encoding: .utf8).split(separator: "\n").map(
      String.init)
    let known = Set(executions.map(\.command))
    #expect(Set(ran).subtracting(known).isEmpty, "executed, and not in the journal")
    #expect(known.count == executions.count, "in the journal twice")
    #expect(Set(ran).count == ran.count, "executed twice")
    for run in runs {
      #expect(
        Set(run.executions.map(\.step)).count == run.executions.count, "\(run.run) ran a step again by itself"
      )
    }
    let succeeded = Set(executions.filter { $0.state == "succeeded" }.map(\.command))
    #expect(succeeded.isSubset(of: ran), "said to have succeeded, and not executed")
    let unknown = executions.count { $0.state == "unknown" }
    #expect(succeeded.count + unknown == executions.count)

    let kinds = try json(Timeline.self, "timeline", "--last", "1000000").events.map(\.kind)
    #expect(kinds.count { $0 == "command.started" } == executions.count)
    #expect(kinds.count { $0 == "command.finished" } == succeeded.count, "an end is written down once")
    #expect(kinds.count { $0 == "command.lost" } == unknown)
    let verified = try sandbox.midwatch("journal", "verify")
    #expect(verified.status == 0, "\(verified.out)")
    print(
      "killed \(killed) times in \(runs.count) runs: \(executions.count) commands started, \(ran.count) executed, "
        + "\(unknown) of unknown outcome")
  }
}
