import Comms
import Foundation
import Incidents
import TestSupport
import Testing
import Values

/// What leaves for each service, as a receiver gets it, against what the service's public definition says.
@Suite(
  .serialized, .enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
struct ServiceTests {
  private func only(_ receiver: Receiver, _ path: String) throws -> Receiver.Received {
    let last = try #require(try receiver.received().last)
    #expect(last.path == path)
    #expect(last.values("content-type") == ["application/json"])
    #expect(last.values("user-agent") == ["midwatch/test"])
    return last
  }

  @Test func statuspageMakesOneIncidentAndChangesIt() throws {
    let receiver = try Receiver()
    let outlet = try Outlet(
      "{statuspage: pg1, token: \"${KEY}\", notify: false, components: [c1], url: \"\(receiver.url)/statuspage\"}"
    )
    let id = try outlet.sent(.about())
    #expect(id == "p31zjtct2jer")
    let made = try only(receiver, "/statuspage/v1/pages/pg1/incidents")
    #expect(made.method == "POST" && made.values("authorization") == ["OAuth \(Outlet.key)"])
    #expect(APIDefinition.statuspage(isNew: true).mistakes(in: made.json) == [])
    let incident = try #require((made.json as? [String: Any])?["incident"] as? [String: Any])
    #expect(incident["name"] as? String == "Karten können nicht verkauft werden 🌙")
    #expect(incident["body"] as? String == "We look into it. <!channel> & \"so\"\nNext update: 03:30 UTC")
    #expect(
      incident["deliver_notifications"] as? Bool == false && incident["status"] as? String == "investigating")
    for stage in [Stage.identified, .monitoring, .resolved] {
      #expect(try outlet.sent(.about(key: "k-\(stage)", stage: stage, remoteID: id)) == id)
      let changed = try only(receiver, "/statuspage/v1/pages/pg1/incidents/p31zjtct2jer")
      #expect(changed.method == "PATCH")
      #expect(APIDefinition.statuspage(isNew: false).mistakes(in: changed.json) == [])
      let incident = (changed.json as? [String: Any])?["incident"] as? [String: Any]
      #expect(incident?["status"] as? String == stage.rawValue.lowercased())
      #expect(
        incident?["components"] as? [String: String] == [
          "c1": stage == .resolved ? "operational" : "major_outage"
        ])
    }
    let start = Instant(milliseconds: 1_795_260_000_000)
    let window = DeliveryMessage.Window(from: start, until: start + .hours(2))
    _ = try outlet.sent(.about(stage: .maintenance, severity: nil, incident: nil, window: window))
    let planned = try only(receiver, "/statuspage/v1/pages/pg1/incidents")
    #expect(APIDefinition.statuspage(isNew: true).mistakes(in: planned.json) == [])
    #expect(try receiver.received().count == 5, "each once")
  }

  @Test func pagerDutyIsTriggeredAcknowledgedAndResolvedUnderOneKey() throws {
    let receiver = try Receiver()
    let outlet = try Outlet(
      "{pagerduty: \"${KEY}\", on: page, url: \"\(receiver.url)/pagerduty/v2/enqueue\"}")
    var keys: Set<String> = []
    let occasions: [(DeliveryMessage.Occasion, String)] = [
      (.fired, "trigger"), (.acknowledged, "acknowledge"), (.resolved, "resolve"),
    ]
    for (occasion, action) in occasions {
      keys.insert(try #require(try outlet.sent(.alert(occasion))))
      let sent = try only(receiver, "/pagerduty/v2/enqueue")
      #expect(sent.method == "POST")
      #expect(APIDefinition.pagerDuty(action).mistakes(in: sent.json) == [])
      #expect((sent.json as? [String: Any])?["routing_key"] as? String == Outlet.key)
    }
    #expect(keys == ["midwatch/shop/QueueBacklog{endpoint=\"api\",job=\"shop\"}"])
    #expect(try outlet.sent(.about()) == "midwatch/shop/INC-14")
    #expect(
      APIDefinition.pagerDuty("trigger").mistakes(in: try only(receiver, "/pagerduty/v2/enqueue").json) == [])
  }

  @Test func slackAndAWebhookGetTheirs() throws {
    let receiver = try Receiver()
    _ = try Outlet("{slack: \"\(receiver.url)/slack/${KEY}\"}").sent(.about())
    let message = try only(receiver, "/slack/\(Outlet.key)")
    #expect(APIDefinition.slack.mistakes(in: message.json) == [])
    #expect(
      (message.json as? [String: Any])?["text"] as? String
        == "Karten können nicht verkauft werden 🌙\n\nWe look into it. &lt;!channel&gt; &amp; \"so\"\nNext update: 03:30 UTC"
    )

    let hook = try Outlet(
      "{webhook: \"\(receiver.url)/202/hook\", method: PUT, bearer: \"${KEY}\", headers: {X-Team: ops}, json: {a: \"{{text}}\", b: \"{{incident}} {{stage}}\"}}"
    )
    for _ in 1...2 { _ = try hook.sent(.about()) }
    let put = try only(receiver, "/202/hook")
    #expect(put.method == "PUT" && put.values("authorization") == ["Bearer \(Outlet.key)"])
    #expect(put.values("x-team") == ["ops"])
    #expect(
      put.json as? [String: String] == [
        "a": "We look into it. <!channel> & \"so\"\nNext update: 03:30 UTC", "b": "INC-14 Investigating",
      ])
    let keys = try receiver.received().filter { $0.method == "PUT" }.flatMap { $0.values("idempotency-key") }
    #expect(keys == ["0190-a", "0190-a"], "the same for each try")
  }

  /// By what is answered: with a key of its own, and without.
  static let answers: [(way: String, keyed: String, keyless: String)] = [
    ("200", "sent", "unknown"), ("202", "sent", "unknown"), ("400", "failed", "failed"),
    ("401", "failed", "failed"),
    ("429", "again in 7", "again in 7"), ("500", "again", "again"), ("502", "again", "unknown"),
    ("hang", "again", "unknown"), ("reset", "again", "unknown"), ("half", "again", "unknown"),
    ("garbage", "again", "unknown"), ("slack", "sent", "sent"), ("302", "failed", "failed"),
  ]

  @Test(arguments: answers.indices) func eachAnswerHasItsEnd(_ index: Int) throws {
    let (way, keyed, keyless) = Self.answers[index]
    let receiver = try Receiver()
    let hook = try Outlet("{webhook: \"\(receiver.url)/\(way)\", timeout: 1s}").send(.about())
    #expect(hook.end == keyed, "\(way): \(hook)")
    let slack = try Outlet("{slack: \"\(receiver.url)/\(way)/${KEY}\", timeout: 1s}").send(.about())
    #expect(slack.end == keyless, "\(way): \(slack)")
    #expect(!"\(slack)".contains(Outlet.key), "no secret in what is told")
    #expect(try receiver.received().count == 2, "one request each")
  }

  @Test func whereNobodyListensNothingWent() throws {
    let receiver = try Receiver()
    let outlet = try Outlet("{slack: \"\(receiver.url)/slack\", timeout: 1s}")
    receiver.end()
    #expect(try outlet.send(.about()).end == "again")
  }
}

/// An incident in a live Alertmanager.
@Suite(
  .serialized,
  .enabled(
    if: Peer.has("prometheus-alertmanager"),
    "prometheus-alertmanager is not installed: make test-peers installs it"))
struct IncidentAlertTests {
  @Test func anIncidentIsAnAlertUntilItIsResolved() throws {
    let peer = try Peer.alertmanager()
    let outlet = try Outlet("{alertmanager: \"\(peer.url)\"}")
    func message(_ stage: Stage) -> DeliveryMessage {
      let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
      return DeliveryMessage(
        key: "k", occasion: .update, system: "shop", incident: "INC-14", title: "t", severity: .s2,
        stage: stage,
        subject: "Sales <down>", text: "We \"look\".", started: now - .minutes(5), at: now)
    }
    func alerts() -> [[String: Any]] { Net.json("\(peer.url)/api/v2/alerts") as? [[String: Any]] ?? [] }
    _ = try outlet.sent(message(.investigating))
    let seen = try Condition.wait(for: "the alert") { alerts().first }
    #expect(
      seen["labels"] as? [String: String] == [
        "alertname": "Incident", "incident": "INC-14", "system": "shop",
      ])
    let notes = try #require(seen["annotations"] as? [String: String])
    #expect(
      notes["summary"] == "Sales <down>" && notes["description"] == "We \"look\"."
        && notes["status"] == "Investigating")
    _ = try outlet.sent(message(.monitoring))
    _ = try Condition.wait(for: "its change") {
      (alerts().first?["annotations"] as? [String: String])?["status"] == "Monitoring" ? true : nil
    }
    #expect(alerts().count == 1, "still the same one")
    _ = try outlet.sent(message(.resolved))
    _ = try Condition.wait(for: "its end") { alerts().isEmpty ? true : nil }
    let payload = try AlertmanagerDelivery.payload(
      of: message(.investigating), to: outlet.delivery.destination)
    let list = try JSONSerialization.jsonObject(with: Data(payload.body.utf8)) as? [Any]
    #expect(APIDefinition.alert.mistakes(in: list?.first) == [])
  }
}
