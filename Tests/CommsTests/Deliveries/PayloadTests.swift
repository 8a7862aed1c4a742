import Incidents
import JSON
import Testing
import Values

@testable import Comms

/// The exact bytes of each kind.
struct PayloadTests {
  private func payload(
    _ kind: any DeliveryKind.Type, _ message: DeliveryMessage, _ fields: [(String, String)] = []
  ) throws -> DeliveryPayload {
    try kind.payload(of: message, to: Sample.destination(kind.name, fields: fields))
  }

  private func refusal(_ kind: any DeliveryKind.Type, _ message: DeliveryMessage) -> String? {
    do {
      _ = try kind.payload(of: message, to: Sample.destination(kind.name))
      return nil
    } catch {
      return error.sentence
    }
  }

  @Test func theRegistryNamesEachOnce() {
    let names = DeliveryKinds.all.map { $0.name }
    #expect(Set(names).count == names.count)
    for name in names { #expect(DeliveryKinds.named(name)?.name == name) }
    #expect(DeliveryKinds.named("fax") == nil)
  }

  // MARK: Statuspage

  @Test func statuspageMakesAnIncidentAndChangesIt() throws {
    let made = try payload(StatuspageDelivery.self, Sample.update())
    #expect(made.method == "POST" && made.path == "/incidents")
    #expect(made.headers == [.init("Content-Type", "application/json")])
    #expect(
      made.body == """
        {"incident":{"name":"Tickets cannot be sold","status":"investigating",\
        "body":"We look into it.\\nNext update: 03:30 UTC","impact_override":"critical","deliver_notifications":false}}
        """)
    let changed = try payload(
      StatuspageDelivery.self,
      Sample.update(stage: .resolved, severity: .s3, text: "All works.", remoteID: "p31zjtct2jer"))
    #expect(changed.method == "PATCH" && changed.path == "/incidents/p31zjtct2jer")
    #expect(
      changed.body == """
        {"incident":{"status":"resolved","body":"All works.","impact_override":"minor","deliver_notifications":false}}
        """)
  }

  @Test(arguments: [
    (Stage.investigating, Severity.s1, "investigating", "critical", "major_outage"),
    (.identified, .s2, "identified", "major", "partial_outage"),
    (.monitoring, .s3, "monitoring", "minor", "degraded_performance"),
    (.monitoring, .s4, "monitoring", "none", "degraded_performance"),
    (.resolved, .s1, "resolved", "critical", "operational"),
  ])
  func statuspageHasItsOwnWords(
    _ stage: Stage, _ severity: Severity, _ status: String, _ impact: String, _ component: String
  ) throws {
    var destination = Sample.destination("statuspage")
    destination.components = ["c1", "c2"]
    destination.notifies = true
    let made = try StatuspageDelivery.payload(
      of: Sample.update(stage: stage, severity: severity), to: destination)
    guard case .success(let json) = JSONValue.read(Array(made.body.utf8)) else { throw Refusal("no JSON") }
    let incident = try #require(json["incident"])
    #expect(incident["status"] == .string(status) && incident["impact_override"] == .string(impact))
    #expect(incident["component_ids"] == .array([.string("c1"), .string("c2")]))
    #expect(incident["components"]?.texts == ["c1": component, "c2": component])
    #expect(incident["deliver_notifications"] == .bool(true))
  }

  @Test(arguments: [
    ("02:00:00", "scheduled"), ("03:59:59", "scheduled"), ("04:00:00", "in_progress"),
    ("05:59:59", "in_progress"),
    ("06:00:00", "completed"),
  ])
  func statuspageKnowsWhatIsAnnounced(_ clock: String, _ status: String) throws {
    let window = DeliveryMessage.Window(from: Sample.at("04:00:00"), until: Sample.at("06:00:00"))
    let made = try payload(
      StatuspageDelivery.self,
      Sample.update(
        stage: .maintenance, severity: nil, incident: nil, text: "Patches.", window: window, clock: clock))
    #expect(
      made.body == """
        {"incident":{"name":"Tickets cannot be sold","status":"\(status)","body":"Patches.",\
        "impact_override":"maintenance","scheduled_for":"2026-11-21T04:00:00.000Z",\
        "scheduled_until":"2026-11-21T06:00:00.000Z","deliver_notifications":false}}
        """)
  }

  @Test func statuspageRefusesWhatItHasNoWordFor() {
    #expect(
      refusal(StatuspageDelivery.self, Sample.update(stage: .announcement))?.hasPrefix(
        "Statuspage has incidents") == true)
    #expect(
      refusal(StatuspageDelivery.self, Sample.update(stage: .maintenance))?.hasPrefix(
        "Statuspage wants to know when") == true)
    #expect(
      refusal(StatuspageDelivery.self, Sample.alert())?.hasPrefix("Nothing goes to a status page by itself")
        == true)
    #expect(
      refusal(StatuspageDelivery.self, Sample.update(remoteID: "../../pages"))?.contains("is no id") == true)
    let long = String(repeating: "x", count: 25_001)
    #expect(refusal(StatuspageDelivery.self, Sample.update(text: long))?.contains("25000") == true)
    #expect(
      refusal(StatuspageDelivery.self, Sample.update(subject: String(long.prefix(256))))?.contains("255")
        == true)
    #expect(refusal(StatuspageDelivery.self, Sample.update(subject: String(long.prefix(255)))) == nil)
  }

  // MARK: Slack, webhook, PagerDuty, Alertmanager

  @Test func slackShowsTheTextAsItIsWritten() throws {
    let made = try payload(SlackDelivery.self, Sample.update(text: "a < b & c > d <!channel> @channel *x*"))
    #expect(made.method == "POST" && made.path == "")
    #expect(
      made.body == """
        {"text":"Tickets cannot be sold\\n\\na &lt; b &amp; c &gt; d &lt;!channel&gt; @channel *x*","mrkdwn":false}
        """)
    let fits = String(repeating: "x", count: 40_000 - "Tickets cannot be sold\n\n".count)
    #expect(refusal(SlackDelivery.self, Sample.update(text: fits)) == nil)
    #expect(refusal(SlackDelivery.self, Sample.update(text: fits + "x"))?.contains("40000") == true)
  }

  @Test func aWebhookFillsItsTexts() throws {
    let made = try payload(
      WebhookDelivery.self, Sample.update(text: "say \"hi\"\n\\o/"),
      [
        ("title", "{{subject}}"), ("body", "[{{severity}}{{#incident}} {{incident}}{{/incident}}] {{text}}"),
        ("rule", "{{alert}}|"),
      ])
    #expect(made.headers == [.init("Content-Type", "application/json"), .init("Idempotency-Key", "0190-a")])
    #expect(
      made.body == """
        {"title":"Tickets cannot be sold","body":"[S1 INC-14] say \\"hi\\"\\n\\\\o/","rule":"|"}
        """)
    let alert = try payload(
      WebhookDelivery.self, Sample.alert(), [("x", "{{alert}} {{labels.job}} {{occasion}}")])
    #expect(alert.body == "{\"x\":\"QueueBacklog nova fired\"}")
    let all = try payload(WebhookDelivery.self, Sample.update(stage: nil, affected: ["api"]))
    #expect(
      all.body == """
        {"affected":["api"],"at":"2026-11-21T03:08:33.000Z","audience":"users","impact":"Nobody can sell",\
        "incident":"INC-14","key":"0190-a","next_update":"2026-11-21T03:30:00.000Z","occasion":"update",\
        "severity":"S1","started":"2026-11-21T03:00:00.000Z","subject":"Tickets cannot be sold","system":"nova-rms",\
        "text":"We look into it.\\nNext update: 03:30 UTC","title":"Sales are down"}
        """)
    let odd = try payload(WebhookDelivery.self, Sample.update(key: "a b\r\nX: y"))
    #expect(odd.headers.last == .init("Idempotency-Key", "a_b__X:_y"))
  }

  @Test(arguments: [
    ("{{subject}} {{labels.x}}", 0), ("{{nope}}", 1), ("{{#text}}", 1), ("{{ text", 1), ("plain", 0),
    ("{{#impact}}{{impact}}{{/impact}}", 0),
  ])
  func aWebhooksTextsAreChecked(_ text: String, _ count: Int) {
    let problems = WebhookDelivery.problems(in: text, file: "system.yaml", at: Position(line: 3, column: 9))
    #expect(problems.count == count, "\(problems)")
  }

  @Test func pagerDutyIsToldOfAlerts() throws {
    let fired = try payload(PagerDutyDelivery.self, Sample.alert())
    let key = "midwatch/nova-rms/QueueBacklog{endpoint=\\\"api\\\",job=\\\"nova\\\"}"
    #expect(
      fired.body == """
        {"event_action":"trigger","dedup_key":"\(key)","client":"midwatch","payload":{\
        "summary":"QueueBacklog fires: 231 > 200","source":"nova-rms","severity":"critical",\
        "timestamp":"2026-11-21T03:00:00.000Z","component":"api","group":"nova","class":"QueueBacklog",\
        "custom_details":{"text":"Look at the queue.","labels":{"endpoint":"api","job":"nova"}}}}
        """)
    let acknowledged = try payload(PagerDutyDelivery.self, Sample.alert(.acknowledged))
    #expect(acknowledged.body == "{\"event_action\":\"acknowledge\",\"dedup_key\":\"\(key)\"}")
    let resolved = try payload(PagerDutyDelivery.self, Sample.alert(.resolved))
    #expect(resolved.body == "{\"event_action\":\"resolve\",\"dedup_key\":\"\(key)\"}")
  }

  @Test func pagerDutyIsToldOfIncidents() throws {
    let first = try payload(PagerDutyDelivery.self, Sample.update(severity: .s3))
    #expect(
      first.body == """
        {"event_action":"trigger","dedup_key":"midwatch/nova-rms/INC-14","client":"midwatch","payload":{\
        "summary":"Tickets cannot be sold","source":"nova-rms","severity":"warning",\
        "timestamp":"2026-11-21T03:00:00.000Z","custom_details":{\
        "text":"We look into it.\\nNext update: 03:30 UTC","incident":"INC-14","status":"Investigating",\
        "impact":"Nobody can sell","next_update":"2026-11-21T03:30:00.000Z"}}}
        """)
    let over = try payload(PagerDutyDelivery.self, Sample.update(stage: .resolved, remoteID: "theirs"))
    #expect(over.body == "{\"event_action\":\"resolve\",\"dedup_key\":\"theirs\"}")
    #expect(refusal(PagerDutyDelivery.self, Sample.update(incident: nil))?.contains("neither") == true)
  }

  @Test func pagerDutysLimitsAreKept() throws {
    let long = String(repeating: "🌙", count: 3000)
    let one = Sample.alert(
      labels: ["a": long + "1"], subject: long, text: String(repeating: "\u{1}", count: 200_000))
    let two = Sample.alert(labels: ["a": long + "2"])
    var keys: [String] = []
    for message in [one, two, one] {
      let made = try payload(PagerDutyDelivery.self, message)
      guard case .success(let json) = JSONValue.read(Array(made.body.utf8)) else { throw Refusal("no JSON") }
      let key = try #require(json["dedup_key"]?.string)
      #expect(key.utf16.count <= 255)
      #expect(try #require(json["payload"]?["summary"]?.string).utf16.count <= 1024)
      #expect(made.body.utf8.count < 512 * 1024)
      keys.append(key)
    }
    #expect(keys[0] == keys[2] && keys[0] != keys[1], "alike at the beginning, and told apart")
  }

  @Test func alertmanagerGetsAnIncidentForADay() throws {
    let made = try payload(AlertmanagerDelivery.self, Sample.update())
    #expect(made.path == "/api/v2/alerts")
    #expect(
      made.body == """
        [{"labels":{"alertname":"Incident","incident":"INC-14","system":"nova-rms"},"annotations":{\
        "description":"We look into it.\\nNext update: 03:30 UTC","impact":"Nobody can sell","incident_severity":"S1",\
        "next_update":"2026-11-21T03:30:00.000Z","status":"Investigating","summary":"Tickets cannot be sold"},\
        "startsAt":"2026-11-21T03:00:00.000Z","endsAt":"2026-11-22T03:08:33.000Z"}]
        """)
    let over = try payload(AlertmanagerDelivery.self, Sample.update(stage: .resolved))
    #expect(over.body.contains("\"endsAt\":\"2026-11-21T03:08:33.000Z\""))
    #expect(refusal(AlertmanagerDelivery.self, Sample.alert()) != nil)
  }

  // MARK: Files, programs, the clipboard

  @Test func aFileGetsOneEntry() throws {
    let made = try payload(FileDelivery.self, Sample.update(text: "One.\n\n## 2026-01-01 forged\n> x"))
    #expect(made.way == .append)
    #expect(
      made.body == """

        ## 2026-11-21 03:08:33Z · nova-rms · INC-14 · S1 · Investigating

        Tickets cannot be sold

        > One.
        >
        > ## 2026-01-01 forged
        > > x

        """)
  }

  @Test func aProgramGetsTheTextAndWhatItIsAbout() throws {
    let made = try payload(CommandDelivery.self, Sample.update(subject: "a\nb", text: "x\u{1B}[2J"))
    #expect(made.way == .run && made.body == "a b\n\nx␛[2J\n")
    #expect(
      made.headers.map { "\($0.name)=\($0.value)" } == [
        "MIDWATCH_KEY=0190-a", "MIDWATCH_OCCASION=update", "MIDWATCH_SYSTEM=nova-rms",
        "MIDWATCH_INCIDENT=INC-14",
        "MIDWATCH_TITLE=Sales are down", "MIDWATCH_SEVERITY=S1", "MIDWATCH_STAGE=Investigating",
        "MIDWATCH_AUDIENCE=users", "MIDWATCH_SUBJECT=a b", "MIDWATCH_NEXT_UPDATE=2026-11-21T03:30:00.000Z",
        "MIDWATCH_AT=2026-11-21T03:08:33.000Z",
      ])
  }

  @Test func theClipboardGetsTheText() throws {
    #expect(
      try payload(ClipboardDelivery.self, Sample.update()).body
        == "Tickets cannot be sold\n\nWe look into it.\nNext update: 03:30 UTC")
    #expect(
      try payload(ClipboardDelivery.self, Sample.update(subject: "", text: "a\tb\r\nc")).body == "a b\nc")
  }

  @Test func cStateWritesOneFileWithAllUpdates() throws {
    let first = try payload(
      CStateDelivery.self, Sample.update(subject: "Sales: \"down\"", affected: ["Shop", "API #2"]))
    #expect(first.way == .write && first.path == "2026-11-21-nova-rms-inc-14.md")
    #expect(
      first.body == """
        ---
        title: "Sales: \\"down\\""
        date: 2026-11-21T03:00:00Z
        resolved: false
        severity: down
        affected:
          - "Shop"
          - "API #2"
        section: issue
        ---

        *Investigating* - We look into it.\\
        Next update: 03:30 UTC {{< track "2026-11-21T03:08:33Z" >}}

        """)
    let earlier = [
      DeliveryMessage.Earlier(
        at: Sample.at("03:08:33"), stage: .investigating, subject: "Sales", text: "We look.")
    ]
    let last = try payload(
      CStateDelivery.self,
      Sample.update(
        stage: .resolved, severity: .s2, subject: "Over", text: "All works.\n\nNo data was lost.",
        clock: "04:00:00",
        remoteID: "2026-11-21-nova-rms-inc-14.md", earlier: earlier))
    #expect(last.path == first.path)
    #expect(
      last.body == """
        ---
        title: "Sales"
        date: 2026-11-21T03:00:00Z
        resolved: true
        resolvedWhen: 2026-11-21T04:00:00Z
        severity: disrupted
        section: issue
        ---

        *Resolved* - All works.

        No data was lost. {{< track "2026-11-21T04:00:00Z" >}}

        *Investigating* - We look. {{< track "2026-11-21T03:08:33Z" >}}

        """)
  }

  @Test func cStateAnnounces() throws {
    let made = try payload(
      CStateDelivery.self,
      Sample.update(key: "K/7", stage: .maintenance, severity: nil, incident: nil, text: "Patches."))
    #expect(made.path == "2026-11-21-nova-rms-maintenance-k-7.md")
    #expect(
      made.body == """
        ---
        title: "Tickets cannot be sold"
        date: 2026-11-21T03:00:00Z
        informational: true
        section: issue
        ---

        Patches. {{< track "2026-11-21T03:08:33Z" >}}

        """)
    #expect(refusal(CStateDelivery.self, Sample.update(remoteID: "../x.md"))?.contains("is no name") == true)
  }
}
