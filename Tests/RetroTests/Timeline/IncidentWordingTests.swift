import Foundation
import Incidents
import Retro
import Testing
import Values

@Suite struct IncidentWordingTests {
  /// What one event of that kind and body says: its word and its text.
  private func said(_ kind: String, _ body: String) -> String? {
    var story = Story()
    story.tell(kind, body, at: 0)
    return Timeline(story.events).lines.first.map { "\($0.sign) \($0.word) \($0.text)" }
  }

  @Test(arguments: [
    (
      "incident.declared",
      #"""
      {"number":7,"systems":["shop","billing"],"severity":"S2","title":"Slow","started":"2026-11-21T03:05:33Z",
       "from":{"ticket":"OPS-77","template":"Webhooks stuck"},"clocks":[],"escalation":[],"cadence":[]}
      """#, "+ declared INC-7 S2 Slow, from ticket OPS-77 and the template Webhooks stuck on shop, billing"
    ),
    (
      "incident.described",
      #"{"title":"Checkout","affected":["shop/api"],"systems":["shop"],"started":"2026-11-21T03:00:00Z"}"#,
      "· described title: Checkout; affected: shop/api; systems: shop; it began at 2026-11-21 03:00:00Z"
    ),
    ("incident.described", #"{"affected":[]}"#, "· described affected: no endpoint"),
    (
      "incident.status", #"{"to":"Resolved","from":"Monitoring","data_lost":"no","reason":"v4.1 is out"}"#,
      "✓ status Resolved, data lost: no: v4.1 is out"
    ),
    (
      "incident.status", #"{"to":"Investigating","from":"Resolved","reason":"it came back"}"#,
      "▲ status reopened, Investigating: it came back"
    ),
    ("incident.status", #"{"to":"Identified"}"#, "▸ status Identified"),
    (
      "incident.severity", #"{"to":"S2","severity_name":"P2","reason":"one tenant","clocks":[]}"#,
      "▸ severity S2 (P2): one tenant"
    ),
    ("incident.role", #"{"role":"scribe","who":"ops2"}"#, "· role scribe: ops2"),
    (
      "incident.role", #"{"role":"commander","who":"ops2","hands_over":"ops1","words":"deploys are frozen"}"#,
      "▸ hand-over commander goes from ops1 to ops2: deploys are frozen"
    ),
    ("incident.role", #"{"role":"scribe","hands_over":"ops2"}"#, "· role scribe: given back by ops2"),
    (
      "incident.task", #"{"task":"INC-7/1","title":"Read","owner":"ops1","due":"2026-11-21T03:09:00Z"}"#,
      "☐ task Read for ops1, until 03:09Z"
    ),
    (
      "incident.task_given", #"{"task":"INC-7/1","title":"Read","owner":"ops2","reason":"ops1 writes"}"#,
      "☐ task Read goes to ops2: ops1 writes"
    ),
    ("incident.task_given", #"{"task":"INC-7/1","title":"Read"}"#, "☐ task Read is nobody's"),
    (
      "incident.task_done", #"{"task":"INC-7/1","title":"Read","outcome":"empty"}"#, "✓ task Read done: empty"
    ),
    ("incident.task_done", #"{"task":"INC-7/1"}"#, "✓ task INC-7/1 done"),
    (
      "incident.task_dropped", #"{"task":"INC-7/1","title":"Read","reason":"no need"}"#,
      "– task Read dropped: no need"
    ),
    (
      "incident.task_reopened", #"{"task":"INC-7/1","title":"Read","due":"2026-11-21T03:09:00Z"}"#,
      "☐ task Read is to do again, until 03:09Z"
    ),
    (
      "action.added",
      #"{"action":"ACT-1","title":"Alarm","owner":"ops1","due":"2026-12-01T12:00:00Z","state":"open"}"#,
      "☐ action ACT-1 Alarm for ops1, due 2026-12-01 12:00:00Z"
    ),
    ("action.added", #"{"action":"ACT-1","title":"Alarm","state":"open"}"#, "☐ action ACT-1 Alarm"),
    (
      "action.changed",
      #"""
      {"action":"ACT-1","title":"Alarm","owner":"ops2","state":"doing","reason":"away",
       "was":{"title":"Alert","due":"2026-12-01T12:00:00Z","state":"open"}}
      """#, "☐ action ACT-1 Alarm is being done, goes to ops2, at no time, before: Alert: away"
    ),
    (
      "action.changed",
      #"{"action":"ACT-1","title":"Alarm","state":"done","was":{"title":"Alarm","state":"doing"}}"#,
      "✓ action ACT-1 Alarm done"
    ),
    (
      "action.changed",
      #"""
      {"action":"ACT-1","title":"Alarm","state":"dropped","reason":"gone",
       "was":{"title":"Alarm","owner":"ops1","state":"open"}}
      """#, "– action ACT-1 Alarm dropped, is nobody's: gone"
    ),
    ("retro.written", #"{"section":"root_cause","text":"The pool."}"#, "◇ retro Root cause: The pool."),
    (
      "retro.appended", #"{"file":"/srv/app/HANDOFF.md","digest":"ab","bytes":7}"#,
      "· retro entry appended to /srv/app/HANDOFF.md"
    ),
    ("retro.written", #"{"section":"x_board","text":""}"#, "· retro Board was taken back"),
    (
      "incident.decided", #"{"text":"Roll back","executes":"ops2","objections":"none"}"#,
      "◇ decided Roll back; ops2 carries it out"
    ),
    ("incident.linked", #"{"to":"INC-2","as":"related","title":"Queue"}"#, "· link related to INC-2: Queue"),
    ("incident.linked", #"{"to":"INC-2","as":"duplicate"}"#, "· link a duplicate of INC-2"),
    (
      "incident.linked", #"{"to":"INC-2","as":"duplicate","incoming":true}"#,
      "· link INC-2 is a duplicate of this"
    ),
    (
      "incident.linked", #"{"to":"INC-2","as":"merged","title":"Queue"}"#,
      "▸ link merged into INC-2: Queue; go on there"
    ),
    (
      "incident.linked", #"{"to":"INC-2","as":"merged","incoming":true,"title":"Queue"}"#,
      "▸ link INC-2 was merged into this: Queue"
    ),
    (
      "incident.linked", #"{"to":"https://example.com/t","as":"url","title":"the thread"}"#,
      "· link the thread https://example.com/t"
    ),
    (
      "incident.unlinked", #"{"to":"INC-2","as":"merged","reason":"two troubles"}"#,
      "· unlink no longer merged into INC-2, open again: two troubles"
    ),
    (
      "incident.unlinked", #"{"to":"INC-2","as":"merged","incoming":true}"#,
      "· unlink INC-2 is an incident of its own again"
    ),
    (
      "incident.unlinked", #"{"to":"https://example.com","as":"url"}"#,
      "· unlink without the link https://example.com"
    ),
  ])
  func words(_ kind: String, _ body: String, _ wanted: String) {
    #expect(said(kind, body) == wanted)
  }

  @Test func whatIsSaidLaterKeepsTheFirstWordsAndWhy() throws {
    var story = Story()
    story.tell(NoteAdded.kind, #"{"text":"the disk is full"}"#, at: 0)
    story.tell(
      EventAmended.kind, #"{"target":"e1","text":"the disk of api-1 is full","reason":"which one"}"#, at: 60)
    story.tell(EventAmended.kind, #"{"target":"e1","text":"api-1 is full","reason":"shorter"}"#, at: 120)
    story.tell(EventRetracted.kind, #"{"target":"e1","reason":"it was not"}"#, at: 180, by: "ops2")
    let lines = Timeline(story.events).lines
    #expect(lines.map(\.text) == ["api-1 is full", "“api-1 is full” was taken back: it was not"])
    #expect(
      lines.first?.detail == """
        First: the disk is full
        Amended by ops1 at 2026-11-21 03:06:33Z: which one
        Amended by ops1 at 2026-11-21 03:07:33Z: shorter
        """)
    #expect(lines.first?.retracted == "it was not")
  }

  @Test func anExportTellsOfTwoEndsAndOfLinks() throws {
    var story = Story()
    story.isDeclared("Down", at: 90)
    story.moves(to: .resolved, at: 600)
    story.moves(to: .investigating, at: 900)
    story.moves(to: .resolved, at: 1200)
    story.tell("incident.linked", #"{"to":"INC-2","as":"merged","incoming":true,"title":"Queue"}"#, at: 1300)
    let report = story.report()
    #expect(
      report.keyTimes.map(\.name) == [
        "started", "declared", "first_resolved", "reopened", "resolved",
      ])
    #expect(report.keyTimes.map(\.sinceStart.milliseconds) == [0, 90_000, 600_000, 900_000, 1_200_000])
    let markdown = report.markdown
    #expect(
      markdown.contains(
        "It began at 2026-11-21 03:05:33Z and was resolved at 2026-11-21 03:15:33Z after 10m00s, and reopened at "
          + "2026-11-21 03:20:33Z, and was resolved at 2026-11-21 03:25:33Z after 20m00s."), "\(markdown)")
    #expect(markdown.contains("- Took in: INC-2, Queue\n"))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try report.json())) as? [String: Any])
    let incident = try #require(json["incident"] as? [String: Any])
    let resolutions = try #require(incident["resolutions"] as? [[String: Any]])
    #expect(resolutions.map { $0["reopened"] as? String } == ["2026-11-21T03:20:33.000Z", nil])
  }
}
