import Foundation
import Incidents
import Playbooks

@testable import Retro

/// What somebody may write, or a server send, to make an export do more than say it.
enum Hostility {
  static let texts: [(name: String, text: String)] = [
    ("script", "<script>document.documentElement.setAttribute('data-ran','1')</script>"),
    ("image", "<img src=x onerror=\"document.documentElement.setAttribute('data-ran','1')\">"),
    ("attribute", "\" onmouseover=\"alert(1)\" x='"),
    ("formula", "=cmd|' /C calc'!A0"),
    ("formulas", "+1+cmd()\n@SUM(1)\n-2\n\t=1"),
    ("link", "[x](javascript:alert(1)) ![y](data:text/html,<script>) <javascript:alert(1)>"),
    ("definition", "]: x\n[a]: javascript:alert(1)\n\n[a]\n\n# Heading\n\n---\n"),
    ("terminal", "\u{1B}[31mred\u{1B}]0;title\u{07}\u{9B}2J\u{8}\u{0}\u{7F}"),
    ("direction", "a\u{202E}b\u{2066}c\u{200F}d\u{2028}e\u{FEFF}f"),
    ("comment", "--> ]]> </style></title></textarea> <!-- <![CDATA[ */ \\"),
    ("mustache", "{{title}} {{{timeline}}} {{#impact}} {{=<% %>=}} q0section1e"),
    ("lines", "one\r\ntwo\rthree\n\nfour"),
    ("table", "a | b \\| c |\n|---|---|\n| d | e |"),
    ("fence", "```\n````\n~~~\n`````html\n<b>"),
    ("indented", "    code\n\tcode\n1. x\n- y\n> z\n+ w"),
    ("entity", "&#60;script&#62; &lt;b&gt; &amp;#8238; &NewLine; &colon;"),
  ]

  /// Where people write freely, or another machine does.
  private static let fields: Set<String> = [
    "title", "summary", "reason", "impact", "text", "subject", "objections", "outcome", "customer",
    "requester",
    "tenant", "what", "undo", "words", "severity_name", "data_lost", "playbook", "environment", "cwd",
    "owner",
    "who", "executes", "contact", "rule", "endpoint", "audience", "destinations", "affected", "flag", "queue",
    "sky",
    "end", "hands_over", "role", "name",
  ]

  /// ``Story/rich`` with `text` before whatever people or machines wrote.
  static func story(_ text: String) -> Story {
    func changed(_ value: Any, _ field: String, _ kind: String) -> Any {
      if let words = value as? String {
        let isFree =
          fields.contains(field) || field == "command" && kind == CommandStarted.kind
          || field == "to" && kind == IncidentLinked.kind
        return isFree ? text + words : words
      }
      if let list = value as? [Any] { return list.map { changed($0, field, kind) } }
      guard let object = value as? [String: Any] else { return value }
      return Dictionary(uniqueKeysWithValues: object.map { ($0.key, changed($0.value, $0.key, kind)) })
    }
    func changed(_ event: Event) -> Event {
      guard let body = event.body, let value = try? JSONSerialization.jsonObject(with: Data(body)),
        let data = try? JSONSerialization.data(withJSONObject: changed(value, "", event.kind))
      else { return event }
      return Event(
        origin: event.origin, seq: event.seq, id: event.id, kind: event.kind, version: event.version,
        occurred: event.occurred, ended: event.ended, recorded: event.recorded, actor: event.actor,
        incident: event.incident, ticket: event.ticket, body: Array(data))
    }
    var story = Story.rich
    story.events = story.events.map(changed)
    story.desk = story.desk.map(changed)
    return story
  }

  /// The report of ``story(_:)``, its texts and charts alike.
  static func report(_ text: String) -> IncidentReport {
    let charts = Story.richCharts.map { chart in
      var chart = chart
      chart.title = text + chart.title
      for index in chart.lines.indices { chart.lines[index].name = text + chart.lines[index].name }
      for index in chart.thresholds.indices {
        chart.thresholds[index].name = text + chart.thresholds[index].name
      }
      for index in chart.firing.indices { chart.firing[index].name = text + chart.firing[index].name }
      for index in chart.marks.indices { chart.marks[index].name = text + chart.marks[index].name }
      return chart
    }
    return story(text).report(
      zone: .init(offset: 7200, name: text + "CEST"), texts: Story.richTexts.mapValues { text + $0 },
      charts: charts)
  }
}
