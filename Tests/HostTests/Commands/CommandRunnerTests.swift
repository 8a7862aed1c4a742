import Crypto
import Foundation
import Glibc
import Playbooks
import Testing
import Values

@testable import Host

@Suite(.timeLimit(.minutes(3)))
struct CommandRunnerTests {
  @Test func aPassingOneTellsItsOutputAndDigest() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order("echo out; echo err >&2")
    let news = try bench.run(order)
    let report = try #require(news.report)
    #expect(report.exit == 0 && report.succeeded && report.cause == nil && report.signal == nil)
    #expect(Set(report.outputText.split(separator: "\n")) == ["out", "err"] && report.lines == 2)
    let digest = SHA256.hash(data: report.output).map { String(format: "%02x", $0) }.joined()
    #expect(report.sha256 == digest && report.digest == digest && report.file == nil && !report.isTruncated)
    let errors = (0..<news.output.count).compactMap { news.output[$0] }.filter(\.isError).map(\.text)
    #expect(errors == ["err"])
    #expect(bench.reports(of: order) == 1)
  }

  @Test func aFailingOneTellsItsStatusAndWhatThatMeans() throws {
    let bench = try CommandBench()
    let failed = try #require(try bench.run(CommandBench.order("exit 3")).report)
    #expect(failed.exit == 3 && !failed.succeeded && failed.meaning == nil && failed.phrase == "exit 3")
    let named = try CommandBench.order("grep -q absent /dev/null", step: ["exits: {0: found, 1: none found}"])
    let report = try #require(try bench.run(named).report)
    #expect(report.exit == 1 && report.succeeded && report.meaning == "none found")
    let killed = try #require(try bench.run(CommandBench.order("kill -SEGV $$")).report)
    #expect(killed.signal == "SIGSEGV" && killed.exit == nil && !killed.succeeded)
  }

  @Test func whatCannotBeStartedSaysWhy() throws {
    let bench = try CommandBench()
    let report = try #require(try bench.run(CommandBench.order("true", directory: "/nowhere")).report)
    #expect(report.cause == .unable && !report.succeeded && report.sha256 == nil && report.digest == nil)
    #expect(report.reason?.hasSuffix("cannot be started in /nowhere: No such file or directory.") == true)
  }

  @Test func aRefusedOneNeverStarts() throws {
    let bench = try CommandBench(refusal: "Not here.")
    let report = try #require(
      try bench.run(CommandBench.order("touch \(bench.folder.path)/ran")).report)
    #expect(report.cause == .unable && report.reason == "Not here." && report.phrase == "Not here.")
    #expect(bench.folder.text(of: "ran") == nil)
  }

  @Test func theSameOrderTwiceRunsOnce() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order("echo x >> \(bench.folder.path)/ran; sleep 600")
    bench.runner.run(order)
    bench.runner.run(order)
    _ = try Condition.wait(for: "its start") { bench.folder.text(of: "ran") }
    bench.runner.cancel(order.id)
    #expect(try bench.end(of: order).report?.cause == .cancelled)
    #expect(bench.folder.text(of: "ran") == "x\n" && bench.reports(of: order) == 1)
  }

  @Test func aHangingOneIsCancelled() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order("echo begun; sleep 600 & echo $! > \(bench.folder.path)/pid; wait")
    bench.runner.run(order)
    _ = try bench.news(of: order, "its first line") { $0.text == "begun\n" }
    let pid = try Condition.wait(for: "its child") {
      bench.folder.text(of: "pid").flatMap { Int32($0.dropLast()) }
    }
    bench.runner.cancel(order.id)
    let report = try #require(try bench.end(of: order).report)
    #expect(report.cause == .cancelled && report.signal == "SIGTERM" && !report.succeeded)
    #expect(report.phrase == "cancelled" && report.outputText == "begun\n")
    _ = try Condition.wait(for: "the child's end") { kill(pid, 0) != 0 ? true : nil }
  }

  @Test func oneThatIgnoresTheRequestIsKilledAfterTheGrace() throws {
    let bench = try CommandBench(grace: .milliseconds(200))
    let order = try CommandBench.order("trap '' TERM; echo begun; while :; do sleep 600; done")
    bench.runner.run(order)
    _ = try bench.news(of: order, "its first line") { $0.text == "begun\n" }
    bench.runner.cancel(order.id)
    let report = try #require(try bench.end(of: order).report)
    #expect(report.cause == .cancelled && report.signal == "SIGKILL")
  }

  @Test func aTimeoutEndsIt() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order("echo begun; sleep 600", step: ["timeout: 300ms"])
    let report = try #require(try bench.run(order).report)
    #expect(report.cause == .timeout && report.signal == "SIGTERM" && !report.succeeded)
    #expect(report.took >= .milliseconds(300) && report.phrase.hasPrefix("timed out after "))
  }

  @Test func whatItLeavesInItsGroupEndsWithIt() throws {
    let bench = try CommandBench()
    let report = try #require(try bench.run(CommandBench.order("sleep 600 & echo $!")).report)
    let pid = try #require(Int32(report.outputText.dropLast()))
    #expect(report.exit == 0 && report.succeeded)
    _ = try Condition.wait(for: "the grandchild's end") { kill(pid, 0) != 0 ? true : nil }
  }

  @Test func oneInTheBackgroundLivesUntilItsRunIsOver() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "echo ready; sleep 600", step: ["background: true", "timeout: 1ms"], mode: .background)
    bench.runner.run(order)
    _ = try bench.news(of: order, "its first line") { $0.text == "ready\n" }
    bench.runner.closeBackground { $0 == "R-1" }
    bench.runner.closeBackground { $0 != "R-1" }
    let report = try #require(try bench.end(of: order).report)
    #expect(report.cause == .closed && report.signal == "SIGTERM")
  }

  @Test func stoppingEndsAllAndTellsOfAll() throws {
    let bench = try CommandBench()
    let orders = try ["sleep 600", "sleep 601"].map { try CommandBench.order($0) }
    let background = try CommandBench.order("sleep 602", mode: .background)
    let check = try CommandBench.order("false", step: ["check: true", "every: 1h"], mode: .check)
    for order in orders + [background, check] { bench.runner.run(order) }
    _ = try bench.news(of: check, "its first try") { $0.lastTry == "exit 1" }
    bench.runner.stop()
    for order in orders + [background, check] {
      #expect(try bench.end(of: order).report?.cause == .closed)
      #expect(bench.reports(of: order) == 1)
    }
    let late = try CommandBench.order("true")
    bench.runner.run(late)
    #expect(try bench.end(of: late).report?.cause == .unable)
  }
}
