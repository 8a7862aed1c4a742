import Comms
import Foundation
import Incidents
import Playbooks
import Retro
import Testing
import Values

@Suite struct IncidentReportTests {
  /// A whole night: fired, acknowledged, declared, a step, two updates, one of them late, resolved.
  private var story: Story {
    var story = Story()
    story.fires(at: 0)
    story.tell(
      AlertAcknowledged.kind,
      """
      {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"active_at":"\(Story.instant(0))"}
      """, at: 60, ofIncident: false)
    story.isDeclared("Pack purchases fail", at: 90)
    story.tell(IncidentRoleTaken.kind, "{\"role\":\"commander\",\"who\":\"ops1\"}", at: 95)
    story.tell(
      StepChanged.kind,
      "{\"run\":\"R-1\",\"step\":\"1\",\"title\":\"Switch purchases off\",\"to\":\"done\",\"by\":\"hand\"}",
      at: 120)
    story.sends("We know. Packs are safe.", at: 300, next: 900)
    story.tell(NoteAdded.kind, "{\"text\":\"saw it first\"}", at: 30, recorded: 400)
    story.sends("Still at it.", at: 1020, next: 3000)
    story.moves(to: .monitoring, at: 1800)
    story.sends("Over.", at: 2400, next: nil)
    story.moves(to: .resolved, at: 3600)
    return story
  }

  @Test func withoutAZoneOfItsOwnThereIsNoColumnForIt() {
    let markdown = story.report().markdown
    #expect(markdown.contains("| What | UTC | Since start |\n"))
    #expect(
      markdown.contains("| 2026-11-21 03:06:03Z | note | saw it first (written down 03:12:13Z) | ops1 |\n"))
  }

  @Test func aNightAsJSONHoldsItsKeyTimesAndEveryLine() throws {
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(try story.report().json())) as? [String: Any])
    let times = try #require(document["key_times"] as? [[String: Any]])
    #expect(
      times.compactMap { $0["name"] as? String } == [
        "started", "detected", "acknowledged", "declared", "first_update", "mitigated", "resolved",
      ])
    #expect(
      times.compactMap { $0["since_start_ms"] as? Int } == [0, 0, 60, 90, 300, 1800, 3600].map { $0 * 1000 })
    let timeline = try #require(document["timeline"] as? [String: Any])
    #expect((timeline["lines"] as? [Any])?.count == story.events.count)
    let updates = try #require(document["updates"] as? [[String: Any]])
    #expect(updates.map { $0["late_ms"] as? Int } == [nil, 120_000, 0])
  }

  @Test func promisesAreHeldAgainstTheUpdateThatFollowed() {
    let updates = story.report().updates
    #expect(updates.map(\.lateBy) == [nil, .minutes(2), .zero])
    #expect(story.report().markdown.contains("1 came later than promised."))
    var punctual = Story()
    punctual.isDeclared("Short", at: 0)
    punctual.sends("We know.", at: 60, next: 600)
    punctual.sends("Over.", at: 600, next: nil)
    punctual.sends("A word more, which nobody promised.", at: 9000, next: nil)
    #expect(punctual.report().updates.map(\.lateBy) == [nil, .zero, nil])
    #expect(punctual.report().markdown.contains("3 updates went out; every promised time was kept."))
  }

  @Test func aLastPromiseThatNobodyFollowedIsNoPromiseKept() {
    var silent = Story()
    silent.isDeclared("Quiet", at: 0)
    silent.sends("More in ten minutes.", at: 60, next: 660)
    silent.moves(to: .resolved, at: 3600)
    #expect(silent.report().missedPromises.map(\.rfc3339) == [Story.instant(660)])
    #expect(
      silent.report().markdown.contains(
        "1 update went out; the one promised for 2026-11-21 03:16:33Z never came."))
  }

  /// A promise outlives Resolved: on screen and bar it is overdue, so documents and figures say that it was missed.
  @Test func aPromiseThatWasResolvedBeforeIsMissedStill() {
    var early = Story()
    early.isDeclared("Short", at: 0)
    early.sends("More in ten minutes.", at: 60, next: 660)
    early.moves(to: .resolved, at: 600)
    let report = early.report()
    #expect(report.missedPromises.map(\.rfc3339) == [Story.instant(660)])
    #expect(report.incident.promises.map(\.due) == report.missedPromises)
    #expect(report.markdown.contains("03:16:33Z, missed: none came"))
    #expect(report.markdown.contains("The update promised for 2026-11-21 03:16:33Z never came."))
    #expect(!report.markdown.contains("resolved before"))
    var cadence = CadenceKept()
    cadence.add(report)
    #expect(cadence.words == "0 of 1 promised updates came in time; 0 were late, 1 never came.")
    // Nobody is owed what was dismissed before its time; dismissed afterwards it was missed.
    for (at, words, missed) in [(620, "dismissed before", 0), (700, "missed: none came", 1)]
      as [(Int64, String, Int)]
    {
      var dismissed = early
      dismissed.tell(
        ClockDismissed.kind,
        "{\"clock\":\"update:users\",\"due\":\"\(Story.instant(660))\",\"reason\":\"told by phone\"}", at: at)
      #expect(dismissed.report().missedPromises.count == missed)
      #expect(dismissed.report().markdown.contains(words))
      #expect(dismissed.report().incident.promises.isEmpty)
    }
    // Another audience's update keeps nobody else's promise.
    var two = early
    two.tell(
      UpdateSent.kind,
      """
      {"draft":"D-2","audience":"internal","stage":"Resolved","text":"t","destinations":[],"head":"9·aa","how":"hand"}
      """, at: 610)
    #expect(two.report().missedPromises.map(\.rfc3339) == [Story.instant(660)])
  }

  @Test func aMomentBeforeTheOneThatShouldPrecedeItIsPointedOut() {
    var story = Story()
    story.isDeclared("Odd", at: 60)
    story.moves(to: .resolved, at: 100)
    #expect(story.report().disorder.isEmpty)
    story = Story()
    story.isDeclared("Odd", at: 60)
    story.moves(to: .monitoring, at: 500)
    story.sends("Late to tell.", at: 900, next: nil)
    #expect(story.report().disorder == ["mitigated lies before first update"])
    #expect(story.report().markdown.contains("Out of order: mitigated lies before first update."))
  }

  /// All of them, and no time is negative.
  @Test func whatLiesBeforeTheStartIsPointedOut() throws {
    var story = Story()
    story.isDeclared("Odd", at: 60)
    story.moves(to: .monitoring, at: 61)
    story.tell(IncidentDescribed.kind, #"{"started":"\#(Story.instant(63))"}"#, at: 70)
    let report = story.report()
    #expect(report.disorder == ["declared lies before started", "mitigated lies before started"])
    let times = report.markdown.split(separator: "\n").filter { $0.hasSuffix("| before it |") }
    #expect(times.map { $0.prefix(12) } == ["| declared |", "| mitigated "])
    #expect(!report.markdown.contains("-2s") && !report.markdown.contains("-3s"))
    #expect(!String(decoding: try report.json(), as: UTF8.self).contains(#""since_start_ms" : -"#))
  }

  @Test func whatOthersWroteCannotActInADocument() {
    var story = Story()
    story.isDeclared("<b>x</b> | [a](http://b) *c* \\u001b[31m \\n# heading", at: 0)
    story.tell(NoteAdded.kind, "{\"text\":\"a | b <script>\\n| --- |\"}", at: 10)
    story.sends("before\\n````\\n# not a heading", at: 20, next: nil)
    let markdown = story.report().markdown
    #expect(!markdown.contains("\u{1B}"))
    #expect(!markdown.contains("<script>") && !markdown.contains("<b>"))
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == #"# INC-7 \<b\>x\</b\> \| \[a\](http://b) \*c\* ␛\[31m  # heading"#)
    #expect(lines.filter { $0.hasPrefix("# ") }.count == 2, "the title, and a line inside a fence")
    let fences = lines.filter { $0.hasPrefix("`````") }
    #expect(fences == ["`````text", "`````"], "a fence is longer than any run inside it")
    let rows = lines.filter { $0.hasPrefix("| 2026") }.map { row in
      row.replacing(#"\|"#, with: "").count { $0 == "|" }
    }
    #expect(!rows.isEmpty && rows.allSatisfy { $0 == 5 }, "no cell more than there are columns")
    #expect(lines.contains(#"| 2026-11-21 03:05:43Z | note | a \| b \<script\> \| --- \| | ops1 |"#))
  }
}
