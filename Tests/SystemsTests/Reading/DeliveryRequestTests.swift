import Comms
import Testing
import Values
import Wire

@testable import Systems

/// Address and secrets meet the payload.
struct DeliveryRequestTests {
  private static let secrets = ["KEY": Secret("s3cret key"), "PAGE": Secret("pg 1")]

  private func delivery(_ text: String) throws -> Delivery {
    let (system, problems) = SystemFolder.read(
      "title: T\nsecrets: {KEY: , PAGE: }\ndeliveries:\n  out: \(text)\n",
      environment: ["KEY": "s3cret key", "PAGE": "pg 1"])
    #expect(problems.isEmpty, "\(problems)")
    return try #require(system.deliveries.first)
  }

  private func request(_ text: String, _ change: (inout DeliveryPayload) -> Void = { _ in }) throws -> Request
  {
    var payload = DeliveryPayload(.http, body: "{\"a\":1}")
    payload.headers = [.init("Content-Type", "application/json")]
    change(&payload)
    return try delivery(text).request(for: payload, with: Self.secrets)
  }

  @Test func statuspage() throws {
    let sent = try request(
      "{statuspage: \"${PAGE}\", token: \"${KEY}\", url: \"http://127.0.0.1:9/\", timeout: 7s}"
    ) {
      $0.method = "PATCH"
      $0.path = "/incidents/p31"
    }
    #expect(sent.method == "PATCH" && sent.timeout == .seconds(7) && sent.redirects == 0)
    #expect(sent.url == "http://127.0.0.1:9/v1/pages/•••/incidents/p31")
    #expect(sent.revealedURL == "http://127.0.0.1:9/v1/pages/pg%201/incidents/p31")
    #expect(
      sent.revealedHeaders == [
        Header("Content-Type", "application/json"), Header("Authorization", "OAuth s3cret key"),
      ])
    #expect(!"\(sent)".contains("s3cret"))
    #expect(sent.confidential.values.contains(Secret("s3cret key")))
    let plain = try request("{statuspage: pg1, token: x}") { $0.path = "/incidents" }
    #expect(plain.revealedURL == "https://api.statuspage.io/v1/pages/pg1/incidents")
  }

  @Test func pagerDutysKeyIsTheFirstMember() throws {
    let sent = try request("{pagerduty: \"${KEY}\"}")
    #expect(sent.revealedURL == "https://events.pagerduty.com/v2/enqueue")
    #expect(
      sent.revealedBody.map { String(decoding: $0, as: UTF8.self) }
        == "{\"routing_key\":\"s3cret key\",\"a\":1}")
    #expect(sent.body.map { String(decoding: $0, as: UTF8.self) } == "{\"routing_key\":\"•••\",\"a\":1}")
    let empty = try request("{pagerduty: k}") { $0.body = "{}" }
    #expect(empty.revealedBody.map { String(decoding: $0, as: UTF8.self) } == "{\"routing_key\":\"k\"}")
    #expect(!"\(sent)".contains("s3cret"))
  }

  @Test func webhookAndAlertmanager() throws {
    let sent = try request(
      "{webhook: \"https://a.example/hook?k=${KEY}\", bearer: \"${KEY}\", headers: {X-Team: ops, X-Key: \"${KEY}\"}, ca: ca.pem, verify: false}"
    )
    #expect(sent.url == "https://a.example/hook?k=•••")
    #expect(sent.revealedURL == "https://a.example/hook?k=s3cret%20key")
    #expect(sent.authorization == .bearer(Secret("s3cret key")))
    #expect(sent.headers == [Header("Content-Type", "application/json"), Header("X-Team", "ops")])
    #expect(sent.confidential.headers == ["X-Key": Secret("s3cret key")])
    #expect(sent.tls.ca == "ca.pem" && !sent.tls.verify)
    let alert = try request("{alertmanager: \"http://127.0.0.1:9093/am/\"}") { $0.path = "/api/v2/alerts" }
    #expect(alert.revealedURL == "http://127.0.0.1:9093/am/api/v2/alerts")
    let slack = try request("{slack: \"${KEY}\"}")
    #expect(slack.url == "•••" && slack.revealedURL == "s3cret key")
  }

  @Test func aMailsRoute() throws {
    let route = try delivery(
      "{smtp: mail.example.com, from: Ops <a@b.c>, to: [d@e.f], bcc: j@k.l, user: me, password: \"${KEY}\"}"
    ).mailRoute(with: Self.secrets)
    #expect(route.server == HostAndPort(host: "mail.example.com", port: 587) && route.encryption == .starttls)
    #expect(route.login?.user == "me" && route.login?.password == Secret("s3cret key"))
    #expect(route.from == "a@b.c" && route.recipients == ["d@e.f", "j@k.l"] && route.verifies)
    let local = try delivery("{smtp: \"127.0.0.1:1025\", from: a@b.c, to: d@e.f}").mailRoute(with: [:])
    #expect(local.encryption == .never && local.login == nil && local.server.port == 1025)
    let sealed = try delivery("{smtp: mail.example.com, tls: always, from: a@b.c, to: d@e.f}").mailRoute(
      with: [:])
    #expect(sealed.server.port == 465)
  }

  @Test func whatHasNoValueStopsIt() throws {
    let slack = try delivery("{slack: \"${KEY}\"}")
    #expect(throws: DeliveryObstacle(sentence: "The delivery out uses KEY, which has no value; set it.")) {
      try slack.request(for: DeliveryPayload(.http, body: "{}"), with: [:])
    }
    #expect(throws: DeliveryObstacle.self) {
      try slack.request(
        for: DeliveryPayload(.http, body: "{}"), with: ["KEY": Secret("https://x.example\r\nX: y")])
    }
    let file = try delivery("{file: x}")
    #expect(throws: DeliveryObstacle.self) {
      try file.request(for: DeliveryPayload(.http, body: ""), with: [:])
    }
  }
}
