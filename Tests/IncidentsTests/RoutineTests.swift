import Incidents
import Testing
import Values

@Suite struct RoutineTests {
  private let now = Instant(rfc3339: "2026-11-21T08:00:00Z") ?? Instant(milliseconds: 0)

  private func loaded(_ digest: String) -> RecordLoaded {
    RecordLoaded(SystemLoaded(system: "nova-rms", digest: digest, title: "Nova", problems: 0))
  }

  private func book(_ record: TestRecord) throws -> RoutineBook {
    try #require(try record.entity(RoutineBook.self, "nova-rms"))
  }

  @Test func countingBeginsWithTheFirstTimeThatASystemIsLoaded() throws {
    let record = TestRecord()
    try record.perform(loaded("a"), at: now)
    try record.perform(loaded("b"), at: now + .days(3))
    #expect(try book(record).began == now)
  }

  @Test func doneByHandTakesAReasonOrAFile() throws {
    let record = TestRecord()
    for reason in [nil, "", "  "] {
      #expect(throws: Refusal("Say how Rotate keys was done, or give the file that shows it.")) {
        try record.perform(
          FinishRoutine(system: "nova-rms", routine: "Rotate keys", due: now, reason: reason), at: now)
      }
    }
    try record.perform(
      FinishRoutine(system: "nova-rms", routine: "Rotate keys", due: now, reason: "with ops2"), at: now)
    let file = RoutineDone.Evidence(file: "log.md", sha256: "ab", bytes: 2)
    try record.perform(
      FinishRoutine(
        system: "nova-rms", routine: "Drill", due: now, evidence: file, bytes: [1, 2]),
      at: now + .hours(1))
    let done = try book(record).done
    #expect(done["Rotate keys"]?.fact.reason == "with ops2" && done["Rotate keys"]?.at == now)
    #expect(done["Drill"]?.fact.evidence == file && done["Drill"]?.by == "ops1")
  }

  /// Two people do not do it twice, and whoever is early does it for the time at which it would be due.
  @Test func aTurnIsDoneOnce() throws {
    let record = TestRecord()
    let due = now + .hours(2)
    func finish(due: Instant, at: Instant) throws {
      try record.perform(
        FinishRoutine(system: "nova-rms", routine: "Daily checks", due: due, reason: "looked"), at: at)
    }
    try finish(due: due, at: now)
    #expect(try book(record).done["Daily checks"]?.counted == due)
    #expect(throws: Refusal("Daily checks was done by ops1 at 2026-11-21 08:00:00Z.")) {
      try finish(due: due, at: now + .minutes(1))
    }
    try finish(due: due + .days(1), at: now + .days(2))
    #expect(try book(record).done["Daily checks"]?.counted == now + .days(2))
  }

  @Test func whatHappenedIsRemembered() throws {
    let record = TestRecord()
    try record.perform(TellOccasion(system: "nova-rms", occasion: .deployment, note: "v2"), at: now)
    #expect(throws: Refusal("The journal knows of each maintenance by itself.")) {
      try record.perform(TellOccasion(system: "nova-rms", occasion: .maintenance), at: now)
    }
    let window = MaintenanceBegan(
      system: "nova-rms", window: "Patch night", start: now, until: now + .hours(2), endpoints: [],
      matchers: [])
    try record.perform(RecordMaintenance(system: "nova-rms", current: [window]), at: now)
    #expect(try book(record).occasions == [.deployment: now])
    try record.perform(RecordMaintenance(system: "nova-rms", current: []), at: now + .hours(3))
    #expect(try book(record).occasions == [.deployment: now, .maintenance: now + .hours(2)])
  }
}
