import Incidents
import Testing
import Values

/// What is due in an incident and when, by literal acts and instants: a night in November, declared at 03:10Z.
@Suite struct DeadlineTests {
  let record = TestRecord()

  private func at(_ clock: String) throws -> Instant {
    try #require(Instant(rfc3339: "2026-11-21T\(clock)Z") ?? Instant(rfc3339: "2026-11-21T\(clock):00Z"))
  }

  private func plan(_ change: (inout IncidentPlan) -> Void = { _ in }) -> IncidentPlan {
    var plan = IncidentPlan()
    change(&plan)
    return plan
  }

  private func declare(
    _ plan: IncidentPlan, _ severity: Severity = .s1, at clock: String = "03:10"
  ) throws {
    try record.perform(
      DeclareIncident(systems: ["ensei"], severity: severity, title: "Purchases fail", plan: plan),
      at: try at(clock))
  }

  private func lines(_ clock: String, all: Bool = false) throws -> [String] {
    let now = try at(clock)
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    return incident.deadlines.filter { all || $0.isOpen }.map { "\($0.sentence) | \($0.standing(at: now))" }
  }

  private func sent(_ audience: String, at clock: String, next: String? = nil) throws {
    try record.perform(
      SendTestUpdate(audience: audience, next: try next.map { try at($0) }), at: try at(clock))
  }

  @Test func clocksAndTheLadderCountFromTheStart() throws {
    try declare(
      plan {
        $0.clocks = [.init(name: "mitigate", after: .minutes(15)), .init(name: "resolve", after: .hours(2))]
        $0.escalation = [
          .init(name: "L1", after: .zero, contact: "primary", playbook: "escalation#level-1"),
          .init(
            name: "L2", after: .minutes(15), contact: "secondary", playbook: "escalation#level-2",
            asks: "deep dive; integrity; vendor support"),
        ]
      })
    #expect(
      try lines("03:20", all: true) == [
        "L1 at 03:10Z, primary: escalation#level-1 | met at 03:10Z",
        "L2 at 03:25Z, secondary: deep dive; integrity; vendor support | in 5m00s",
        "mitigate by 03:25Z | in 5m00s",
        "resolve by 05:10Z | in 1h50m",
      ])
    #expect(try lines("03:25:07").first?.hasSuffix("overdue by 7s") == true)
    try record.perform(MeetDeadline(incident: "INC-1", clock: "escalation:L2"), at: try at("03:26"))
    #expect(try lines("03:30", all: true)[1].hasSuffix("met at 03:26Z, 1m00s late"))
  }

  @Test func aRungThatPassedBeforeTheDeclarationIsDueAtOnce() throws {
    let fired = AlertFired(
      system: "ensei", rule: "Down", labels: [:], level: .page, activeAt: try at("02:50"), value: 0,
      sign: "==",
      threshold: 0, unit: nil, summary: nil, playbook: nil, source: "rules.yaml:1")
    try record.perform(
      RecordTransitions(fired: [fired], at: try at("02:50")), by: TestRecord.engine, at: try at("02:50"))
    try declare(
      plan {
        $0.escalation = [
          .init(name: "L1", after: .zero, contact: nil, playbook: nil),
          .init(name: "L2", after: .minutes(15), contact: nil, playbook: nil),
          .init(name: "L3", after: .minutes(30), contact: nil, playbook: nil),
        ]
      })
    #expect(try lines("03:10") == ["L2 at 03:05Z | overdue by 5m00s", "L3 at 03:20Z | in 10m00s"])
  }

  @Test func aPromiseBeatsTheCadence() throws {
    try declare(plan { $0.cadence = [.init(audience: nil, status: nil, every: .minutes(15))] })
    #expect(try lines("03:10") == ["update by 03:25Z | in 15m00s"])
    try sent("users", at: "03:20")
    #expect(try lines("03:20") == ["update by 03:35Z | in 15m00s"])
    try sent("users", at: "03:30", next: "04:00")
    #expect(try lines("03:30") == ["update to users by 04:00Z, as promised | in 30m00s"])
    // Somebody told the house; what users were promised stands, and the house is due before it.
    try sent("internal", at: "03:32")
    #expect(
      try lines("03:32") == [
        "update by 03:47Z | in 15m00s", "update to users by 04:00Z, as promised | in 28m00s",
      ])
    try sent("users", at: "03:58")
    #expect(try lines("03:58") == ["update by 04:13Z | in 15m00s"])
  }

  /// Rows, the status, then what is due beyond 03:10.
  static let cadences: [(rows: [IncidentPlan.Cadence], status: Status?, due: [String])] = [
    ([], nil, []),
    ([.init(audience: nil, status: nil, every: nil)], nil, []),
    ([.init(audience: nil, status: nil, every: .minutes(15))], .monitoring, ["update by 03:25Z"]),
    (
      [
        .init(audience: nil, status: nil, every: .minutes(15)),
        .init(audience: nil, status: .monitoring, every: .minutes(30)),
      ], .monitoring, ["update by 03:40Z"]
    ),
    (
      // The last row holds, though the one before says more.
      [
        .init(audience: nil, status: .monitoring, every: .minutes(30)),
        .init(audience: nil, status: nil, every: .minutes(15)),
      ], .monitoring, ["update by 03:25Z"]
    ),
    (
      [
        .init(audience: "users", status: nil, every: .minutes(20)),
        .init(audience: "executives", status: nil, every: .minutes(30)),
      ], nil, ["update to users by 03:30Z", "update to executives by 03:40Z"]
    ),
    (
      [
        .init(audience: nil, status: nil, every: .minutes(15)),
        .init(audience: "internal", status: nil, every: .hours(1)),
        .init(audience: "users", status: .monitoring, every: nil),
      ], nil, ["update to users by 03:25Z", "update to internal by 04:10Z"]
    ),
    (
      [
        .init(audience: nil, status: nil, every: .minutes(15)),
        .init(audience: "users", status: .monitoring, every: nil),
      ], .monitoring, ["update by 03:25Z"]
    ),
    (
      [
        .init(audience: "users", status: nil, every: .minutes(15)),
        .init(audience: "users", status: .monitoring, every: nil),
      ], .monitoring, []
    ),
  ]

  @Test(arguments: cadences)
  func cadenceGoesByAudienceAndStatus(
    _ rows: [IncidentPlan.Cadence], _ status: Status?, _ due: [String]
  ) throws {
    try declare(plan { $0.cadence = rows })
    if let status {
      try record.perform(ChangeStatus(incident: "INC-1", to: status), at: try at("03:12"))
    }
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    #expect(incident.deadlines.map(\.sentence) == due)
    #expect(incident.updateDue == incident.deadlines.first?.due)
  }

  @Test func anotherSeverityBringsItsOwnFigures() throws {
    try declare(
      plan {
        $0.clocks = [.init(name: "respond", after: .hours(4))]
        $0.cadence = [.init(audience: nil, status: nil, every: .hours(1))]
      }, .s3)
    let worse = plan {
      $0.clocks = [.init(name: "mitigate", after: .minutes(15)), .init(name: "resolve", after: .hours(2))]
      $0.escalation = [.init(name: "L2", after: .minutes(30), contact: "manager", playbook: nil)]
      $0.cadence = [.init(audience: nil, status: nil, every: .minutes(15))]
    }
    try record.perform(
      ChangeSeverity(incident: "INC-1", to: .s1, reason: "data is at risk", plan: worse), at: try at("03:20"))
    #expect(
      try lines("03:20") == [
        "mitigate by 03:25Z | in 5m00s", "update by 03:25Z | in 5m00s", "L2 at 03:40Z, manager | in 20m00s",
        "resolve by 05:10Z | in 1h50m",
      ])
  }

  @Test func theCallOutCountsFromWhatSomebodyWroteLast() throws {
    try declare(plan { $0.callOut = .minutes(10) })
    #expect(
      try lines("03:12") == [
        "a word on where it stands by 03:20Z: nobody has written since 03:10Z | in 8m00s"
      ])
    // A backdated note is a word all the same; what the engine writes and what is said of deadlines is none.
    try record.perform(
      AddNote("rolled back", occurred: try at("03:05"), incident: "INC-1"), at: try at("03:15"))
    try record.perform(
      RecordOverdue(incident: "INC-1", clock: "call_out", due: try at("03:25")), by: TestRecord.engine,
      at: try at("03:26"))
    try record.perform(
      SnoozeDeadline(incident: "INC-1", clock: "call_out", until: try at("03:40")), at: try at("03:27"))
    #expect(
      try lines("03:30") == [
        "a word on where it stands by 03:25Z: nobody has written since 03:15Z | snoozed until 03:40Z"
      ])
    #expect(try lines("03:40").first?.hasSuffix("overdue by 15m00s") == true, "a snooze comes back")
    try record.perform(AddNote("still looking", incident: "INC-1"), by: TestRecord.ops2, at: try at("03:41"))
    #expect(try lines("03:41").first?.hasSuffix("in 10m00s") == true)
  }

  @Test func timeBoxesEndWithTheirTasks() throws {
    try declare(plan())
    try record.perform(
      AddTask(incident: "INC-1", title: "roll back", owner: "ops1", box: .minutes(3)), at: try at("03:12"))
    #expect(try lines("03:13") == ["roll back by 03:15Z, ops1 | in 2m00s"])
    try record.perform(FinishTask(incident: "INC-1", task: "INC-1/1"), at: try at("03:14"))
    #expect(try lines("03:20").isEmpty)
    #expect(try lines("03:20", all: true) == ["roll back by 03:15Z, ops1 | met at 03:14Z"])
  }

  @Test func followUpsCountFromResolvedAndGoWithAReopening() throws {
    try declare(plan { $0.clocks = [.init(name: "resolve", after: .hours(2))] })
    let followUps: [IncidentPlan.FollowUp] = [
      .init(title: "Within an hour", after: .hours(1)), .init(title: "Postmortem", after: .hours(24)),
    ]
    try record.perform(
      ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no", followUps: followUps),
      at: try at("04:00"))
    #expect(
      try lines("04:30") == [
        "Within an hour by 05:00Z | in 30m00s", "Postmortem by 2026-11-22 04:00Z | in 23h30m",
      ])
    #expect(try record.entity(Aftermath.self, "INC-1")?.isOpen == true)
    try record.perform(
      MeetDeadline(incident: "INC-1", clock: "follow_up:Within an hour"), at: try at("04:40"))
    #expect(try lines("04:41") == ["Postmortem by 2026-11-22 04:00Z | in 23h19m"])
    try record.perform(ChangeStatus(incident: "INC-1", to: .investigating), at: try at("06:00"))
    #expect(
      try lines("06:00") == ["resolve by 07:10Z | in 1h10m"],
      "what a resolution made due goes with it, and what it stopped goes on")
    #expect(try record.entity(Aftermath.self, "INC-1")?.isOpen == false)
    try record.perform(
      ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no", followUps: followUps),
      at: try at("07:00"))
    for clock in ["follow_up:Within an hour", "follow_up:Postmortem"] {
      #expect(try record.entity(Aftermath.self, "INC-1")?.isOpen == true)
      try record.perform(
        DismissDeadline(incident: "INC-1", clock: clock, reason: "a drill"), at: try at("07:01"))
    }
    #expect(try lines("07:02").isEmpty)
    #expect(try record.entity(Aftermath.self, "INC-1")?.isOpen == false)
  }

  @Test func whatWasDismissedStaysSilentAndStaysInTheRecord() throws {
    try declare(plan { $0.cadence = [.init(audience: nil, status: nil, every: .minutes(15))] })
    try record.perform(
      DismissDeadline(incident: "INC-1", clock: "update", reason: "nobody is affected"), at: try at("03:20"))
    let late = RecordOverdue(incident: "INC-1", clock: "update", due: try at("03:25"))
    #expect(try record.perform(late, by: TestRecord.engine, at: try at("03:26")).isEmpty)
    #expect(
      try lines("03:30", all: true) == ["update by 03:25Z | dismissed by ops1: nobody is affected"])
    let incident = try #require(try record.entity(Incident.self, "INC-1"))
    #expect(incident.nextDeadline(at: try at("03:30")) == nil && incident.updateDue == nil)
    // Only this one: the next update begins another.
    try sent("users", at: "03:40")
    #expect(try lines("03:40") == ["update by 03:55Z | in 15m00s"])
  }

  @Test func refusalsSayWhatToDo() throws {
    try declare(
      plan {
        $0.clocks = [.init(name: "respond", after: .hours(1)), .init(name: "resolve", after: .hours(2))]
        $0.cadence = [.init(audience: nil, status: nil, every: .minutes(15))]
      })
    let now = try at("03:20")
    func refusal(_ act: some Act) throws -> String? { try record.refusal(act, at: now) }
    #expect(
      try refusal(MeetDeadline(incident: "INC-1", clock: "resolve"))
        == "resolve is met when INC-1 is resolved.")
    #expect(
      try refusal(MeetDeadline(incident: "INC-1", clock: "update"))
        == "An update is met by the next one that goes out.")
    #expect(
      try refusal(SnoozeDeadline(incident: "INC-1", clock: "update", until: try at("03:19")))
        == "2026-11-21 03:19:00Z is past; a snooze ends later than now.")
    #expect(
      try refusal(SnoozeDeadline(incident: "INC-1", clock: "update", until: try at("03:22")))
        == "update is not due before 2026-11-21 03:25:00Z; snooze it for longer, or not at all.")
    #expect(
      try refusal(DismissDeadline(incident: "INC-1", clock: "update", reason: " "))
        == "Say why it is not wanted.")
    #expect(
      try refusal(DismissDeadline(incident: "INC-1", clock: "L9", reason: "x"))
        == "INC-1 has no deadline L9; it has update, resolve.")
    #expect(
      try refusal(SnoozeDeadline(incident: "INC-1", clock: "respond", until: try at("05:00")))
        == "respond was met at 03:10Z.")
    #expect(try refusal(DismissDeadline(incident: "INC-1", clock: "update", reason: "a drill")) == nil)
    #expect(
      try refusal(SnoozeDeadline(incident: "INC-1", clock: "update", until: try at("05:00")))
        == "update was dismissed by ops1 at 03:20Z.")
  }

  static let names: [(ClockName, String, kind: String)] = [
    (.clock("resolve"), "resolve", "clock"), (.rung("L2"), "escalation:L2", "escalation"),
    (.update(audience: nil), "update", "update"), (.update(audience: "status"), "update:status", "update"),
    (.callOut, "call_out", "call_out"), (.task("INC-1/2"), "task:INC-1/2", "task"),
    (.followUp("A: b"), "follow_up:A: b", "follow_up"),
  ]

  @Test(arguments: names)
  func namesAreReadAsTheyAreWritten(_ name: ClockName, _ text: String, _ kind: String) {
    #expect(name.text == text && ClockName(text) == name && name.kind == kind)
  }
}

/// What an incident reads of Comms' `update.sent`.
struct SendTestUpdate: Act {
  struct Sent: Fact {
    static let kind = "update.sent"
    let audience: String
    let nextUpdate: Instant?
  }

  var incident = "INC-1"
  var audience: String
  var next: Instant?

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    Decision(append: [Entry(Sent(audience: audience, nextUpdate: next), at: now, incident: incident)])
  }
}
