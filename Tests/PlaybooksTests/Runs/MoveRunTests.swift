import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

struct MoveRunTests {
  private static let old = """
    ---
    steps:
      Turn off: {undo: Turn on, due: 5m}
      Wait: {until: A resolved}
    ---
    # High
    1. Turn off
    2. Look
    3. Wait
    """

  private static let new = """
    ---
    steps:
      Turn off: {undo: Turn on, due: 10m}
    ---
    # High
    1. Tell the others
    2. Turn off
    3. Wait
    """

  private let before = read(Self.old, file: "high.md").document
  private let after = read(Self.new, file: "high.md").document

  private func begun() throws -> MemoryRecord {
    let record = MemoryRecord()
    try record.perform(StartRun(before, system: "x", sha256: "old"), at: "03:00")
    try record.perform(TickStep(run: "R-1", step: "1.1"), at: "03:01")
    try record.perform(SkipStep(run: "R-1", step: "1.2", reason: "no logs"), at: "03:02")
    try record.perform(AssignStep(run: "R-1", step: "1.3", who: "ops2"), at: "03:03")
    return record
  }

  private func run(_ record: MemoryRecord) throws -> Run { try #require(try record.entity(Run.self, "R-1")) }

  private func move(_ record: MemoryRecord) throws -> MoveRun {
    MoveRun(try run(record), from: before, "old", to: after, sha256: "new")
  }

  @Test func keepsWhatIsStillThereUnderItsNewNumber() throws {
    let record = try begun()
    try record.perform(move(record), by: "ops3", at: "03:05")
    let run = try run(record)
    #expect(run.snapshot == "new" && record.blobs.last == Array(Self.new.utf8))
    #expect(run.order == ["1.1", "1.2", "1.3"])
    #expect(run.steps.map(\.title) == ["Tell the others", "Turn off", "Wait"])
    #expect(run.state(of: "1.1") == .todo && run.state(of: "1.2") == .done)
    #expect(run.marks["1.2"]?.by == "ops1" && run.assigned == ["1.3": "ops2"])
    #expect(run.leftBehind.map(\.step.title) == ["Look"])
    #expect(run.leftBehind.first?.mark.reason == "no logs")
    #expect(run.effects.map(\.step) == ["1.2"])
    #expect(run.steps.map(\.until) == [nil, nil, nil] && run.steps.map(\.dueMs) == [nil, 600_000, nil])
    #expect(run.progress.settled == 1 && run.current == "1.1")
    let fact = try #require(record.events.last?.fact(RunMoved.self))
    #expect(fact.kept == ["1.1", "1.3"] && fact.lost == ["1.2"] && fact.renumbered == ["1.1": "1.2"])
    #expect(FactCoding.decode(RunMoved.self, from: try FactCoding.encode(fact)) == fact)
    // And on it goes, by the new numbers.
    try record.perform(UntickStep(run: "R-1", step: "1.2"), at: "03:06")
    #expect(try self.run(record).effects.isEmpty)
  }

  @Test func thereAndBackAgain() throws {
    let record = try begun()
    let first = try run(record)
    try record.perform(move(record), at: "03:05")
    try record.perform(
      MoveRun(try run(record), from: after, "new", to: before, sha256: "old"), at: "03:06")
    let run = try run(record)
    #expect(run.marks["1.1"] == first.marks["1.1"] && run.assigned == first.assigned)
    #expect(run.steps == first.steps && run.effects == first.effects)
    // What was skipped was lost on the way; nobody did it under the text that the run went by since.
    #expect(run.marks["1.2"] == nil && run.leftBehind.count == 1)
  }

  @Test func refusesWhatWouldBeAGuess() throws {
    let record = try begun()
    let stale = try move(record)
    #expect(
      record.refusal(MoveRun(try run(record), from: before, "old", to: before, sha256: "old"))
        == "R-1 goes by this text already.")
    try record.perform(stale, at: "03:05")
    #expect(record.refusal(stale) == "R-1 goes by this text already.")
    let other = read("# High\n1. Turn off", file: "high.md").document
    #expect(
      record.refusal(MoveRun(try run(record), from: before, "old", to: other, sha256: "other"))
        == "R-1 was moved over to another text meanwhile; look at what changed once more.")
    #expect(
      record.refusal(MoveRun(try run(record), from: other, "new", to: before, sha256: "old"))
        == "The steps of R-1 are not those of the text that it is said to go by.")
    let empty = read("# High\nNothing to do.", file: "high.md").document
    #expect(
      record.refusal(MoveRun(try run(record), from: after, "new", to: empty, sha256: "none"))
        == "The new text has no steps here; finish R-1 by the one it has.")
    try record.perform(FinishRun(run: "R-1"), at: "03:08")
    #expect(
      record.refusal(MoveRun(try run(record), from: after, "new", to: before, sha256: "old"))?
        .contains("was finished") == true)
  }

  @Test func aSectionThatIsGoneMovesNowhere() throws {
    let record = MemoryRecord()
    try record.perform(StartRun(before, system: "x", section: "high", sha256: "old"), at: "03:00")
    let renamed = read("# Higher\n1. Turn off\n2. Look\n3. Wait", file: "high.md").document
    #expect(
      record.refusal(MoveRun(try run(record), from: before, "old", to: renamed, sha256: "new"))
        == "The section #high is not in the new text; finish R-1 and start a new run.")
  }

  private static let owner = ProcessMark(host: "jump2", boot: "b", pid: 7, since: 1)

  private func start(_ step: String, id: String, _ record: MemoryRecord) throws {
    let commands = read((1...3).map { "\($0). x\n   ```sh\n   ls\n   ```\n" }.joined()).document
    let plan = try CommandPlan.make(
      try #require(commands.step(step)), 0, of: commands, in: nil,
      CommandPlan.Setting(values: [:], declared: [], directory: "/tmp", target: "x")
    ).get()
    try record.perform(
      StartCommand(plan, run: "R-1", id: id, mode: .once, digest: "d", owner: Self.owner), at: "03:04")
  }

  @Test func notWhileACommandRuns() throws {
    let record = try begun()
    try start("1.3", id: "one", record)
    #expect(
      record.refusal(try move(record))
        == "A command of 1.3 is still running, since 03:04Z; let it end, or cancel it, "
        + "before the run moves over.")
    try record.perform(LoseCommand(run: "R-1", id: "one", reason: "Its process is gone."), at: "03:05")
    try record.perform(move(record), at: "03:06")
    let run = try run(record)
    #expect(run.executions(of: "1.3").map(\.id) == ["one"] && run.state(of: "1.3") == .unknown)
  }

  /// The output of a step that is gone is not shown under the step that has its number now.
  @Test func executionsOfLostStepsBelongToNoStep() throws {
    let record = try begun()
    try record.perform(UntickStep(run: "R-1", step: "1.2"), at: "03:03")
    for (step, id) in [("1.1", "one"), ("1.2", "two")] {
      try start(step, id: id, record)
      try record.perform(LoseCommand(run: "R-1", id: id, reason: "Its process is gone."), at: "03:05")
    }
    try record.perform(move(record), at: "03:06")
    let run = try run(record)
    #expect(run.executions(of: "1.1").isEmpty && run.executions(of: "1.2").map(\.id) == ["one"])
    #expect(run.executions.map(\.id) == ["one", "two"] && run.executions.last?.step == nil)
  }

  /// What a step left in force has to be taken back though the step is gone, and under its number stands another.
  @Test func effectsOfLostStepsStayInForce() throws {
    let record = try begun()
    let text =
      "---\nsteps:\n  Tell: {undo: Tell them again}\n---\n# High\n1. Tell the others\n2. Look\n3. Wait"
    let edited = read(text, file: "high.md").document
    try record.perform(MoveRun(try run(record), from: before, "old", to: edited, sha256: "e"), at: "03:05")
    try record.perform(TickStep(run: "R-1", step: "1.1"), at: "03:06")
    #expect(try run(record).effects.map(\.step) == ["1.1*", "1.1"])
    #expect(try run(record).effects.map(\.what) == ["Turn off", "Tell the others"])
    try record.perform(UndoEffect(run: "R-1", step: "1.1*"), at: "03:07")
    #expect(try run(record).effects.map(\.step) == ["1.1"])
  }

  @Test func stepsAreOverdueFromTheirTime() throws {
    let record = MemoryRecord()
    try record.perform(StartRun(before, system: "x", sha256: "old"), at: "03:00")
    let start = try #require(Instant(rfc3339: "2026-11-21T03:00:00Z"))
    let run = try run(record)
    #expect(run.due(of: "1.1") == start + .minutes(5) && run.due(of: "1.2") == nil)
    #expect(run.overdue(at: start + .minutes(5) - .milliseconds(1)).isEmpty)
    #expect(run.overdue(at: start + .minutes(5)).map(\.step) == ["1.1"])
    try record.perform(TickStep(run: "R-1", step: "1.1"), at: "03:01")
    #expect(try self.run(record).overdue(at: start + .hours(1)).isEmpty)
  }
}
