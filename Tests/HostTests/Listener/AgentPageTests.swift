import Host
import Metrics
import Serving
import Testing
import Values
import Watch

struct AgentPageTests {
  private static let now = Instant(seconds: 1_800_000_000)

  private static var figures: EngineFigures {
    var group = GroupRow(
      name: "shop \"x\"\\\n", rules: 3, every: .seconds(30), lastEvaluation: now - .seconds(20))
    (group.took, group.evaluations, group.missed) = (0.00125, 42, 1)
    var system = EngineFigures.System(
      system: "shop", endpoints: 4, series: 120, appended: 1 << 60, answers: 99, groups: [group])
    (system.skipped, system.states, system.alerts) = (2, ["up": 3, "down": 1], ["firing": 1, "pending": 0])
    return EngineFigures(at: now, systems: [system])
  }

  private static var surroundings: AgentMetrics.Surroundings {
    var surroundings = AgentMetrics.Surroundings()
    (surroundings.version, surroundings.isEngine, surroundings.epoch, surroundings.events) = (
      "1.2.3", true, 7, 1042
    )
    surroundings.outbox = [("queued", 2), ("sent", 40)]
    surroundings.pushes = (5, 1)
    surroundings.requests = [(200, 9), (404, 1)]
    surroundings.process = .now()
    return surroundings
  }

  @Test(arguments: [Exposition.Format.prometheusText, .openMetrics])
  func theStrictestReaderTakesThePage(_ format: Exposition.Format) throws {
    for figures in [Self.figures, nil] {
      let page = AgentMetrics(Self.surroundings, figures: figures).page(isOpenMetrics: format == .openMetrics)
      let scrape = try Exposition.parse(page, format: format, strict: true).get()
      #expect(scrape.duplicates == 0)
      for sample in scrape.samples {
        let name = try #require(sample.labels.metricName)
        let family = format == .openMetrics && name.hasSuffix("_total") ? String(name.dropLast(6)) : name
        let type = try #require(scrape.types[family], "\(name) has no type")
        #expect(scrape.help[family]?.hasSuffix(".") == true, "\(name) has no help")
        #expect((type == "counter") == name.hasSuffix("_total"), "\(name) is a \(type)")
      }
      func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        scrape.samples.first { sample in
          sample.labels.metricName == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }?.value
      }
      #expect(value("midwatch_build_info", ["version": "1.2.3"]) == 1)
      #expect(value("midwatch_journal_events_total") == 1042)
      #expect(value("midwatch_outbox_items", ["state": "queued"]) == 2)
      #expect(value("midwatch_http_requests_total", ["code": "404"]) == 1)
      #expect(value("process_open_fds") ?? 0 > 0 && value("process_threads") ?? 0 > 0)
      #expect(value("process_start_time_seconds") ?? 0 > 1_600_000_000)
      #expect(value("process_max_fds") ?? 0 > 0 && value("process_virtual_memory_bytes") ?? 0 > 0)
      guard figures != nil else {
        #expect(value("midwatch_endpoints") == nil)
        continue
      }
      #expect(value("midwatch_samples_appended_total", ["system": "shop"]) == Double(1 << 60))
      #expect(value("midwatch_endpoint_states", ["state": "down"]) == 1)
      #expect(value("midwatch_polls_total") == 99 && value("midwatch_polls_skipped_total") == 2)
      #expect(value("midwatch_rule_group_last_duration_seconds", ["group": "shop \"x\"\\\n"]) == 0.00125)
      #expect(value("midwatch_rule_group_iterations_missed_total") == 1)
      #expect(value("midwatch_rule_group_last_evaluation_timestamp_seconds") == Self.now.seconds - 20)
    }
  }

  @Test func wellIsWhoHoldsTheLockAndEvaluatesInTime() {
    let engine = EngineStatus(role: .engine, epoch: 7, pid: 1)
    var figures = Self.figures
    #expect(AgentHealth.trouble(engine, figures, at: Self.now) == nil)
    #expect(AgentHealth.response(engine, figures, at: Self.now).status == 200)
    #expect(AgentHealth.trouble(engine, figures, at: Self.now + .seconds(70)) == nil)
    let late = AgentHealth.response(engine, figures, at: Self.now + .seconds(71))
    #expect(late.status == 503)
    #expect(
      String(decoding: late.body, as: UTF8.self).hasSuffix(
        "of shop was evaluated 1m31s ago and is due every 30s.\n"))
    figures.systems[0].groups[0].lastEvaluation = nil
    #expect(
      AgentHealth.trouble(engine, figures, at: Self.now)?.hasSuffix("has not been evaluated yet.") == true)
    figures.systems[0].groups = []
    #expect(AgentHealth.trouble(engine, figures, at: Self.now) == nil)
    let full = EngineStatus(role: .engine, epoch: 7, trouble: "The disk is full.")
    #expect(AgentHealth.trouble(full, Self.figures, at: Self.now) == "The disk is full.")
    let viewer = EngineStatus(role: .viewer, epoch: 7, pid: 12)
    #expect(
      AgentHealth.trouble(viewer, nil, at: Self.now) == "Process 12 holds the engine lock; this one waits.")
    #expect(AgentHealth.response(EngineStatus(role: .none), nil, at: Self.now).status == 503)
  }

  @Test(arguments: [
    ("GET", "/metrics", AgentRoute.metrics(isOpenMetrics: false)), ("HEAD", "/healthz?x=1", .health),
    ("GET", "/", .index),
    ("POST", "/push/shop/dump", .push(PushPlace(system: "shop", endpoint: "dump"))),
    ("PUT", "/push/a%2Fb/%C3%A9?x", .push(PushPlace(system: "a/b", endpoint: "é"))),
  ])
  func aPageIsFound(_ method: String, _ target: String, _ route: AgentRoute) {
    #expect(AgentRoute(HTTPRequest(method: method, target: target)) == route)
  }

  @Test(arguments: [
    ("POST", "/metrics", 405), ("GET", "/push/shop/dump", 405), ("POST", "/push/shop", 404),
    ("POST", "/push//x", 404),
    ("POST", "/push/a/b/c", 404), ("POST", "/push/a/%zz", 404), ("POST", "/push/a/%e", 404),
    ("POST", "/push/a/%FF", 404),
    ("POST", "/push/a/%+1", 404), ("GET", "/metricsx", 404), ("GET", "*", 404), ("DELETE", "/push/a/b", 405),
  ])
  func whatIsNoneIsRefused(_ method: String, _ target: String, _ status: Int) {
    guard case .refused(let refusal) = AgentRoute(HTTPRequest(method: method, target: target)) else {
      Issue.record("\(method) \(target) was taken")
      return
    }
    #expect(refusal.status == status && refusal.sentence.hasSuffix("."))
  }

  @Test func aWebPageCannotPush() {
    let request = HTTPRequest(
      method: "POST", target: "/push/a/b", fields: [.init(name: "origin", value: "https://evil.example")])
    guard case .refused(let refusal) = AgentRoute(request) else {
      Issue.record("it was taken")
      return
    }
    #expect(refusal.status == 403)
  }

  @Test func openMetricsIsForWhoAsks() {
    let fields = [
      HTTPRequest.Field(name: "accept", value: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
    ]
    #expect(
      AgentRoute(HTTPRequest(method: "GET", target: "/metrics", fields: fields))
        == .metrics(isOpenMetrics: true))
  }

  @Test(arguments: [
    ("Bearer abc", "abc"), ("bearer a b", "a b"), ("Basic abc", nil), ("Bearer", nil), ("", nil),
    ("Bearer ", nil),
  ])
  func theTokenIsRead(_ value: String, _ token: String?) {
    let request = HTTPRequest(
      method: "PUT", target: "/", fields: [.init(name: "authorization", value: value)])
    switch AgentRoute.bearer(of: request) {
    case .token(let found): #expect(found == token)
    case .none: #expect(token == nil)
    case .notNeeded: Issue.record("a token is needed")
    }
  }
}
