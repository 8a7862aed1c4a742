import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

struct RunTests {
  private let document = read(
    """
    # High error rate
    ## Immediate
    1. Turn off
    2. Look
    ## Recover
    - If a: b
    - If c: d
    """, file: "playbooks/x/high-error-rate.md"
  ).document

  private func start(_ record: MemoryRecord, section: String? = nil, incident: String? = nil) throws {
    try record.perform(
      StartRun(
        document, system: "x", section: section, sha256: "ab", variables: ["FIREBASE_PROJECT": "ensei"],
        incident: incident), at: "03:00")
  }

  @Test func startsWithASnapshotAndEveryStep() throws {
    let record = MemoryRecord()
    try start(record)
    let run = try #require(try record.entity(Run.self, "R-1"))
    #expect(run.isOpen && run.startedBy == "ops1")
    #expect(run.order == ["1.1", "1.2", "2.1", "2.2"])
    #expect(run.started?.playbook == "high-error-rate" && run.started?.title == "High error rate")
    #expect(run.snapshot == "ab")
    #expect(record.blobs == [Array(document.text.utf8)])
    #expect(run.started?.snapshot.bytes == document.text.utf8.count)
    #expect(run.runValues() == ["FIREBASE_PROJECT": .plain("ensei")])
    #expect(run.progress.settled == 0 && run.progress.of == 4 && run.current == "1.1")
    #expect(try record.open(Run.self) == ["R-1"])
    #expect(
      record.refusal(StartRun(document, system: "x", sha256: "ab"), by: "ops2")
        == "ops1 started it at 03:00Z as R-1; go on with that run.")
    try start(record, section: "recover")
    #expect(try record.entity(Run.self, "R-2")?.order == ["2.1", "2.2"])
  }

  @Test func twoPeopleTickOnce() throws {
    let record = MemoryRecord()
    try start(record)
    try record.perform(TickStep(run: "R-1", step: "1.1"), by: "ops2", at: "03:06")
    #expect(
      record.refusal(TickStep(run: "R-1", step: "1.1")) == "1.1 was ticked by ops2 at 03:06Z.")
    let run = try #require(try record.entity(Run.self, "R-1"))
    #expect(run.state(of: "1.1") == .done && run.marks["1.1"]?.by == "ops2" && run.current == "1.2")
  }

  /// What the engine saw may be another step, or somebody's, by the time it is written down.
  @Test func aStepTicksItselfOnlyAsItWasSeen() throws {
    let waiting = read("---\nsteps:\n  Wait: {until: A resolved}\n---\n# H\n1. Wait\n2. Do").document
    let record = MemoryRecord()
    try record.perform(StartRun(waiting, system: "x", sha256: "ab"), at: "03:00")
    func tick(_ step: String, _ until: String, marked: Instant? = nil) -> TickStep {
      TickStep(run: "R-1", step: step, means: .check, check: TickStep.Check(until: until, marked: marked))
    }
    #expect(record.refusal(tick("1.1", "B resolved")) == "1.1 does not wait for that any more.")
    #expect(record.refusal(tick("1.2", "A resolved")) == "1.2 does not wait for that any more.")
    try record.perform(MarkStep(run: "R-1", step: "1.1", as: .doing), at: "03:05")
    #expect(record.refusal(tick("1.1", "A resolved")) == "1.1 was marked by somebody meanwhile.")
    let marked = Instant(rfc3339: "2026-11-21T03:05:00Z")
    try record.perform(tick("1.1", "A resolved", marked: marked), by: "midwatch")
    let mark = try #require(try record.entity(Run.self, "R-1")?.marks["1.1"])
    #expect(mark.state == .done && mark.means == .check && mark.reason == "A resolved")
    #expect(record.refusal(tick("1.1", "A resolved", marked: mark.at))?.contains("was ticked by") == true)
  }

  @Test func takesBackByACounterEvent() throws {
    let record = MemoryRecord()
    try start(record)
    #expect(record.refusal(UntickStep(run: "R-1", step: "1.1"))?.contains("still to do") == true)
    try record.perform(TickStep(run: "R-1", step: "1.1"), by: "ops2")
    #expect(
      record.refusal(UntickStep(run: "R-1", step: "1.1", isOnlyOwn: true))
        == "1.1 was ticked by ops2 at 03:06Z; undo takes back only what you did.")
    let count = record.events.count
    try record.perform(UntickStep(run: "R-1", step: "1.1"), by: "ops2")
    #expect(record.events.count == count + 1)
    #expect(try record.entity(Run.self, "R-1")?.state(of: "1.1") == .todo)
    try record.perform(TickStep(run: "R-1", step: "1.1"))
  }

  @Test func skippingTakesAReason() throws {
    let record = MemoryRecord()
    try start(record)
    #expect(record.refusal(SkipStep(run: "R-1", step: "1.2", reason: " ")) == "Skipping 1.2 takes a reason.")
    try record.perform(SkipStep(run: "R-1", step: "1.2", reason: "no logs"), by: "ops2")
    let run = try #require(try record.entity(Run.self, "R-1"))
    #expect(run.state(of: "1.2") == .skipped && run.marks["1.2"]?.reason == "no logs")
    #expect(record.refusal(TickStep(run: "R-1", step: "1.2")) == "1.2 was skipped by ops2 at 03:06Z.")
    #expect(record.refusal(SkipStep(run: "R-1", step: "9.9", reason: "x")) == "R-1 has no step 9.9.")
  }

  @Test func choosingLeavesTheOthersOut() throws {
    let record = MemoryRecord()
    try start(record)
    try record.perform(MarkStep(run: "R-1", step: "2.1", as: .doing))
    #expect(try record.entity(Run.self, "R-1")?.current == "2.1")
    try record.perform(MarkStep(run: "R-1", step: "2.2", as: .notApplicable))
    #expect(record.refusal(MarkStep(run: "R-1", step: "2.2", as: .done)) != nil)
    #expect(try record.entity(Run.self, "R-1")?.state(of: "2.2") == .notApplicable)
    #expect(
      record.events.last?.body.map { String(decoding: $0, as: UTF8.self) }?.contains("not_applicable") == true
    )
  }

  @Test func assignsAndGivesBack() throws {
    let record = MemoryRecord()
    try start(record)
    try record.perform(AssignStep(run: "R-1", step: "1.1", who: "ops2"))
    #expect(try record.entity(Run.self, "R-1")?.assigned == ["1.1": "ops2"])
    #expect(record.refusal(AssignStep(run: "R-1", step: "1.1", who: "ops2")) == "1.1 is ops2's already.")
    #expect(record.refusal(AssignStep(run: "R-1", step: "1.1", who: "No One"))?.contains("no handle") == true)
    try record.perform(AssignStep(run: "R-1", step: "1.1", who: nil))
    #expect(try record.entity(Run.self, "R-1")?.assigned == [:])
  }

  @Test func variablesAreCheckedAndSecretsStayOut() throws {
    let record = MemoryRecord()
    try start(record)
    let variable = Variable("USER_ID", pattern: "[0-9]+")
    #expect(
      record.refusal(SetVariable(run: "R-1", name: "USER_ID", content: .plain("a"), variable: variable))
        == "USER_ID does not match [0-9]+.")
    try record.perform(SetVariable(run: "R-1", name: "USER_ID", content: .plain("7"), variable: variable))
    try record.perform(SetVariable(run: "R-1", name: "KEY", content: .secret))
    #expect(
      record.refusal(
        SetVariable(run: "R-1", name: "K", content: .plain("x"), variable: Variable("K", isSecret: true)))
        == "K is a secret; the journal keeps no value of it.")
    let run = try #require(try record.entity(Run.self, "R-1"))
    #expect(run.runValues()["USER_ID"] == .plain("7"))
    #expect(run.runValues()["KEY"] == nil)
    #expect(run.runValues(secrets: ["KEY": Secret("hunter22")])["KEY"] == .secret(Secret("hunter22")))
  }

  @Test func finishesCompletedOrStopped() throws {
    let record = MemoryRecord()
    try start(record, section: "immediate")
    try record.perform(TickStep(run: "R-1", step: "1.1"))
    try record.perform(SkipStep(run: "R-1", step: "1.2", reason: "x"))
    try record.perform(FinishRun(run: "R-1"), by: "ops2", at: "03:20")
    let run = try #require(try record.entity(Run.self, "R-1"))
    #expect(!run.isOpen && run.end?.outcome == .completed && run.current == nil)
    #expect(
      record.refusal(TickStep(run: "R-1", step: "1.1"))
        == "R-1 was finished by ops2 at 03:20Z; start a new run.")
    try start(record)
    try record.perform(FinishRun(run: "R-2"))
    #expect(try record.entity(Run.self, "R-2")?.end?.outcome == .stopped)
    #expect(record.refusal(FinishRun(run: "R-9"))?.hasPrefix("There is no run R-9") == true)
    #expect(
      record.refusal(StartRun(document, system: "x", sha256: "ab", incident: "INC-9"))
        == "There is no incident INC-9.")
  }

  @Test func theFirstStepDoneMeetsTheMitigateClock() throws {
    let record = MemoryRecord()
    var plan = IncidentPlan()
    plan.clocks = [IncidentPlan.Clock(name: "mitigate", after: .minutes(15))]
    try record.perform(
      DeclareIncident(systems: ["x"], severity: .s1, title: "Down", plan: plan), at: "03:00")
    try start(record, incident: "INC-1")
    try record.perform(SkipStep(run: "R-1", step: "1.2", reason: "x"), at: "03:01")
    #expect(try record.entity(Incident.self, "INC-1")?.clock("mitigate")?.met == nil)
    let events = try record.perform(TickStep(run: "R-1", step: "1.1"), at: "03:05")
    #expect(events.map(\.kind) == ["step.changed", "clock.met"])
    #expect(events.map(\.incident) == ["INC-1", "INC-1"])
    let met = try record.entity(Incident.self, "INC-1")?.clock("mitigate")?.met
    #expect(met == Instant(rfc3339: "2026-11-21T03:05:00Z"))
    #expect(try record.perform(TickStep(run: "R-1", step: "2.1")).count == 1)
    #expect(try record.entity(Incident.self, "INC-1")?.runs == ["R-1"])
  }

  /// The routine is done in the act that ends its run, and only when nothing of the run is left.
  @Test func aRunThatWasBegunForARoutineIsItsDoing() throws {
    let due = try #require(Instant(rfc3339: "2026-11-21T02:00:00Z"))
    let turn = RunStarted.Turn(title: "Rollback drill", due: due)
    for isWhole in [true, false] {
      let record = MemoryRecord()
      try record.perform(
        StartRun(document, system: "x", section: "immediate", sha256: "ab", routine: turn), at: "03:00")
      try record.perform(TickStep(run: "R-1", step: "1.1"))
      if isWhole { try record.perform(SkipStep(run: "R-1", step: "1.2", reason: "not here")) }
      let evidence = RoutineDone.Evidence(file: "drills/2026-11-21.md")
      let events = try record.perform(FinishRun(run: "R-1", evidence: evidence), at: "03:10")
      let done = events.compactMap { $0.fact(RoutineDone.self) }
      let expected = RoutineDone(
        system: "x", routine: "Rollback drill", due: due, run: "R-1", evidence: evidence)
      #expect(done == (isWhole ? [expected] : []))
      #expect(events.map(\.kind) == ["run.finished"] + (isWhole ? ["routine.done"] : []))
      let book = try record.entity(RoutineBook.self, "x")
      #expect((book?.done["Rollback drill"] != nil) == isWhole)
    }
  }

  @Test func factsSurviveTheJournal() throws {
    let fact = RunStarted(
      run: "R-1", system: nil, playbook: "p", title: "T", section: nil,
      snapshot: RunStarted.Snapshot(sha256: "ab", bytes: 1, type: "text/markdown"),
      variables: ["FIREBASE_PROJECT": "x", "backup-path": "y", "userId": "z"], environment: "staging",
      steps: [RunStarted.Planned(step: "1.1", title: "Do")],
      routine: RunStarted.Turn(title: "Drill", due: Instant(rfc3339: "2026-11-21T03:00:00Z")))
    #expect(FactCoding.decode(RunStarted.self, from: try FactCoding.encode(fact)) == fact)
  }

  @Test func theFoldIgnoresWhatItDoesNotKnow() throws {
    let record = MemoryRecord()
    try start(record)
    var run = try #require(try record.entity(Run.self, "R-1"))
    let before = run
    let first = try #require(record.events.first)
    for (kind, body) in [
      ("run.paused", Array("{}".utf8) as [UInt8]?), ("step.changed", nil), ("step.changed", []),
    ] {
      run.apply(
        Event(
          origin: "o", seq: 9, id: "9", kind: kind, version: 1, occurred: first.occurred, ended: nil,
          recorded: first.recorded, actor: first.actor, incident: nil, ticket: nil, body: body))
    }
    #expect(run == before)
  }

  @Test func theScreenSeesStateTextAndCopies() throws {
    let document = read(
      "1. Look: at `kubectl get <name>`.\n   ```bash\n   # Logs\n   a <x> \\\n     b\n   ```\n   | k | v |\n   |-|-|\n   | 1 | 2 |\n"
    ).document
    let record = MemoryRecord()
    try record.perform(StartRun(document, system: nil, sha256: "ab"))
    try record.perform(TickStep(run: "R-1", step: "1.1"), by: "ops2")
    let run = try record.entity(Run.self, "R-1")
    let view = StepView(try #require(document.steps.first), in: run, values: ["x": .plain("1 2")])
    #expect(view.title == "Look" && view.state == .done && view.mark?.by == "ops2")
    #expect(
      view.lines == [
        .prose(document.steps[0].text), .blank, .comment("Logs"), .command(0, "a 1 2 \\"), .command(0, "  b"),
        .blank, .cells(["k", "v"], isHeader: true), .cells(["1", "2"], isHeader: false),
      ])
    #expect(try view.commands.first?.resolved.get().shown == "a '1 2' \\\n  b")
    #expect(view.snippets.map(\.preview) == ["kubectl get <name>"])
    #expect(view.snippets.first.map { if case .failure = $0.resolved { true } else { false } } == true)
  }

  /// What stands in a block and is no command is shown where it stands: what to expect, what to do by hand, output.
  @Test func theScreenSeesEveryLineOfABlock() throws {
    func lines(_ text: String) throws -> [StepView.Line] {
      StepView(try #require(read(text).document.steps.first), in: nil).lines
    }
    #expect(
      try lines(
        "1. x\n   ```sh\n   cd a\n   # Edit b\n   # Set: c\n\n   ls \\\n     d\n   # Expected: e\n   ```")
        == [
          .command(0, "cd a"), .comment("Edit b"), .comment("Set: c"), .command(1, "ls \\"),
          .command(1, "  d"),
          .comment("Expected: e"),
        ])
    #expect(
      try lines(
        "1. x\n   ```console\n   $ ls\n   a.txt\n   $ id\n   ```\n   ```sh\n   # y\n   A=1\n   # z\n   ```")
        == [
          .command(0, "ls"), .code("a.txt"), .command(1, "id"), .blank, .comment("y"), .command(2, "A=1"),
          .comment("z"),
        ])
    #expect(try lines("1. x\n   ```sh\n   # by hand\n   ```") == [.comment("by hand")])
  }

  @Test func searchFindsTitlesHeadingsAndText() {
    let other = read("# Backups\n## Restore\nUse the `gsutil` tool for the error.", file: "backups.md")
      .document
    let search = PlaybookSearch([document, other])
    #expect(search.find("ERROR rate").first?.playbook == "high-error-rate")
    #expect(search.find("restore").map(\.anchor) == ["restore"])
    #expect(search.find("gsutil tool").map(\.line) == ["Use the `gsutil` tool for the error."])
    #expect(search.find("error").map(\.playbook) == ["high-error-rate", "high-error-rate", "backups"])
    #expect(search.find("nowhere").isEmpty && search.find(" ").isEmpty)
  }
}
