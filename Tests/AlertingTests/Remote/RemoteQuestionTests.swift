import Alerting
import Metrics
import PromQL
import Testing
import Values
import Wire

@Suite struct RemoteQuestionTests {
  private let now = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func read(
    _ body: String, as question: RemoteQuestion = .value, status: Int = 200,
    type: String = "application/json",
    headers: [Header] = []
  ) -> RemoteAnswer {
    let response = Response(
      status: status, headers: [Header("Content-Type", type)] + headers, body: Array(body.utf8))
    return question.read(.success(response), at: now)
  }

  private func failure(_ answer: RemoteAnswer) -> RemoteFailure? {
    if case .failure(let failure) = answer { failure } else { nil }
  }

  @Test func aVectorComesToTheLastDigit() throws {
    let answer = read(
      """
      {"status":"success","warnings":["w"],"infos":["i"],"data":{"resultType":"vector","result":[
       {"metric":{"__name__":"a","x":"é"},"value":[1435781430.781,"0.1"]},
       {"metric":{},"value":[1435781430,"+Inf"]},{"metric":{"n":"1"},"value":[1435781430,"NaN"]},
       {"metric":{"n":"2"},"value":[1e9,"1.7976931348623157e+308"]},{"metric":{"n":"3"},"value":[1,"-0"]}]}}
      """)
    guard case .success(.value(let value)) = answer else {
      Issue.record("\(answer)")
      return
    }
    let elements = try #require(value.elements)
    #expect(
      elements.map(\.labels.description) == [#"a{x="é"}"#, "{}", #"{n="1"}"#, #"{n="2"}"#, #"{n="3"}"#])
    #expect(elements[0].value == 0.1 && elements[1].value == .infinity && elements[2].value.isNaN)
    #expect(elements[3].value == .greatestFiniteMagnitude && elements[4].value.sign == .minus)
    #expect(value.remarks == ["w", "i"])
  }

  @Test func timesOfAMatrixAreWholeMilliseconds() {
    let answer = read(
      """
      {"status":"success","data":{"resultType":"matrix","result":[
       {"metric":{"b":"2"},"values":[[1435781430.781,"1"],[1435781445.781,"2"]]},{"metric":{"a":"1"},"values":[]}]}}
      """)
    let points = [Point(t: 1_435_781_430_781, v: 1), Point(t: 1_435_781_445_781, v: 2)]
    let expected = Value.matrix([
      SeriesPoints(Labels(["a": "1"]), []), SeriesPoints(Labels(["b": "2"]), points),
    ])
    #expect(answer == .success(.value(PrometheusValue(expected))))
  }

  @Test(arguments: [
    (
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"x"]}]}}"#,
      "no number"
    ),
    (
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["1","1"]}]}}"#,
      "no pair"
    ),
    (
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":1},"value":[1,"1"]}]}}"#,
      "labels"
    ),
    (#"{"status":"success","data":{"resultType":"vector","result":7}}"#, "no list"),
    (#"{"status":"success","data":{"resultType":"stream","result":[]}}"#, "resultType \"stream\""),
    (#"{"status":"success"}"#, "no data"), (#"[]"#, "no status"), (#"{"a":"#, "not JSON"), ("", "empty"),
    (
      #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1e300,"1"]}]}}"#,
      "no pair"
    ),
  ])
  func nonsenseIsNamed(_ body: String, _ what: String) {
    let failure = failure(read(body))
    #expect(failure?.kind == .unreadable)
    #expect(failure?.deed.contains(what) == true, "\(failure?.deed ?? "")")
  }

  @Test func theQuestionsFaultIsNotTheServers() {
    let refused = failure(
      read(#"{"status":"error","errorType":"bad_data","error":"parse error"}"#, status: 400))
    #expect(refused?.isTheQuestions == true && refused?.deed == "refuses: parse error")
    #expect(
      failure(read(#""at least one label pair required""#, as: .deed, status: 400))?.isTheQuestions == true)
    #expect(failure(read("<h1>no</h1>", status: 400, type: "text/html"))?.isTheQuestions == false)
    let native = failure(
      read(
        #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}}"#))
    #expect(native?.isTheQuestions == true && native?.deed.contains("native histograms") == true)
  }

  @Test func statusesAreSentences() {
    func sentence(_ status: Int, _ headers: [Header] = []) -> String? {
      failure(read("{}", status: status, headers: headers))?.sentence(of: "prometheus at http://p")
    }
    #expect(sentence(503) == "prometheus at http://p answers 503 Service Unavailable.")
    #expect(
      sentence(429, [Header("Retry-After", "90")])
        == "prometheus at http://p answers 429 Too Many Requests, and asks for 1m30s of patience.")
    #expect(
      sentence(401)
        == "prometheus at http://p refuses us with 401: look at its bearer, basic or cert in system.yaml.")
    #expect(sentence(302) == "prometheus at http://p answers 302 Found.")
    #expect(failure(read("{}", type: "text/html; charset=utf-8"))?.deed.contains("text/html instead") == true)
    let refused = RemoteQuestion.value.read(
      .failure(Failure(.refused, reason: "connection refused")), at: now)
    #expect(failure(refused)?.kind == .unreachable)
    let slow = RemoteQuestion.value.read(.failure(Failure(.timeout, reason: "nothing within 5s")), at: now)
    #expect(failure(slow) == RemoteFailure(.silent, "does not answer: nothing within 5s"))
  }

  @Test func retryAfterIsSecondsOrADate() {
    #expect(RetryAfter.span("120", at: now) == .seconds(120))
    #expect(RetryAfter.span("Sat, 21 Nov 2026 03:00:10 GMT", at: now) == .seconds(10))
    #expect(RetryAfter.span("Sat, 21 Nov 2026 02:00:10 GMT", at: now) == .zero)
    for text in ["", "-1", "soon", "1.5", "21 Nov", "Sat, 21 Xxx 2026 03:00:10 GMT"] {
      #expect(RetryAfter.span(text, at: now) == nil, "\(text)")
    }
  }

  @Test func alertsOfBothKindsAreRead() {
    let rules = read(
      """
      {"status":"success","data":{"alerts":[
       {"labels":{"alertname":"A","severity":"page"},"annotations":{"summary":"s"},"state":"firing",
        "activeAt":"2026-11-21T02:59:00.123456789Z","value":"3e+02"},
       {"labels":{"alertname":"B"},"annotations":{},"state":"pending","activeAt":"2026-11-21T02:59:00Z","value":"NaN"},
       {"labels":{"alertname":"C"},"annotations":{},"state":"inactive","activeAt":"2026-11-21T02:59:00Z"}]}}
      """, as: .ruleAlerts)
    guard case .success(.alerts(let list)) = rules else {
      Issue.record("\(rules)")
      return
    }
    #expect(list.map(\.name) == ["A", "B"] && list.map(\.state) == [.firing, .pending])
    #expect(list[0].value == 300 && list[0].activeAt.rfc3339 == "2026-11-21T02:59:00.123Z")
    let managed = read(
      """
      [{"annotations":{},"endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"f2","receivers":[{"name":"none"}],
        "startsAt":"2026-11-21T11:00:00.123Z","status":{"inhibitedBy":["i1"],"silencedBy":["s1","s2"],
        "state":"suppressed"},"updatedAt":"2026-11-21T12:00:19.537Z","labels":{"alertname":"A"}}]
      """, as: .managedAlerts)
    let expected = ReportedAlert(
      labels: Labels(["alertname": "A"]),
      activeAt: Instant(rfc3339: "2026-11-21T11:00:00.123Z") ?? now, value: 0, silencedBy: ["s1", "s2"],
      inhibitedBy: ["i1"])
    guard case .success(.alerts(let theirs)) = managed, let first = theirs.first else {
      Issue.record("\(managed)")
      return
    }
    #expect(first.labels == expected.labels && first.activeAt == expected.activeAt && first.value.isNaN)
    #expect(first.silencedBy == expected.silencedBy && first.inhibitedBy == expected.inhibitedBy)
  }

  @Test func requestsAreThoseOfTheAPIs() throws {
    var template = Request(url: "http://h/prefix//")
    template.authorization = .bearer(Secret("t"))
    template.timeout = .seconds(5)
    let server = RemoteServer(template)
    let at = Instant(milliseconds: 1_435_781_430_781)
    let asked = server.instant(#"a{x="é+ &"} > 1"#, at: at)
    #expect(asked.url == "http://h/prefix/api/v1/query" && asked.method == "POST" && asked.redirects == 0)
    #expect(
      String(decoding: asked.body ?? [], as: UTF8.self)
        == "query=a%7Bx%3D%22%C3%A9%2B+%26%22%7D+%3E+1&time=1435781430.781&timeout=5")
    #expect(asked.authorization == .bearer(Secret("t")))
    let matcher = try #require(LabelMatcher(#"a!~"b.*""#)?.matcher)
    let silence = server.set(
      PostableSilence(matchers: [matcher], start: at, end: at + .hours(1), by: "ops1", comment: "why \"x\""))
    #expect(
      String(decoding: silence.body ?? [], as: UTF8.self)
        == #"{"matchers":[{"name":"a","value":"b.*","isRegex":true,"isEqual":false}],"#
        + #""startsAt":"2015-07-01T20:10:30.781Z","endsAt":"2015-07-01T21:10:30.781Z","createdBy":"ops1","#
        + #""comment":"why \"x\""}"#)
    #expect(server.expire(silence: "a/../b").url == "http://h/prefix/api/v2/silence/a%2F..%2Fb")
    #expect(server.graph("up == 0") == "http://h/prefix/graph?g0.expr=up+%3D%3D+0&g0.tab=1")
  }

  @Test func windowsAreToldApartAtAWholeMinute() {
    #expect(WindowKind.time(at: Instant(milliseconds: 1_795_262_459_999)).milliseconds == 1_795_262_400_000)
    func kind(_ value: Double) -> WindowKind? {
      WindowKind(PrometheusValue(.vector([Element(.empty, value)])))
    }
    #expect(kind(1) == .leftOpen && kind(2) == .closed && kind(3) == nil)
    #expect(WindowKind(PrometheusValue(.vector([]))) == nil)
  }
}
