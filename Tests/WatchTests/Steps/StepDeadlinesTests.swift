import Incidents
import Playbooks
import TestSupport
import Testing
import Values
import Watch

/// Steps whose time is over: each is written once, whoever looks, and however often.
@Suite struct StepDeadlinesTests {
  private let record = MemoryRecord()
  private let document: PlaybookDocument = {
    var problems: [Problem] = []
    return PlaybookDocument(
      """
      ---
      steps: {Pause: {due: 5m}, Drain: {due: 10m}, Tell: {due: 5m}}
      ---
      # P
      1. Look
      2. Drain the queue
      3. Pause it
      4. Tell support
      """, file: "p.md", problems: &problems)
  }()

  private func at(_ clock: String) throws -> Instant {
    try #require(Instant(rfc3339: "2026-11-21T\(clock):00Z"))
  }

  private func deadlines() throws -> StepDeadlines {
    StepDeadlines([try #require(try record.entity(Run.self, "R-1"))])
  }

  private func over(_ clock: String) throws -> [String] { try deadlines().over(at: at(clock)).map(\.step) }

  @Test func eachIsWrittenOnce() throws {
    try record.perform(StartRun(document, system: "x", sha256: "ab"), at: "03:00")
    #expect(try over("03:04") == [])
    #expect(try over("03:05") == ["1.3", "1.4"])
    #expect(try over("03:10") == ["1.3", "1.4", "1.2"])
    // The engine before and the one after it look at the same record.
    let both = try deadlines().over(at: at("03:06"))
    for act in both + both { try record.perform(act, by: Actor.engineHandle, at: "03:06") }
    let facts = record.events.compactMap { $0.fact(StepOverdue.self) }
    #expect(facts.map(\.step) == ["1.3", "1.4"] && facts.map(\.title) == ["Pause it", "Tell support"])
    #expect(try facts.map(\.due) == [at("03:05"), at("03:05")])
    #expect(try record.events.last?.occurred == at("03:05"), "when it was due, not when somebody looked")
    #expect(try over("03:20") == ["1.2"])
  }

  @Test func whatIsSettledMeanwhileIsNotWritten() throws {
    try record.perform(StartRun(document, system: "x", sha256: "ab"), at: "03:00")
    let acts = try deadlines().over(at: at("03:06"))
    try record.perform(TickStep(run: "R-1", step: "1.3"), at: "03:06")
    for act in acts { try record.perform(act, by: Actor.engineHandle, at: "03:06") }
    #expect(record.events.compactMap { $0.fact(StepOverdue.self)?.step } == ["1.4"])
    // Before its time, of another time, of no step and no run: nothing is written.
    let count = record.events.count
    for act in [
      RecordStepOverdue(run: "R-1", step: "1.2", due: try at("03:10")),
      RecordStepOverdue(run: "R-1", step: "1.2", due: try at("03:07")),
      RecordStepOverdue(run: "R-1", step: "9", due: try at("03:05")),
      RecordStepOverdue(run: "R-9", step: "1.2", due: try at("03:05")),
    ] { try record.perform(act, at: "03:08") }
    try record.perform(FinishRun(run: "R-1"), at: "03:09")
    try record.perform(RecordStepOverdue(run: "R-1", step: "1.2", due: try at("03:10")), at: "03:11")
    #expect(record.events.count == count + 1)
    #expect(try over("04:00") == [], "a run that has ended is late no more")
  }

  @Test func anEditedTextKeepsWhatWasWrittenAndWritesItsOwnTimes() throws {
    try record.perform(StartRun(document, system: "x", sha256: "ab"), at: "03:00")
    for act in try deadlines().over(at: at("03:06")) { try record.perform(act, at: "03:06") }
    var problems: [Problem] = []
    let edited = PlaybookDocument(
      document.text.replacing("1. Look\n", with: "1. Look\n1. Look again\n")
        .replacing("Tell: {due: 5m}", with: "Tell: {due: 6m}"),
      file: "p.md", problems: &problems)
    let run = try #require(try record.entity(Run.self, "R-1"))
    try record.perform(MoveRun(run, from: document, "ab", to: edited, sha256: "cd"), at: "03:07")
    #expect(try over("03:08") == ["1.5"], "the other is known under its new number")
  }
}
