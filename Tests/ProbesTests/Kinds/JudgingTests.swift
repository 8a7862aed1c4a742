import Metrics
import Probes
import Testing
import Values
import Wire

struct JudgingTests {
  static let at = Instant(seconds: 1_800_000_000)

  private func endpoint(_ kind: Kind) -> Endpoint {
    Endpoint(name: "api", kind: kind, target: "http://10.0.0.5:8080/x")
  }

  private func value(_ name: String, _ observation: Observation, _ labels: [String: String] = [:]) -> Double?
  {
    observation.samples.first { sample in
      sample.labels.metricName == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }?.value
  }

  private func response(_ status: Int, type: String? = "text/plain; version=0.0.4", _ body: String)
    -> Response
  {
    var phases = Phases()
    (phases.resolve, phases.connect, phases.tls) = (0.001, 0.002, 0.003)
    (phases.processing, phases.transfer, phases.total) = (0.08, 0.004, 0.09)
    return Response(
      status: status, headers: type.map { [Header("Content-Type", $0)] } ?? [], body: Array(body.utf8),
      phases: phases, address: "10.0.0.5:8080", certificateExpiry: Self.at + .days(30))
  }

  @Test func whatAnHTTPEndpointYields() {
    let observation = endpoint(.http).judge(.success(response(204, "")), at: Self.at)
    #expect(observation.isSuccess)
    #expect(observation.code == 204)
    #expect(observation.took == .milliseconds(90))
    #expect(observation.scraped == nil)
    #expect(observation.assertions.map(\.text) == ["status in 200..299"])
    let target = ["job": "api", "instance": "10.0.0.5:8080"]
    #expect(observation.samples.allSatisfy { $0.labels["job"] == "api" && $0.timestamp == nil })
    #expect(value("probe_success", observation, target) == 1)
    #expect(value("probe_duration_seconds", observation, target) == 0.09)
    #expect(value("probe_http_status_code", observation, target) == 204)
    for (phase, seconds) in [
      ("resolve", 0.001), ("connect", 0.002), ("tls", 0.003), ("processing", 0.08), ("transfer", 0.004),
    ] {
      #expect(value("probe_http_duration_seconds", observation, ["phase": phase]) == seconds)
    }
    #expect(value("probe_ssl_earliest_cert_expiry", observation) == Self.at.seconds + 30 * 86_400)
    #expect(observation.samples.count == 9)
  }

  @Test(arguments: [Kind.http, .scrape, .json]) func aTransportFailureKeepsItsReason(kind: Kind) {
    let failure = Failure(.refused, reason: "connection refused by 10.0.0.5:8080")
    let observation = endpoint(kind).judge(.failure(failure), at: Self.at)
    #expect(observation.reason == failure.reason)
    #expect(observation.code == nil)
    #expect(observation.assertions.isEmpty)
    #expect(value("probe_success", observation) == 0)
    #expect(value("probe_http_status_code", observation) == 0)
    #expect(value("up", observation) == (kind == .scrape ? 0 : nil))
  }

  @Test func theStatusIsTheFirstReason() throws {
    var endpoint = endpoint(.http)
    endpoint.assertions = [try Assertion("latency < 1ms"), try Assertion(#"json("$.status") == "ok""#)]
    #expect(
      endpoint.judge(.success(response(500, "x")), at: Self.at).reason == "status is 500, expected 200..299")
    #expect(
      endpoint.judge(.success(response(200, "x")), at: Self.at).reason == "latency is 90ms, expected < 1ms")
    endpoint.assertions = [try Assertion("status == 404")]
    let observation = endpoint.judge(.success(response(404, "")), at: Self.at)
    #expect(observation.isSuccess)
    #expect(observation.assertions.count == 1)
  }

  @Test func aScrapeCarriesItsTargetsLabels() {
    var endpoint = endpoint(.scrape)
    endpoint.job = "nova-api"
    endpoint.labels = ["tier": "core"]
    let page = """
      # TYPE requests counter
      requests{code="200",job="inner",exported_job="old"} 5
      temperature 21.5 1700000000000

      """
    let observation = endpoint.judge(.success(response(200, page)), at: Self.at)
    #expect(observation.isSuccess)
    #expect(observation.scraped == 2)
    let target = ["job": "nova-api", "instance": "10.0.0.5:8080", "tier": "core"]
    #expect(
      observation.samples.contains(
        Sample(
          Labels(
            target.merging(
              [
                "__name__": "requests", "code": "200", "exported_exported_job": "inner",
                "exported_job": "old",
              ]
            ) { $1 }), 5)))
    #expect(
      observation.samples.contains(
        Sample(Labels(target.merging(["__name__": "temperature"]) { $1 }), 21.5, timestamp: 1_700_000_000_000)
      ))
    #expect(value("up", observation, target) == 1)
    #expect(value("scrape_samples_scraped", observation, target) == 2)
    #expect(value("scrape_duration_seconds", observation, target) == 0.09)
    #expect(value("probe_success", observation, target) == 1)
  }

  @Test(
    arguments: [
      ("text/html", "x", #""text/html" is no page of metrics"#),
      (nil, "x 1\n", "the page has no Content-Type; text/plain is expected"),
    ] as [(String?, String, String)])
  func whatIsNoPageOfMetrics(type: String?, body: String, reason: String) {
    let observation = endpoint(.scrape).judge(.success(response(200, type: type, body)), at: Self.at)
    #expect(observation.reason == reason)
    #expect(value("up", observation) == 0)
    #expect(value("probe_success", observation) == 0)
    #expect(value("scrape_samples_scraped", observation) == 0)
  }

  @Test func aBadLineFailsThePage() throws {
    let observation = endpoint(.scrape).judge(.success(response(200, "good 1\nbad one\n")), at: Self.at)
    #expect(try #require(observation.reason).hasPrefix("metrics page, line 2: "))
    #expect(value("up", observation) == 0)
    #expect(value("good", observation) == nil)
  }

  @Test func aPageThatIsSlowIsUpButNoSuccess() throws {
    var endpoint = endpoint(.scrape)
    endpoint.assertions = [try Assertion("latency < 1ms")]
    let observation = endpoint.judge(.success(response(200, "good 1\n")), at: Self.at)
    #expect(value("up", observation) == 1)
    #expect(value("probe_success", observation) == 0)
    #expect(value("good", observation) == 1)
  }

  @Test func anErrorPageIsNotRead() {
    let observation = endpoint(.scrape).judge(.success(response(500, "good 1\n")), at: Self.at)
    #expect(observation.reason == "status is 500, expected 200..299")
    #expect(value("up", observation) == 0)
    #expect(value("good", observation) == nil)
  }

  @Test func aDocumentBecomesSeries() throws {
    var endpoint = endpoint(.json)
    endpoint.series = [
      SeriesMapping(name: "depth", value: try SeriesExpression("$.depth")),
      SeriesMapping(name: "gone", value: try SeriesExpression("$.gone")),
    ]
    let observation = endpoint.judge(.success(response(200, #"{"depth":231}"#)), at: Self.at)
    #expect(value("depth", observation, ["job": "api"]) == 231)
    #expect(observation.reason == "gone: $.gone is missing")
    #expect(observation.scraped == 1)
    #expect(value("probe_success", observation) == 0)
    let bad = endpoint.judge(.success(response(200, "<html>")), at: Self.at)
    #expect(bad.reason == #"not JSON: line 1, column 1: "<" begins no value"#)
  }

  private struct Missing: Error {}

  @Test func plans() throws {
    var http = endpoint(.http)
    http.method = "POST"
    http.body = [1]
    http.timeout = .seconds(5)
    guard case .http(let request) = http.plan() else { throw Missing() }
    #expect(request.url == "http://10.0.0.5:8080/x")
    #expect(request.method == "POST" && request.body == [1] && request.timeout == .seconds(5))
    #expect(request.freshConnection)
    var scrape = endpoint(.scrape)
    scrape.headers = [Header("accept", "text/plain")]
    guard case .http(let planned) = scrape.plan() else { throw Missing() }
    #expect(
      planned.headers == [
        Header("accept", "text/plain"), Header("X-Prometheus-Scrape-Timeout-Seconds", "10"),
      ])
    #expect(!planned.freshConnection)
  }

  @Test func kindsOfLaterAreShownAsSuch() {
    for kind in Kind.allCases where !kind.isAvailable {
      let endpoint = Endpoint(name: "later", kind: kind, target: "x")
      #expect(endpoint.heldBack == "\(kind.name) probes are not available in this version")
      #expect(EndpointMonitor(endpoint).state == .paused)
    }
    let endpoint = Endpoint(name: "redis", kind: .tcp, target: "127.0.0.1:6379")
    #expect(endpoint.heldBack == nil && endpoint.instance == "127.0.0.1:6379")
    var reference = self.endpoint(.http)
    reference.pausedReason = "production is reference only"
    #expect(reference.heldBack == "production is reference only")
  }

  @Test func whatWaitsForTrustAndSecretsSaysWhich() {
    var endpoint = endpoint(.http)
    endpoint.needsTrust = true
    endpoint.missingSecret = "TOKEN"
    #expect(endpoint.heldBack(isTrusted: false) == "not trusted")
    #expect(endpoint.heldBack(isTrusted: true) == "the secret TOKEN is not known")
    endpoint.missingSecret = nil
    #expect(endpoint.heldBack(isTrusted: true) == nil)
    endpoint.pausedReason = "production is reference only"
    #expect(endpoint.heldBack(isTrusted: false) == "production is reference only")
  }

  @Test func aSecretThatComesBackIsMasked() throws {
    var endpoint = endpoint(.http)
    endpoint.authorization = .bearer(Secret("of-the-service"))
    endpoint.assertions = [try Assertion("json(\"$.echo\") == \"ok\"")]
    let body = "{\"echo\": \"you sent of-the-service\"}"
    let observation = endpoint.judge(.success(response(200, type: "application/json", body)), at: Self.at)
    let told = [observation.reason ?? ""] + observation.assertions.map(\.actual)
    #expect(told.contains { $0.contains("you sent \(Secret.mask)") }, "\(told)")
    #expect(told.allSatisfy { !$0.contains("of-the-service") })
  }

  @Test(arguments: [
    ("http://API.internal/x", "api.internal:80"), ("https://api.internal", "api.internal:443"),
    ("http://127.0.0.1:8080/a:b", "127.0.0.1:8080"), ("http://u:p@h:1/", "h:1"),
    ("http://[::1]/", "[::1]:80"),
    ("https://[::1]:8443?x", "[::1]:8443"), ("api.internal:443", "api.internal:443"),
  ])
  func instances(target: String, instance: String) {
    #expect(Endpoint.instance(of: target) == instance)
  }

  @Test func targetsAreRelativeToTheBase() {
    #expect(Endpoint.absolute("/health", base: "http://h/api/") == "http://h/api/health")
    #expect(Endpoint.absolute("/health", base: "http://h") == "http://h/health")
    #expect(Endpoint.absolute("http://x/", base: "http://h") == "http://x/")
    #expect(Endpoint.absolute("/health", base: nil) == "/health")
  }
}
