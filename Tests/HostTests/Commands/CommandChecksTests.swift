import Playbooks
import Testing
import Values

@testable import Host

@Suite(.timeLimit(.minutes(3)))
struct CommandChecksTests {
  private static let often = ["check: true", "every: 20ms", "for: 10m"]

  @Test func aCheckIsTriedUntilItPasses() throws {
    let bench = try CommandBench()
    let count = "\(bench.folder.path)/count"
    let order = try CommandBench.order(
      "echo x >> \(count); wc -l < \(count); [ \"$(wc -l < \(count))\" -ge 3 ]", step: Self.often,
      mode: .check)
    let news = try bench.run(order)
    let report = try #require(news.report)
    #expect(report.succeeded && report.tries == 3 && report.exit == 0 && report.cause == nil)
    #expect(news.tries == 3)
    #expect(report.outputText == "3\n", "only of the last try")
    #expect(bench.folder.text(of: "count") == "x\nx\nx\n")
  }

  @Test func aCheckWithoutPaceIsTriedOnce() throws {
    let bench = try CommandBench()
    let report = try #require(
      try bench.run(CommandBench.order("exit 4", step: ["check: true"], mode: .check)).report)
    #expect(report.tries == 1 && report.exit == 4 && !report.succeeded)
  }

  @Test func aCheckThatNeverPassesEndsWithItsTime() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "exit 4", step: ["check: true", "every: 50ms", "for: 200ms"], mode: .check)
    let report = try #require(try bench.run(order).report)
    #expect(!report.succeeded && report.exit == 4 && (report.tries ?? 0) >= 2 && report.phrase == "exit 4")
  }

  @Test func aCheckIsCancelledBetweenTwoTriesAndDuringOne() throws {
    let bench = try CommandBench()
    let waiting = try CommandBench.order("exit 4", step: ["check: true", "every: 1h"], mode: .check)
    bench.runner.run(waiting)
    _ = try bench.news(of: waiting, "how the first try ended") { $0.lastTry == "exit 4" }
    bench.runner.cancel(waiting.id)
    let first = try #require(try bench.end(of: waiting).report)
    #expect(first.cause == .cancelled && first.tries == 1 && first.exit == nil)
    let trying = try CommandBench.order("echo begun; sleep 600", step: Self.often, mode: .check)
    bench.runner.run(trying)
    _ = try bench.news(of: trying, "its first line") { $0.text == "begun\n" }
    bench.runner.cancel(trying.id)
    let second = try #require(try bench.end(of: trying).report)
    #expect(second.cause == .cancelled && second.tries == 1)
  }

  @Test func whatCannotBeStartedIsNotTriedAgain() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order("true", step: Self.often, mode: .check, directory: "/nowhere")
    let report = try #require(try bench.run(order).report)
    #expect(report.cause == .unable && report.tries == 1)
  }
}
