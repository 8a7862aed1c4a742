import Incidents
import Testing
import Values

@testable import Comms

/// What each kind makes of each answer.
struct VerdictTests {
  /// How a verdict ends, and what its words hold.
  enum End: String, Sendable {
    case sent, again, failed, unknown
  }

  struct Case: Sendable {
    let kind: String
    let answer: DeliveryAnswer
    let end: End
    let says: String
    var id: String?

    init(_ kind: String, _ answer: DeliveryAnswer, _ end: End, _ says: String = "", id: String? = nil) {
      self.kind = kind
      self.answer = answer
      self.end = end
      self.says = says
      self.id = id
    }
  }

  private static func http(_ status: Int, _ body: String = "", after: Span? = nil) -> DeliveryAnswer {
    .http(status: status, retryAfter: after, body: body)
  }

  private static let overHTTP = ["statuspage", "webhook", "slack", "pagerduty", "alertmanager"]

  /// What all say alike: 3xx, 400, 401, 403, 404, 413, 429, 500, 503.
  static let common = overHTTP.flatMap { kind in
    [
      Case(kind, http(302), .failed, "redirect"),
      Case(kind, http(400, "{\"error\":\"bad\"}"), .failed, "{\"error\":\"bad\"}"),
      Case(kind, http(401), .failed, "refuses us with 401"),
      Case(kind, http(403, "no\u{1B}[2J"), .failed, "\"no␛[2J\""),
      Case(kind, http(404), .failed, "not there"), Case(kind, http(413), .failed, "413"),
      Case(kind, http(429, after: .seconds(17)), .again, "429"), Case(kind, http(500), .again, "500"),
      Case(kind, http(503, after: .seconds(5)), .again, "503"),
      Case(kind, .unsent("Nobody listens."), .again, "Nobody listens."),
      Case(kind, .mail(code: 250, line: "250 ok"), .unknown), Case(kind, .done("x"), .unknown),
    ]
  }

  /// What must not go twice without a key.
  static let doubtful = overHTTP.flatMap { kind in
    let end: End = ["statuspage", "slack"].contains(kind) ? .unknown : .again
    return [
      Case(kind, http(502), end, "502"), Case(kind, http(504), end, "504"), Case(kind, http(99), end, "99"),
      Case(kind, .unheard("The connection broke."), end, "The connection broke."),
    ]
  }

  static let own = [
    Case(
      "statuspage", http(201, "{\"id\":\"p31zjtct2jer\"}"), .sent, "201, incident p31zjtct2jer",
      id: "p31zjtct2jer"),
    Case("statuspage", http(200, "{\"id\":\"p31\",\"name\":\"x\"}"), .sent, "p31", id: "p31"),
    Case("statuspage", http(200, "<html>Log in</html>"), .unknown, "is this its address?"),
    Case("statuspage", http(201, "{\"id\":\"../x\"}"), .unknown, "is this its address?"),
    Case("statuspage", http(201, "{\"id\":7}"), .unknown), Case("statuspage", http(200), .unknown),
    Case("statuspage", http(420), .again, "420"), Case("statuspage", http(409), .failed, "409"),
    Case("statuspage", http(422, "{\"error\":[\"Name can't be blank\"]}"), .failed, "can't be blank"),
    Case("slack", http(200, "ok"), .sent, "200 ok"), Case("slack", http(200, "ok\n"), .sent),
    Case("slack", http(200, "<html>"), .unknown, "not as Slack does"), Case("slack", http(202), .unknown),
    Case("slack", http(400, "invalid_payload"), .failed, "invalid_payload"),
    Case("slack", http(403, "action_prohibited"), .failed, "action_prohibited"),
    Case("slack", http(404, "channel_not_found"), .failed, "channel_not_found"),
    Case("slack", http(410, "channel_is_archived"), .failed, "channel_is_archived"),
    Case("slack", http(500, "rollup_error"), .again, "rollup_error"),
    Case("slack", http(409), .failed, "409"),
    Case(
      "pagerduty", http(202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"k\"}"),
      .sent,
      "202 accepted", id: "k"),
    Case("pagerduty", http(202, "{\"status\":\"invalid event\"}"), .failed, "not as PagerDuty does"),
    Case("pagerduty", http(200, "ok"), .failed, "is this its address?"),
    Case("pagerduty", http(409), .failed, "409"),
    Case("webhook", http(200, "{\"id\":\"m-1\"}"), .sent, "200", id: "m-1"),
    Case("webhook", http(201, "{\"id\":42}"), .sent, "201", id: "42"),
    Case("webhook", http(204), .sent, "204"),
    Case("webhook", http(202, "\u{1B}[2J<html>"), .sent, "␛[2J"),
    Case("webhook", http(409, after: .seconds(2)), .again, "409"),
    Case("webhook", http(200, "{\"id\":1e99}"), .sent), Case("webhook", http(422), .failed, "422"),
    Case("alertmanager", http(200), .sent, "200"),
    Case("alertmanager", http(200, "<html>"), .failed, "not as Alertmanager"),
    Case("alertmanager", http(409), .failed, "409"),
    Case(
      "smtp", .mail(code: 250, line: "250 2.0.0 Ok: queued as 4F1\r\n"), .sent, "queued as 4F1",
      id: "<0190-a@example.com>"),
    Case("smtp", .mail(code: 421, line: "421 later"), .again, "421 later"),
    Case("smtp", .mail(code: 450, line: "450 greylisted"), .again, "greylisted"),
    Case("smtp", .mail(code: 535, line: "535 no"), .failed, "look at user, password and tls"),
    Case("smtp", .mail(code: 550, line: "550 no \u{1B}[2J such user"), .failed, "␛[2J such user"),
    Case("smtp", .mail(code: 0, line: "???"), .unknown), Case("smtp", .unsent("No route."), .again),
    Case("smtp", .unheard("It broke."), .again), Case("smtp", http(200), .unknown),
    Case("file", .done("ops/LOG.md"), .sent, "ops/LOG.md"),
    Case("file", .refused("The disk is full."), .again, "full"),
    Case("file", .unsent("No such folder."), .again), Case("file", .unheard("Killed."), .again),
    Case("command", .done("exit 0"), .sent), Case("command", .refused("exit 3"), .failed),
    Case("command", .unheard("x"), .unknown),
    Case("cstate", .done("x"), .sent, id: "2026-11-21-nova-rms-inc-14.md"),
    Case("cstate", .refused("x"), .again),
    Case("cstate", .unheard("x"), .again), Case("clipboard", .done("x"), .sent),
    Case("clipboard", .unheard("x"), .again),
    Case("file", http(200), .unknown),
  ]

  @Test(arguments: [common, doubtful, own].flatMap { $0 })
  func anAnswerMeans(_ tried: Case) throws {
    let kind = try #require(DeliveryKinds.named(tried.kind))
    let payload = try kind.payload(of: Sample.update(), to: Sample.destination(tried.kind))
    let verdict = kind.verdict(on: tried.answer, of: payload)
    let found: (End, String, String?)
    switch verdict {
    case .sent(let receipt, let id): found = (.sent, receipt, id)
    case .again(let reason, let after):
      found = (.again, reason, nil)
      if case .http(_, let asked, _) = tried.answer { #expect(after == asked || after == nil) }
      if case .http(429, let asked, _) = tried.answer { #expect(after == asked) }
    case .failed(let reason): found = (.failed, reason, nil)
    case .unknown(let reason): found = (.unknown, reason, nil)
    }
    #expect(found.0 == tried.end, "\(tried.kind) on \(tried.answer): \(verdict)")
    #expect(tried.says.isEmpty || found.1.contains(tried.says), "\(verdict)")
    #expect(found.2 == tried.id, "\(verdict)")
    #expect(!found.1.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func whatIsSaidIsShort() {
    let said = HTTPVerdict.said("\n  \n" + String(repeating: "x", count: 5000))
    #expect(said == ", \"" + String(repeating: "x", count: 200) + "…\"")
    #expect(HTTPVerdict.said(" \n") == "")
  }
}
