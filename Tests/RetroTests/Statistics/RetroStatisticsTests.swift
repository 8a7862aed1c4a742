import Comms
import Incidents
import Playbooks
import Testing
import Values

@testable import Retro

@Suite struct RetroStatisticsTests {
  private func story() -> Story {
    var story = Story()
    story.fires(at: 60)
    story.isDeclared("Purchases fail", at: 120)
    story.tell(IncidentRoleTaken.kind, "{\"role\":\"commander\",\"who\":\"ops1\"}", at: 121)
    story.sends("We look.", at: 300, next: 1200)
    story.sends("We know.", at: 1260, next: 2400)
    story.moves(to: .monitoring, at: 2000)
    story.tell(IncidentStatusChanged.kind, "{\"to\":\"Resolved\",\"data_lost\":\"no\"}", at: 3000)
    return story
  }

  private func statistics(_ story: Story, from: Instant? = nil) -> RetroStatistics {
    RetroStatistics(
      [story.report()], runs: [], transitions: story.events, from: from, until: Story.start + .hours(10))
  }

  @Test func measuresNameTheirEnds() throws {
    let group = try #require(statistics(story()).groups.first)
    let spans = group.rows.map {
      "\($0.measure.rawValue) \($0.from) \($0.to) \($0.distribution.median.short)"
    }
    #expect(
      spans == [
        "detect started detected 1m00s", "acknowledge detected acknowledged 1m01s",
        "declare started declared 2m00s",
        "first_update declared first_update 3m00s", "mitigate started mitigated 33m20s",
        "resolve started resolved 50m00s",
      ])
  }

  /// Somebody saw it, declared it and took the command, and then an alert fired.
  @Test func peopleCanBeFasterThanAlerts() throws {
    var story = Story()
    story.isDeclared("Purchases fail", at: 120)
    story.tell(IncidentRoleTaken.kind, "{\"role\":\"commander\",\"who\":\"ops1\"}", at: 121)
    story.fires(at: 300)
    let report = story.report()
    let times = report.keyTimes.map { "\($0.name) \($0.sinceStart.short)" }
    #expect(times == ["started 0s", "detected 2m00s", "acknowledged 2m01s", "declared 2m00s"])
    #expect(report.disorder.isEmpty)
  }

  @Test func cadenceIsKeptLateOrNever() {
    var cadence = statistics(story()).cadence
    #expect(
      cadence.promised == 2 && cadence.kept == 0 && cadence.late == [.seconds(60)] && cadence.never == 1)
    var kept = Story()
    kept.isDeclared("t", at: 0)
    kept.sends("a", at: 10, next: 100)
    kept.sends("b", at: 100, next: nil)
    cadence = statistics(kept).cadence
    #expect(cadence.promised == 1 && cadence.kept == 1 && cadence.part == 1)
  }

  @Test func alertsThatNobodyActedOnComeFirst() {
    var story = Story()
    func resolves(at: Int64) {
      story.tell(
        AlertResolved.kind,
        """
        {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"level":"page",
         "active_at":"\(Story.instant(0))","how":"recovered"}
        """, at: at, ofIncident: false)
    }
    story.fires(at: 0)
    resolves(at: 30)
    story.fires(at: 100)
    story.tell(
      AlertAcknowledged.kind,
      """
      {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"active_at":"\(Story.instant(100))"}
      """, at: 110, ofIncident: false)
    resolves(at: 200)
    story.fires(at: 300)
    let rows = AlertQuality.all(in: story.events, incidents: [])
    #expect(rows.count == 1)
    #expect(rows.first?.fired == 3 && rows.first?.acknowledged == 1)
    #expect(rows.first?.neverActedOn == 1 && rows.first?.firing == 1 && rows.first?.inIncident == 0)
  }

  @Test func whatLiesInTheWrongOrderIsWarnedOfAndLeftOut() throws {
    var story = Story()
    story.isDeclared("t", at: 60)
    story.tell(
      UpdateSent.kind,
      """
      {"draft":"D-1","audience":"users","stage":"Investigating","text":"t","destinations":[],"head":"9·aa",
       "how":"hand"}
      """, at: 30)
    let found = statistics(story)
    #expect(found.incidents.first?.times[.firstUpdate] == nil)
    #expect(found.disorder.count == 1)
    #expect(
      found.disorder.first?.contains("first update (2026-11-21 03:06:03Z) lies before declared") ?? false)
    #expect(found.text.contains("! INC-7: first update"))
  }

  @Test func aPeriodLeavesOutWhatStartedBefore() {
    #expect(statistics(story(), from: Story.start + .seconds(1)).incidents.isEmpty)
    #expect(statistics(story(), from: Story.start).incidents.count == 1)
    #expect(statistics(story(), from: Story.start + .seconds(1)).groups.isEmpty)
  }
}
