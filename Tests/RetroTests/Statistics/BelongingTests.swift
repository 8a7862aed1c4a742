import Incidents
import Testing
import Values

@testable import Retro

/// One rule for which incident an alert belongs to. Seconds are counted from 07:18:05Z, when the first incident began.
@Suite struct BelongingTests {
  /// EndpointDown fired for half a minute at 07:17:08, for eleven seconds at 07:17:49, and from 07:18:05 on.
  private func story(from start: Int64, declared: Int64, resolved: Int64?) -> Story {
    var story = Story()
    for (at, ended) in [(-57, -25), (-16, -5), (0, 240)] as [(Int64, Int64)] {
      let alert =
        "\"system\":\"shop\",\"rule\":\"EndpointDown\",\"labels\":{},\"level\":\"page\","
        + "\"active_at\":\"\(Story.instant(at))\""
      story.tell(AlertFired.kind, "{\(alert)}", at: at, by: Actor.engineHandle, ofIncident: false)
      story.tell(
        AlertResolved.kind, "{\(alert),\"how\":\"recovered\"}", at: ended, by: Actor.engineHandle,
        ofIncident: false)
    }
    story.tell(
      IncidentDeclared.kind,
      """
      {"number":7,"systems":["shop"],"severity":"S1","title":"shop is down",
       "started":"\(Story.instant(start))","clocks":[],"escalation":[],"cadence":[]}
      """, at: declared)
    if let resolved { story.moves(to: .resolved, at: resolved) }
    story.events.sort { $0.occurred < $1.occurred }
    return story
  }

  /// INC-1: 07:18:05 to 07:22:16. INC-2: declared at 07:22:17 with a start half an hour earlier, open.
  private var first: Story { story(from: 0, declared: 12, resolved: 251) }
  private var second: Story { story(from: -1548, declared: 252, resolved: nil) }

  private func alerts(_ stories: [Story]) -> AlertQuality? {
    let transitions = stories.first?.events ?? []
    let reports = stories.map { $0.report() }
    return RetroStatistics(
      reports, runs: [], transitions: transitions, until: Story.start + .hours(10)
    ).alerts.first
  }

  @Test func whatWasOverBeforeItsStartDoesNotBelongToAnIncident() {
    let alone = alerts([first])
    #expect(alone?.fired == 3 && alone?.inIncident == 1 && alone?.neverActedOn == 2)
    #expect(first.report().firings.map(\.at) == [Story.start])
  }

  @Test func aFiringByWhichAnIncidentWasDetectedBelongsToIt() {
    let report = second.report()
    #expect(report.measuredTimes?.times[.detect] == .seconds(1548 - 57))
    #expect(report.firings.count == 3)
    let both = alerts([first, second])
    #expect(both?.fired == 3 && both?.inIncident == 3 && both?.neverActedOn == 0)
  }

  @Test func comparingCountsWhatTheFiguresCount() {
    let compared = IncidentComparison(first.report(), runs: [], second.report(), runs: [])
    #expect(compared.alerts == [.init("EndpointDown on shop", "1×", "3×")])
  }

  @Test(
    arguments: [
      // from, until, belongs: of an incident from 0 to 251
      (-57, -25, false), (-57, 0, false), (-57, 1, true), (-57, nil, true), (251, 300, true),
      (252, 300, false),
      (252, nil, false),
    ] as [(Int64, Int64?, Bool)])
  func aMomentBetweenStartAndEndIsEnough(_ from: Int64, _ until: Int64?, _ belongs: Bool) {
    let incident = first.report().incident
    let end = until.map { Story.start + .seconds($0) }
    #expect(incident.holds(from: Story.start + .seconds(from), until: end) == belongs)
    // A backtest has the same rule.
    let past = PastIncident(
      key: "INC-1", title: "", started: Story.start, declared: Story.start + .seconds(12),
      closed: Story.start + .seconds(251), alerts: [])
    #expect(past.touches(from: Story.start + .seconds(from), until: end) == belongs)
  }

  /// An alert of this period belongs to an incident that began before it.
  @Test func anIncidentOfAnotherPeriodIsOneStill() {
    var gathering = StatisticsGathering(from: Story.start - .seconds(60), until: Story.start + .hours(1))
    let incident = second.report().incident
    #expect(!gathering.takes(incident))
    gathering.addSpan(of: incident)
    for event in second.events { gathering.receive(event) }
    #expect(gathering.statistics.alerts.first?.inIncident == 3)
  }
}
