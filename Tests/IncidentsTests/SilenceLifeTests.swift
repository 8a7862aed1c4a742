import Incidents
import Testing
import Values

@Suite struct SilenceLifeTests {
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func set(_ record: TestRecord, from: Instant? = nil, until end: Instant) throws {
    try record.perform(
      SetSilence(system: "shop", matchers: ["alertname=\"Q\""], start: from, end: end, comment: "known"),
      at: start)
  }

  private func silence(_ record: TestRecord, _ key: String = "SIL-1") throws -> Silence {
    try #require(try record.entity(Silence.self, key))
  }

  @Test func isPendingThenActiveThenExpiredWhateverIsWritten() throws {
    let record = TestRecord()
    try set(record, from: start + .minutes(10), until: start + .minutes(20))
    let states = [0, 9, 10, 19, 20, 90].map { minute in
      (try? silence(record))?.state(at: start + .minutes(minute))
    }
    #expect(states == [.pending, .pending, .active, .active, .expired, .expired])
    #expect(try silence(record).by == "ops1")
  }

  @Test(arguments: [("", 10), ("known", 0), ("known", -1), ("known", 60 * 24 * 400)])
  func refusesWhatIsNoSilence(_ comment: String, _ minutes: Int64) {
    #expect(throws: Refusal.self) {
      try TestRecord().perform(
        SetSilence(system: "shop", matchers: ["a=b"], end: start + .minutes(minutes), comment: comment),
        at: start)
    }
  }

  @Test func isExtendedWithAReasonByAnybodyAndEndedOnce() throws {
    let record = TestRecord()
    try set(record, until: start + .minutes(10))
    #expect(throws: Refusal.self) {
      try record.perform(ExtendSilence("SIL-1", until: start + .hours(1), reason: " "), at: start)
    }
    try record.perform(
      ExtendSilence("SIL-1", until: start + .hours(1), reason: "takes longer"), by: TestRecord.ops2,
      at: start + .minutes(5))
    #expect(try silence(record).end == start + .hours(1))
    #expect(try silence(record).moved == "ops2: takes longer")
    #expect(try silence(record).isActive(at: start + .minutes(59)))
    try record.perform(EndSilence("SIL-1", reason: "done"), at: start + .minutes(30))
    #expect(try silence(record).state(at: start + .minutes(30)) == .expired)
    #expect(throws: Refusal.self) { try record.perform(EndSilence("SIL-1"), at: start + .minutes(31)) }
    #expect(throws: Refusal.self) {
      try record.perform(
        ExtendSilence("SIL-1", until: start + .hours(2), reason: "x"), at: start + .minutes(31))
    }
  }

  @Test func isNotExtendedOnceItsTimeIsOver() throws {
    let record = TestRecord()
    try set(record, until: start + .minutes(10))
    #expect(throws: Refusal.self) {
      try record.perform(
        ExtendSilence("SIL-1", until: start + .hours(1), reason: "x"), at: start + .minutes(10))
    }
  }

  @Test func itsEndIsWrittenOnceAtItsTime() throws {
    let record = TestRecord()
    try set(record, until: start + .minutes(10))
    #expect(try record.perform(RecordLapses(silences: ["SIL-1"]), at: start + .minutes(9)).isEmpty)
    let events = try record.perform(
      RecordLapses(silences: ["SIL-1"]), by: TestRecord.engine, at: start + .minutes(12))
    #expect(events.map(\.occurred) == [start + .minutes(10)])
    #expect(events.first?.fact(SilenceEnded.self)?.expired == true)
    #expect(try record.perform(RecordLapses(silences: ["SIL-1"]), at: start + .minutes(13)).isEmpty)
    #expect(try record.open(Silence.self).isEmpty)
  }
}

@Suite struct AcknowledgementLifeTests {
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)
  private let identity = AlertIdentity(system: "shop", rule: "Q", labels: ["alertname": "Q"])

  private func fire(_ record: TestRecord, at instant: Instant) throws {
    let fact = AlertFired(
      system: "shop", rule: "Q", labels: ["alertname": "Q"], level: .page, activeAt: instant, value: nil,
      sign: nil,
      threshold: nil, unit: nil, summary: nil, playbook: nil, source: nil)
    try record.perform(RecordTransitions(fired: [fact], at: instant), by: TestRecord.engine, at: instant)
  }

  private func resolve(
    _ record: TestRecord, since: Instant, at instant: Instant, how: AlertResolved.How = .recovered
  )
    throws
  {
    let fact = AlertResolved(
      system: "shop", rule: "Q", labels: ["alertname": "Q"], activeAt: since, value: nil, how: how)
    try record.perform(RecordTransitions(resolved: [fact], at: instant), by: TestRecord.engine, at: instant)
  }

  private func alert(_ record: TestRecord) throws -> Alert {
    try #require(try record.entity(Alert.self, identity.key))
  }

  @Test func runsOutAndIsWrittenOnceAtItsTime() throws {
    let record = TestRecord()
    try fire(record, at: start)
    try record.perform(
      AcknowledgeAlert(identity, reason: "looking", until: start + .minutes(30)), at: start + .minutes(1))
    let lapses = RecordLapses(alerts: [identity])
    #expect(try record.perform(lapses, at: start + .minutes(29)).isEmpty)
    let events = try record.perform(lapses, by: TestRecord.engine, at: start + .minutes(31))
    #expect(events.map(\.kind) == [AlertUnacknowledged.kind])
    #expect(events.map(\.occurred) == [start + .minutes(30)])
    #expect(events.first?.fact(AlertUnacknowledged.self)?.lapsed == "ops1")
    #expect(try alert(record).acknowledgement == nil)
    #expect(try alert(record).lapse?.by == "ops1")
    #expect(try alert(record).lapse?.at == start + .minutes(30))
    #expect(try record.perform(lapses, at: start + .minutes(32)).isEmpty)
    try record.perform(AcknowledgeAlert(identity), by: TestRecord.ops2, at: start + .minutes(33))
    #expect(try alert(record).lapse == nil)
    #expect(try alert(record).acknowledgement?.by == "ops2")
  }

  @Test func canBeTakenByAnotherOnceItRanOutBeforeTheEngineSaysSo() throws {
    let record = TestRecord()
    try fire(record, at: start)
    try record.perform(AcknowledgeAlert(identity, until: start + .minutes(5)), at: start)
    #expect(throws: Refusal.self) {
      try record.perform(AcknowledgeAlert(identity), by: TestRecord.ops2, at: start + .minutes(4))
    }
    try record.perform(AcknowledgeAlert(identity), by: TestRecord.ops2, at: start + .minutes(5))
    #expect(try record.perform(RecordLapses(alerts: [identity]), at: start + .minutes(6)).isEmpty)
    #expect(try alert(record).acknowledgement?.by == "ops2")
  }

  @Test func whatIsOverIsFoundAmongWhatIsOpen() throws {
    let record = TestRecord()
    try fire(record, at: start)
    try record.perform(AcknowledgeAlert(identity, until: start + .minutes(5)), at: start)
    for minutes in [10, 20] as [Int64] {
      try record.perform(
        SetSilence(system: "shop", matchers: ["a=b"], end: start + .minutes(minutes), comment: "known"),
        at: start)
    }
    let silences = try record.open(Silence.self).compactMap { try record.entity(Silence.self, $0) }
    let lapses = Lapses(silences: silences, alerts: [try alert(record)])
    #expect(lapses.due(at: start + .minutes(4)) == nil)
    #expect(lapses.due(at: start + .minutes(5))?.alerts == [identity])
    #expect(lapses.due(at: start + .minutes(10))?.silences == ["SIL-1"])
    #expect(lapses.due(at: start + .minutes(20))?.silences.sorted() == ["SIL-1", "SIL-2"])
  }

  @Test func mustEndLaterThanNow() throws {
    let record = TestRecord()
    try fire(record, at: start)
    #expect(throws: Refusal.self) { try record.perform(AcknowledgeAlert(identity, until: start), at: start) }
  }

  @Test func flapsAreFiringsOfTheLastHour() throws {
    let record = TestRecord()
    for minute in [0, 40, 50, 65] as [Int64] {
      try fire(record, at: start + .minutes(minute))
      try resolve(
        record, since: start + .minutes(minute), at: start + .minutes(minute + 5),
        how: minute == 50 ? .noData : .recovered)
    }
    let alert = try alert(record)
    #expect(
      [0, 39, 40, 55, 60, 65, 100, 125].map { alert.flaps(at: start + .minutes($0)) } == [
        1, 1, 2, 3, 2, 3, 2, 0,
      ])
    #expect(alert.isFlapping(at: start + .minutes(65)))
    #expect(!alert.isFlapping(at: start + .minutes(100)))
    #expect(alert.episodes == 4)
    #expect(alert.history.map(\.how) == [.recovered, .recovered, .noData, .recovered])
  }
}

@Suite struct MaintenanceLifeTests {
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func began(_ window: String, _ minute: Int64) -> MaintenanceBegan {
    MaintenanceBegan(
      system: "shop", window: window, start: start + .minutes(minute), until: start + .minutes(minute + 60),
      endpoints: [], matchers: [])
  }

  @Test func isWrittenOnceAndEndedOnce() throws {
    let record = TestRecord()
    let night = began("Patch night", 0)
    #expect(try record.perform(RecordMaintenance(system: "shop", current: [night]), at: start).count == 1)
    #expect(try record.perform(RecordMaintenance(system: "shop", current: [night]), at: start).isEmpty)
    // Another engine, after a time in which nobody watched: the one is over, and was when it was to be.
    let drill = began("Drill", 100)
    let events = try record.perform(
      RecordMaintenance(system: "shop", current: [drill]), at: start + .minutes(110))
    #expect(events.map(\.kind) == [MaintenanceEnded.kind, MaintenanceBegan.kind])
    #expect(events.first?.occurred == start + .minutes(60))
    #expect(try record.open(MaintenanceRecord.self) == [drill.key])
    // A window that was edited away ends at once.
    let ended = try record.perform(RecordMaintenance(system: "shop", current: []), at: start + .minutes(111))
    #expect(ended.map(\.occurred) == [start + .minutes(111)])
  }

  @Test func leavesOtherSystemsAlone() throws {
    let record = TestRecord()
    try record.perform(RecordMaintenance(system: "shop", current: [began("Patch night", 0)]), at: start)
    #expect(try record.perform(RecordMaintenance(system: "desk", current: []), at: start).isEmpty)
  }
}
