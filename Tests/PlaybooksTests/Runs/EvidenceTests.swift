import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

@Suite struct EvidenceTests {
  private let record = MemoryRecord()
  private let document = read(
    """
    ---
    steps:
      Rotate: {output: secret}
    ---
    # P
    1. Look
       ```sh
       ls
       ```
    2. Rotate
       ```sh
       rotate
       ```
    """, file: "p.md"
  ).document

  private func begin() throws {
    try record.perform(StartRun(document, system: "x", sha256: "ab"), at: "03:00")
  }

  private func start(_ step: String = "1.1", id: String = "one", mode: CommandStarted.Mode = .once) throws {
    let setting = CommandPlan.Setting(values: [:], declared: [], directory: "/srv", target: "shop")
    let plan = try CommandPlan.make(
      try #require(document.step(step)), 0, of: document, in: nil, setting
    ).get()
    let owner = ProcessMark(host: "jump2", boot: "b", pid: 7, since: 1)
    try record.perform(
      StartCommand(plan, run: "R-1", id: id, mode: mode, digest: "d", owner: owner), at: "03:01")
  }

  private func finish(_ id: String = "one", _ change: (inout CommandReport) -> Void = { _ in }) throws {
    var report = CommandReport(id: id)
    (report.exit, report.meaning, report.took, report.lines) = (1, "none found", .milliseconds(3100), 2)
    (report.output, report.sha256, report.digest) = (Array("a\nb\n".utf8), "kept", "all")
    change(&report)
    try record.perform(FinishCommand(run: "R-1", report), at: "03:02")
  }

  private func attach(_ file: AttachEvidence.File? = nil) throws -> EvidenceAttached {
    let events = try record.perform(
      AttachEvidence(run: "R-1", command: "one", file: file), by: "ops2", at: "03:05")
    return try #require(events.first?.fact(EvidenceAttached.self))
  }

  @Test func namesWhatTheJournalHas() throws {
    try begin()
    try start()
    try finish()
    let fact = try attach()
    #expect(fact.what == "1.1 Look")
    #expect(fact.blob == .init(sha256: "kept", bytes: 4, type: "text/plain"))
    let at = try #require(Instant(rfc3339: "2026-11-21T03:01:00Z"))
    #expect(
      fact.from
        == .init(
          run: "R-1", step: "1.1", command: "one", text: "ls", by: "ops1", at: at, end: "exit 1 (none found)",
          tookMs: 3100, lines: 2, part: .whole))
    #expect(record.blobs.count == 2, "the text of the playbook and the output; the evidence is the output")
  }

  @Test func ofALongOutputTheFileIsKeptWhereItIsWhatTheCommandWrote() throws {
    try begin()
    try start()
    try finish { $0.isTruncated = true }
    #expect(try attach().from.part == .ends)
    #expect(try attach(.init(bytes: [1, 2, 3], sha256: "changed")).blob.sha256 == "kept")
    let blobs = record.blobs.count
    let fact = try attach(.init(bytes: [1, 2, 3], sha256: "all"))
    #expect(fact.from.part == .whole)
    #expect(fact.blob == .init(sha256: "all", bytes: 3, type: "text/plain"))
    #expect(record.blobs.count == blobs + 1 && record.blobs.last == [1, 2, 3])
  }

  @Test func whatTheJournalHasWholeNeedsNoFile() throws {
    try begin()
    try start()
    try finish()
    #expect(try attach(.init(bytes: [1], sha256: "all")).blob.sha256 == "kept")
  }

  @Test func refusesWhatNobodyKept() throws {
    try begin()
    let act = AttachEvidence(run: "R-1", command: "one")
    #expect(record.refusal(act) == "R-1 has started no such command.")
    #expect(
      record.refusal(AttachEvidence(run: "R-9", command: "one"))
        == "There is no run R-9; `midwatch playbook` shows them.")
    try start()
    #expect(record.refusal(act) == "It still runs; attach what it wrote once it has ended.")
    try record.perform(LoseCommand(run: "R-1", id: "one", reason: "Its console is gone."), at: "03:03")
    #expect(
      record.refusal(act)
        == "Nobody waited for its end, so nothing of what it wrote is kept; write a note of what you saw.")
  }

  @Test(arguments: [
    (
      CommandStarted.Mode.once, CommandFinished.Cause?.none,
      "`output: secret` keeps the digest alone of what it wrote: there is no text to be attached."
    ),
    (.terminal, nil, "It had the terminal in its hands, so nothing of what it wrote is kept."),
    (.once, .unable, "There was no process: it has written nothing."),
  ]) func refusesSecrets(_ mode: CommandStarted.Mode, _ cause: CommandFinished.Cause?, _ sentence: String)
    throws
  {
    try begin()
    try start("1.2", mode: mode)
    try finish {
      $0.output = []
      ($0.sha256, $0.cause) = (nil, cause)
    }
    #expect(record.refusal(AttachEvidence(run: "R-1", command: "one")) == sentence)
  }

  @Test func isAttachedAfterTheRunAsWell() throws {
    try begin()
    try start()
    try finish()
    try record.perform(FinishRun(run: "R-1"), at: "03:04")
    #expect(try attach().what == "1.1 Look")
  }

  @Test func evidenceIsNamedInItsOrderAndWhatWasTakenBackSaysSo() throws {
    try begin()
    try start()
    try finish()
    _ = try attach()
    _ = try attach()
    let id = try #require(record.events.last?.id)
    try record.perform(RetractEvent(id, incident: nil, reason: "twice"), at: "03:06")
    let all = AttachedEvidence.all(in: record.events)
    #expect(all.map(\.name) == ["E1", "E2"])
    #expect(all.map(\.retracted) == [nil, "twice"])
    #expect(AttachedEvidence.all(in: record.events, of: "R-2").isEmpty)
  }
}
