import Incidents
import TestSupport
import Testing
import Values

/// When deadlines ring: never early, never late, never twice.
@Suite struct DeadlineAlarmTests {
  private static func plan() -> IncidentPlan {
    var plan = IncidentPlan()
    plan.clocks = [.init(name: "mitigate", after: .minutes(15)), .init(name: "resolve", after: .hours(2))]
    plan.escalation = [.init(name: "L2", after: .minutes(15), contact: nil, playbook: nil)]
    plan.cadence = [.init(audience: nil, status: nil, every: .minutes(15))]
    plan.callOut = .minutes(10)
    return plan
  }

  private static func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

  /// An engine's part: what is read again after each write, and rung at each look.
  private final class Bench {
    let record = TestRecord()
    var alarm = DeadlineAlarm()

    func start(at text: String) throws {
      try record.perform(
        DeclareIncident(systems: ["nova"], severity: .s1, title: "Nobody can work", plan: plan()),
        at: try instant(text))
      try read()
    }

    /// As an engine that starts, or one that sees that somebody wrote.
    func read() throws {
      alarm = DeadlineAlarm([try record.entity(Incident.self, "INC-1")].compactMap { $0 })
    }

    func look(at text: String) throws -> [String] { try look(at: try instant(text)) }

    /// What is written at that time of the wall clock: name, when it was due, when it was written.
    func look(at now: Instant) throws -> [String] {
      var lines: [String] = []
      for act in alarm.ring(at: now) {
        for event in try record.perform(act, by: TestRecord.engine, at: now) {
          let name = event.fact(ClockOverdue.self)?.clock ?? "?"
          lines.append("\(name) due \(event.occurred.clockUTC) written \(event.recorded.clockUTC)")
        }
      }
      return lines
    }
  }

  @Test func eachRingsWhenItIsDueAndOnce() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    #expect(bench.alarm.next == (try Self.instant("2026-11-21T03:20:00Z")))
    #expect(try bench.look(at: "2026-11-21T03:19:59.999Z").isEmpty, "nothing is early")
    #expect(
      try bench.look(at: "2026-11-21T03:20:00Z") == ["call_out due 03:20:00Z written 03:20:00Z"])
    #expect(try bench.look(at: "2026-11-21T03:20:01Z").isEmpty)
    #expect(bench.alarm.next == (try Self.instant("2026-11-21T03:25:00Z")))
    #expect(
      try bench.look(at: "2026-11-21T03:25:00.400Z") == [
        "escalation:L2 due 03:25:00Z written 03:25:00Z", "mitigate due 03:25:00Z written 03:25:00Z",
        "update due 03:25:00Z written 03:25:00Z",
      ])
    #expect(bench.alarm.next == (try Self.instant("2026-11-21T05:10:00Z")))
  }

  /// An incident with a deadline of each kind: the alarm names the next one exactly, and rung then it writes exactly
  /// that, so that whatever is late is the waking alone.
  @Test func theNextOneIsNamedToTheMillisecondWhateverItsKind() throws {
    let bench = Bench()
    let start = try Self.instant("2026-11-21T03:10:00.123Z")
    var plan = Self.plan()
    plan.clocks.append(.init(name: "respond", after: .minutes(1)))
    plan.cadence.append(.init(audience: "users", status: nil, every: .minutes(22)))
    var declare = DeclareIncident(systems: ["nova"], severity: .s1, title: "Nobody can work", plan: plan)
    declare.started = start - .minutes(3)
    try bench.record.perform(declare, at: start)
    try bench.record.perform(
      AddTask(incident: "INC-1", title: "read the logs", box: .minutes(4)), at: start + .seconds(7))
    let promise = try Self.instant("2026-11-21T04:00:00Z")
    try bench.record.perform(SendTestUpdate(audience: "executives", next: promise), at: start + .seconds(9))
    var kinds: Set<String> = []
    func run(until end: Instant) throws {
      while true {
        try bench.read()
        guard let next = bench.alarm.next, next <= end else { return }
        // By the fold alone, without the alarm: the first time of what was not told, or the next of what was.
        let incident = try #require(try bench.record.entity(Incident.self, "INC-1"))
        let first = incident.deadlines.filter { $0.isOpen && $0.mark?.isOverdueRecorded != true }.map(\.due)
        let again = incident.deadlines.compactMap(\.nextRepeat)
        #expect(next == (first + again).min())
        #expect(try bench.look(at: next - .milliseconds(1)).isEmpty, "early")
        let events = bench.record.events.count
        #expect(try !bench.look(at: next).isEmpty)
        for event in bench.record.events.dropFirst(events) {
          #expect(event.occurred == next && event.recorded == next)
          kinds.insert(ClockName(try #require(event.fact(ClockOverdue.self)).clock).kind)
        }
      }
    }
    try run(until: start + .hours(2))
    try bench.record.perform(
      ChangeStatus(
        incident: "INC-1", to: .resolved, dataLost: "no",
        followUps: [.init(title: "Postmortem", after: .hours(24))]), at: start + .hours(2))
    try run(until: start + .hours(48))
    #expect(kinds == ["clock", "escalation", "update", "call_out", "task", "follow_up"])
  }

  @Test func overASleepEachIsWrittenOnceWithTheTimeWhenItWasDue() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    #expect(try bench.look(at: "2026-11-21T03:12:00Z").isEmpty)
    #expect(
      try bench.look(at: "2026-11-21T08:00:00Z") == [
        "call_out due 03:20:00Z written 08:00:00Z", "escalation:L2 due 03:25:00Z written 08:00:00Z",
        "mitigate due 03:25:00Z written 08:00:00Z", "update due 03:25:00Z written 08:00:00Z",
        "resolve due 05:10:00Z written 08:00:00Z",
      ])
    #expect(bench.alarm.next == nil)
  }

  @Test func aClockSetBackWritesNothingTwice() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    #expect(try bench.look(at: "2026-11-21T03:26:00Z").count == 4)
    // Somebody sets it back by an hour, before and after the incident is read anew.
    for isReadAnew in [false, true] {
      if isReadAnew { try bench.read() }
      #expect(try bench.look(at: "2026-11-21T02:26:00Z").isEmpty)
      #expect(try bench.look(at: "2026-11-21T03:26:00Z").isEmpty)
    }
    #expect(
      try bench.look(at: "2026-11-21T05:10:00Z") == [
        "update due 03:40:00Z written 05:10:00Z", "resolve due 05:10:00Z written 05:10:00Z",
      ])
  }

  @Test func anotherProcessGoesOnWhereTheFirstStopped() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    let first = bench.alarm
    #expect(try bench.look(at: "2026-11-21T03:20:00Z").count == 1)
    // It starts, takes over and reads; then the one before, which had stood still, comes to again.
    try bench.read()
    #expect(try bench.look(at: "2026-11-21T03:25:00Z").count == 3)
    bench.alarm = first
    #expect(try bench.look(at: "2026-11-21T03:25:01Z").isEmpty, "the record knows them all")
  }

  /// In Paris 02:00 is 03:00 on 29 March, and 03:00 is 02:00 on 25 October 2026: an hour that is not there, and
  /// one that is there twice. The offset is the one after the change.
  static let changes = [
    ("2026-03-29T00:55:00Z", "2026-03-29T01:10:00Z", "2026-03-29T02:55:00Z", 7200, "03:10"),
    ("2026-10-25T00:55:00Z", "2026-10-25T01:10:00Z", "2026-10-25T02:55:00Z", 3600, "02:10"),
  ]

  @Test(arguments: changes)
  func summerTimeMovesNoDeadline(
    _ start: String, _ mitigate: String, _ resolve: String, _ offset: Int, _ onTheWall: String
  ) throws {
    let bench = Bench()
    try bench.start(at: start)
    let incident = try #require(try bench.record.entity(Incident.self, "INC-1"))
    #expect(incident.clock("mitigate")?.due == (try Self.instant(mitigate)))
    #expect(incident.clock("resolve")?.due == (try Self.instant(resolve)))
    let shown = CivilTime(try Self.instant(mitigate), offset: offset)
    #expect("\(shown.hour.padded(2)):\(shown.minute.padded(2))" == onTheWall)
    let before = try bench.look(at: try Self.instant(mitigate) - .milliseconds(1))
    #expect(before.map { $0.prefix(8) } == ["call_out"])
    #expect(try bench.look(at: mitigate).count == 3)
    #expect(try bench.look(at: try Self.instant(resolve) - .milliseconds(1)).isEmpty)
    #expect(try bench.look(at: resolve).count == 1)
  }

  @Test func eachPeriodOfTheCadenceIsWrittenOnce() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    var written: [String] = []
    for minute in 11...120 {
      let now = try Self.instant("2026-11-21T03:00:00Z") + .minutes(Int64(minute))
      written += try bench.look(at: now).filter { $0.hasPrefix("update") }.map { String($0.prefix(19)) }
      try bench.read()
      // Somebody writes at 03:40 and at 04:30.
      if minute == 40 || minute == 90 {
        try bench.record.perform(SendTestUpdate(audience: "users"), at: now)
        try bench.read()
      }
    }
    #expect(
      written == [
        "update due 03:25:00", "update due 03:40:00", "update due 03:55:00", "update due 04:10:00",
        "update due 04:25:00", "update due 04:45:00", "update due 05:00:00",
      ])
  }

  @Test func whatWasMissedWhileNobodyWasThereIsNotMadeUpFor() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    func updates(at text: String) throws -> [String] {
      try bench.read()
      return try bench.look(at: text).filter { $0.hasPrefix("update") }
    }
    #expect(try updates(at: "2026-11-21T08:01:00Z") == ["update due 03:25:00Z written 08:01:00Z"])
    #expect(try updates(at: "2026-11-21T08:09:59Z").isEmpty)
    #expect(try updates(at: "2026-11-21T08:10:00Z") == ["update due 08:10:00Z written 08:10:00Z"])
    #expect(try updates(at: "2026-11-21T11:00:00Z") == ["update due 08:25:00Z written 11:00:00Z"])
    #expect(try updates(at: "2026-11-21T11:00:01Z").isEmpty)
  }

  @Test func aSnoozeOrADismissalKeepsItSilent() throws {
    let bench = Bench()
    try bench.start(at: "2026-11-21T03:10:00Z")
    func updates(at text: String) throws -> [String] {
      try bench.read()
      return try bench.look(at: text).filter { $0.hasPrefix("update") }.map { String($0.prefix(19)) }
    }
    #expect(try updates(at: "2026-11-21T03:25:00Z") == ["update due 03:25:00"])
    try bench.record.perform(
      SnoozeDeadline(incident: "INC-1", clock: "update", until: try Self.instant("2026-11-21T04:00:00Z")),
      at: try Self.instant("2026-11-21T03:30:00Z"))
    #expect(try updates(at: "2026-11-21T03:59:59Z").isEmpty)
    try bench.read()
    #expect(try updates(at: "2026-11-21T04:10:00Z") == ["update due 04:10:00"])
    try bench.record.perform(
      DismissDeadline(incident: "INC-1", clock: "update", reason: "nobody reads it"),
      at: try Self.instant("2026-11-21T04:11:00Z"))
    #expect(try updates(at: "2026-11-21T09:00:00Z").isEmpty)
  }

  /// Whatever people do, however the wall clock is set, whichever process has the engine: a deadline that runs is
  /// written at the first look after it passed, and no other, and once.
  @Test(arguments: UInt64(1)...40)
  func nothingIsEarlyLateOrTwice(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let bench = Bench()
    var now = try Self.instant("2026-11-21T03:10:00Z")
    try bench.start(at: now.rfc3339)
    var written: Set<String> = []
    for step in 0..<400 {
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<76: now = now + .seconds(Int64.random(in: 1...30, using: &random))
      case 76..<82: now = now + .minutes(Int64.random(in: 1...40, using: &random))
      case 82..<88: now = now - .minutes(Int64.random(in: 1...40, using: &random))
      default: try Self.act(on: bench, at: now, step: step, using: &random)
      }
      let events = bench.record.events.count
      let expected = try Self.passed(bench.record, at: now)
      _ = try bench.look(at: now)
      let new = bench.record.events.dropFirst(events).compactMap { $0.fact(ClockOverdue.self) }
      let ids = new.filter { $0.again == nil }.map { "\($0.clock) \($0.due)" }
      try Self.judgeRepeats(bench.record, since: events, at: now)
      #expect(new.allSatisfy { $0.due <= now }, "early at \(now)")
      #expect(Set(ids) == expected, "seed \(seed), step \(step)")
      #expect(written.isDisjoint(with: ids) && Set(ids).count == ids.count, "twice at \(now)")
      written.formUnion(ids)
    }
    // Whatever came before, a day later an open incident has something overdue.
    _ = try bench.record.refusal(ChangeStatus(incident: "INC-1", to: .investigating), at: now)
    try bench.read()
    written.formUnion(try bench.look(at: now + .hours(24)))
    #expect(!written.isEmpty)
  }

  /// What was told again is an update that is overdue, at a whole period of a quarter after it passed, once and not
  /// too often, and not while it is snoozed.
  private static func judgeRepeats(_ record: TestRecord, since first: Int, at now: Instant) throws {
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    let all = record.events.filter { $0.fact(ClockOverdue.self)?.again != nil }
    #expect(Set(all.map { "\($0.body ?? [])" }).count == all.count, "each has its number")
    for event in record.events.dropFirst(first) {
      guard let fact = event.fact(ClockOverdue.self), let again = fact.again else { continue }
      #expect(fact.clock.hasPrefix("update") && (1...12).contains(again))
      let after = (event.occurred - fact.due).milliseconds
      #expect(after > 0 && after.isMultiple(of: 900_000) && event.occurred <= now)
      let deadline = try #require(incident.deadline(fact.clock, due: fact.due))
      #expect(deadline.state(at: now) == .overdue, "at \(now)")
    }
  }

  /// Deadlines that passed and of which the record says nothing, by the fold and the events.
  private static func passed(_ record: TestRecord, at now: Instant) throws -> Set<String> {
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    let said = Set(
      record.events.compactMap { $0.fact(ClockOverdue.self) }.map { "\($0.clock) \($0.due)" })
    let late = incident.deadlines.filter { $0.isOpen && $0.due <= now }.map { "\($0.name.text) \($0.due)" }
    return Set(late).subtracting(said)
  }

  private static func act(
    on bench: Bench, at now: Instant, step: Int, using random: inout SplitMix64
  ) throws {
    let open = try #require(try bench.record.entity(Incident.self, "INC-1")).deadlines.filter(\.isOpen)
    let deadline = open.randomElement(using: &random)
    switch (Int.random(in: 0..<7, using: &random), deadline) {
    case (0, _): try bench.record.perform(AddNote("step \(step)", incident: "INC-1"), at: now)
    case (1, _):
      let next = Bool.random(using: &random) ? now + .minutes(25) : nil
      try bench.record.perform(SendTestUpdate(audience: "users", next: next), at: now)
    case (2, _):
      let act = AddTask(incident: "INC-1", title: "task \(step)", box: .minutes(3))
      _ = try bench.record.refusal(act, at: now)
    case (3, let deadline?):
      let act = SnoozeDeadline(
        incident: "INC-1", clock: deadline.name.text, due: deadline.due,
        until: max(now, deadline.due) + .minutes(5))
      _ = try bench.record.refusal(act, at: now)
    case (4, let deadline?):
      let act = DismissDeadline(
        incident: "INC-1", clock: deadline.name.text, due: deadline.due, reason: "step \(step)")
      _ = try bench.record.refusal(act, at: now)
    case (5, _):
      let other = Status.allCases.randomElement(using: &random) ?? .monitoring
      let act = ChangeStatus(
        incident: "INC-1", to: other, dataLost: "no",
        followUps: [.init(title: "Postmortem", after: .hours(1))])
      _ = try bench.record.refusal(act, at: now)
    default: break  // A restart: only reading.
    }
    try bench.read()
  }
}
