import Host
import Systems
import Testing
import Values
import Watch

@Suite struct SurveyTests {
  @Test func aSurveyPollsAsOftenAsItIsToldAndEvaluates() throws {
    let folder = try TestFolder()
    let server = try PageServer { "# TYPE steps_total counter\nsteps_total \($0 * 30)\n" }
    defer { server.stop() }
    let source = try folder.source(
      """
      title: Shop
      endpoints: {metrics: {scrape: "http://127.0.0.1:\(server.port)/"}}
      """)
    try folder.write(
      """
      groups:
        - name: shop
          rules:
            - {alert: Counted, expr: steps_total >= 60, labels: {severity: info}}
      """, to: "shop/rules.yaml")
    let (shop, problems) = source.load()
    try #require(problems.isEmpty, "\(problems)")
    var (watch, at) = Survey.run([(shop, true)], rounds: 3, every: .milliseconds(100), version: "t")
    #expect(server.requests == 3)
    let snapshot = try #require(watch.snapshots(at: at).first)
    #expect(snapshot.endpoints.map(\.state) == [.up])
    #expect(snapshot.endpoints.first?.samples == 1)
    #expect(snapshot.alerts.map(\.identity.rule) == ["Counted"])
    let effects = watch.receive(
      .query(
        id: 1, system: "shop", expression: "increase(steps_total[200ms])", start: at, end: at,
        step: .seconds(1)),
      at: at)
    guard case .ask(_, let query) = effects.first else {
      Issue.record("it was not asked")
      return
    }
    let now = at
    // Two steps of 30 within the left-open window; samples stand exactly 100 ms apart.
    let chart = try query.run(until: now + .seconds(9), now: { now }).get()
    #expect(chart.lines.first?.values == [60])
  }

  @Test func nobodyThereIsDownAndSaysWhy() throws {
    let folder = try TestFolder()
    let server = try PageServer { _ in "" }
    let port = server.port
    server.stop()
    let source = try folder.source(
      "title: Shop\nendpoints: {health: {http: \"http://127.0.0.1:\(port)/\", timeout: 2s}}\n")
    let (watch, at) = Survey.run([(source.load().folder, true)], rounds: 1, every: .seconds(1), version: "t")
    let row = try #require(watch.snapshots(at: at).first?.endpoints.first)
    #expect(row.state == .down)
    #expect(row.reason?.contains("refused") == true, "\(row.reason ?? "")")
  }
}
