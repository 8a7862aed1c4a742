import TestSupport
import Testing
import Values

@testable import Playbooks

@Suite struct CommandActsTests {
  private static let owner = ProcessMark(host: "jump2", boot: "b", pid: 7, since: 1)
  private let document = read(
    """
    # P
    1. Look
       ```sh
       ls
       ```
    2. Two
       ```sh
       ls
       ```
       ```sh
       pwd
       ```
    """, file: "p.md"
  ).document

  private func begun() throws -> MemoryRecord {
    let record = MemoryRecord()
    try record.perform(StartRun(document, system: "x", sha256: "ab"), at: "03:00")
    return record
  }

  private func start(_ step: String, _ index: Int = 0, id: String) throws -> StartCommand {
    let setting = CommandPlan.Setting(values: [:], declared: [], directory: "/srv", target: "shop")
    let plan = try CommandPlan.make(
      try #require(document.step(step)), index, of: document, in: nil, setting
    ).get()
    return StartCommand(plan, run: "R-1", id: id, mode: .once, digest: "d", owner: Self.owner)
  }

  private func run(_ record: MemoryRecord) throws -> Run { try #require(try record.entity(Run.self, "R-1")) }

  @Test func aStartIsWrittenDownWithAllThatIsKnown() throws {
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    let run = try run(record)
    let execution = try #require(run.executions.first)
    #expect(execution.isOpen && execution.by == "ops1" && execution.started.owner == Self.owner)
    #expect(execution.started.command == "ls" && execution.started.cwd == "/srv")
    #expect(execution.started.target == "shop" && execution.started.digest == "d")
    #expect(run.state(of: "1.1") == .doing && run.last == "1.1")
  }

  @Test func startingTwiceIsRefused() throws {
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    #expect(record.refusal(try start("1.1", id: "one")) == "This command was started already.")
    #expect(
      record.refusal(try start("1.1", id: "other"), by: "ops2")
        == "ops1 started it at 03:04Z and it has not ended; wait for it, or cancel it.")
    // Another command of the same step is another matter, and so is the same one once it has ended.
    try record.perform(start("1.2", 0, id: "two"), at: "03:05")
    try record.perform(start("1.2", 1, id: "three"), at: "03:05")
    try record.perform(FinishCommand(run: "R-1", report("one", exit: 0)), at: "03:06")
    try record.perform(start("1.1", id: "four"), at: "03:07")
    #expect(try run(record).openExecutions.map(\.id) == ["two", "three", "four"])
  }

  @Test func nothingStartsInAFinishedRunOrWithoutAStep() throws {
    let record = try begun()
    let act = try start("1.1", id: "one")
    var unknown = act
    unknown.run = "R-9"
    #expect(record.refusal(unknown)?.hasPrefix("There is no run R-9") == true)
    try record.perform(FinishRun(run: "R-1"), at: "03:05")
    #expect(record.refusal(act) == "R-1 was finished by ops1 at 03:05Z; start a new run.")
    let other = MemoryRecord()
    let small = read("# P\n1. Other\n", file: "p.md").document
    try other.perform(StartRun(small, system: "x", sha256: "ab"), at: "03:00")
    #expect(other.refusal(try start("1.2", id: "one")) == "R-1 has no step 1.2.")
  }

  private func report(_ id: String, exit: Int?, cause: CommandFinished.Cause? = nil) -> CommandReport {
    var report = CommandReport(id: id)
    report.exit = exit
    report.succeeded = exit == 0
    report.cause = cause
    report.output = Array("x\n".utf8)
    report.sha256 = "ef"
    report.digest = "cd"
    report.took = .seconds(3)
    report.directory = "/tmp"
    report.kept = ["TOTAL": "3"]
    return report
  }

  @Test func anEndIsWrittenDownOnceWithItsOutput() throws {
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    let act = FinishCommand(run: "R-1", report("one", exit: 0))
    try record.perform(act, at: "03:05")
    #expect(record.refusal(act) == "How this command ended is written down already.")
    #expect(record.blobs.last == Array("x\n".utf8))
    let run = try run(record)
    #expect(run.executions.first?.finished?.tookMs == 3000 && run.executions.first?.finished?.digest == "cd")
    #expect(run.directory == "/tmp" && run.kept == ["TOTAL": "3"])
    // The step is ticked by whoever judges it.
    #expect(run.state(of: "1.1") == .doing)
    #expect(
      record.refusal(FinishCommand(run: "R-1", report("none", exit: 0)))
        == "R-1 has started no such command.")
  }

  private static let failures: [(exit: Int?, cause: CommandFinished.Cause?, reason: String)] = [
    (3, nil, "exit 3"), (nil, .cancelled, "cancelled"), (nil, .timeout, "timed out after 3s"),
    (nil, .closed, "ended with its console"),
  ]

  @Test(arguments: failures.indices) func aFailureMarksTheStep(_ index: Int) throws {
    let (exit, cause, reason) = Self.failures[index]
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    try record.perform(FinishCommand(run: "R-1", report("one", exit: exit, cause: cause)), at: "03:05")
    let run = try run(record)
    #expect(run.state(of: "1.1") == .failed && run.marks["1.1"]?.reason == reason)
  }

  @Test func whatWasSettledMeanwhileStaysSo() throws {
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    try record.perform(TickStep(run: "R-1", step: "1.1"), by: "ops2", at: "03:05")
    try record.perform(FinishCommand(run: "R-1", report("one", exit: 3)), at: "03:06")
    #expect(try run(record).state(of: "1.1") == .done)
  }

  @Test func anEndAfterTheRunIsStillWrittenDown() throws {
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    try record.perform(FinishRun(run: "R-1"), at: "03:05")
    try record.perform(FinishCommand(run: "R-1", report("one", exit: 3)), at: "03:06")
    let run = try run(record)
    #expect(run.executions.first?.finished?.exit == 3 && run.state(of: "1.1") == .doing)
  }

  @Test func aLostOneIsUnknownUntilItsEndComesAfterAll() throws {
    let record = try begun()
    try record.perform(start("1.1", id: "one"), at: "03:04")
    let act = LoseCommand(run: "R-1", id: "one", reason: "Its console is gone.")
    try record.perform(act, by: "midwatch", at: "03:05")
    #expect(try run(record).state(of: "1.1") == .unknown)
    #expect(try run(record).executions.first?.end.map { "\($0)" }?.contains("Its console is gone.") == true)
    #expect(record.refusal(act) == "How this command ended is written down already.")
    try record.perform(FinishCommand(run: "R-1", report("one", exit: 0)), at: "03:06")
    #expect(try run(record).executions.first?.finished?.exit == 0)
  }
}
