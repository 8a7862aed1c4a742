import Comms
import Incidents
import Playbooks
import Testing
import Values

@testable import Retro

@Suite struct SectionTests {
  @Test func everySectionHasSomethingInTheRichStory() {
    let sections = Story.richReport().document().sections
    let empty = sections.filter(\.blocks.isEmpty).map(\.id)
    #expect(
      empty == ["removed", "contributing_factors", "blast_radius", "went_badly", "lessons"])
    #expect(Set(sections.map(\.id)).count == sections.count)
    #expect(Set(RetroSection.told).isSubset(of: sections.map(\.id)))
  }

  @Test func timeInEachSeverityAndStatusAddsUp() {
    let report = Story.richReport()
    func seconds(_ all: [IncidentReport.Standing]) -> [String: Int64] {
      Dictionary(all.map { ($0.name, ($0.until - $0.from).milliseconds / 1000) }, uniquingKeysWith: +)
    }
    #expect(seconds(report.severityStandings) == ["S2": 150, "S1": 2160 + 1200])
    #expect(
      seconds(report.statusStandings) == [
        "Investigating": 600, "Identified": 1110, "Monitoring": 600 + 1200, "Resolved": 300,
      ])
  }

  /// A label that says what the rule's name or its level say is not said again; any other is.
  @Test func labelsOfAlertsAreSaidOnce() {
    func alert(_ labels: String) -> String? {
      var story = Story()
      story.tell(
        AlertFired.kind,
        """
        {"system":"ensei-packs","rule":"Queue","labels":{\(labels)},"level":"page",
         "active_at":"\(Story.instant(0))"}
        """, at: 0, by: Actor.engineHandle, ofIncident: false)
      story.isDeclared("Open", at: 60)
      for case .table(let table) in story.report().impactBlocks where table.caption == "Alerts that fired" {
        return table.rows.first?.first?.text
      }
      return nil
    }
    #expect(alert(#""alertname":"Queue","severity":"page","queue":"bills""#) == "Queue queue=bills")
    #expect(alert(#""alertname":"Other","severity":"critical""#) == "Queue alertname=Other severity=critical")
  }

  /// Two rows with the same ends say the same length, whatever their milliseconds are.
  @Test func lengthsAreBetweenTheEndsThatAreShown() {
    func shown(_ from: Int64, _ until: Int64) -> String {
      IncidentReport.Standing(
        name: "S1", from: Story.start + .milliseconds(from), until: Story.start + .milliseconds(until)
      ).shown.short
    }
    #expect(shown(100, 113_050) == "1m53s" && shown(150, 113_010) == "1m53s")
    #expect(shown(900, 1_100) == "1s" && shown(100, 500) == "400ms")
  }

  @Test func anOpenIncidentStandsUntilNow() {
    var story = Story()
    story.isDeclared("Open", at: 60)
    let report = story.report()
    #expect(
      report.severityStandings == [.init(name: "S1", from: Story.start + .seconds(60), until: report.made)])
    story.moves(to: .resolved, at: 30)
    #expect(story.report().statusStandings.allSatisfy { $0.from < $0.until }, "never negative")
  }

  @Test func temporaryChangesAreHeldAgainstTheirUndoing() {
    let changes = Story.richReport().temporaryChanges
    #expect(changes.map(\.what) == ["Switch purchases off", "Tracing at 50 %"])
    #expect(changes.map { $0.undone?.reason } == ["the provider answers again", nil])
  }

  @Test func anEntryIsShownWithEveryWordingThatItHad() {
    let histories = Story.richReport().histories
    #expect(
      histories.map { $0.turns.map(\.text) } == [
        [
          "Deploy 4.2.0 went out at 02:50", "Deploy 4.2.1 went out at 02:50",
          "Deploy 4.2.1 went out at 02:52",
        ], ["Database is full", "Database is full"],
      ])
    #expect(histories.last?.turns.map(\.isTakenBack) == [false, true])
  }

  @Test func pinsSurviveEveryFilter() throws {
    let report = Story.richReport()
    func shown(_ filter: TimelineFilter) -> (lines: Int, words: String) {
      var found = (0, "")
      for block in report.timelineBlocks(filter) {
        if case .table(let table) = block { found.0 = table.rows.count }
        if case .paragraph(let text) = block { found.1 = text }
      }
      return found
    }
    let all = report.timeline.lines.count
    #expect(shown(.all).lines == all)
    #expect(shown(.init(pinnedOnly: true)).lines == 1)
    #expect(shown(.init(kinds: ["update"])).lines == 5, "four updates and the pin")
    #expect(shown(.init(kinds: ["update.sent"], actors: ["nobody"])).lines == 1)
    let late = shown(.init(from: Story.start + .seconds(3600)))
    #expect(late.lines == report.timeline.lines.count { $0.occurred >= Story.start + .seconds(3600) } + 1)
    #expect(
      late.words.hasPrefix(
        "\(late.lines) of \(all) lines shown: those from 2026-11-21 04:05:33Z, and pinned ones. Times are UTC"
      ))
  }

  @Test func aZoneThatChangesSaysWhichOneItWas() {
    let zone = IncidentReport.Zone(
      offset: 7200, name: "CEST",
      changes: [.init(at: Story.start + .seconds(600), offset: 3600, name: "CET")])
    #expect(zone.title == "CEST and CET")
    #expect(zone.clock(Story.start) == "05:05:33 CEST")
    #expect(zone.clock(Story.start + .seconds(600)) == "04:15:33 CET")
    #expect(zone.rfc3339(Story.start) == "2026-11-21T05:05:33.000+02:00")
    let west = IncidentReport.Zone(offset: -12_600, name: "NST")
    #expect(west.clock(Story.start) == "2026-11-20 23:35:33")
    #expect(west.rfc3339(Story.start) == "2026-11-20T23:35:33.000-03:30")
    let markdown = Story.rich.report(zone: zone).markdown
    #expect(markdown.contains("| UTC | CEST and CET | What |"))
    #expect(markdown.contains("beside them CEST and CET, UTC+02:00 and UTC+01:00."))
  }
}
