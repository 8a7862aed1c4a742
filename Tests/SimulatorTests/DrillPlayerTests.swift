import Simulator
import Testing
import Values

@Suite struct DrillPlayerTests {
  private let script = """
    title: Pieces
    start:
      metrics:
        counters: {a_total: 2, 'b_total{x="1"}': 0.1}
        gauges: {g: 1.5}
        histograms: {d_seconds: {rate: 3, values: [0.2, 0.9]}}
    then:
      - at: 10s
        metrics: {counters: {a_total: 5}, gauges: {g: -2}}
        health: {status: 503, body: down, headers: {Content-Type: text/plain}, latency: 1s}
      - at: 20s
        metrics: {counters: {a_total: 0, late_total: 1}, histograms: {d_seconds: {rate: 1, values: [3]}}}
        health: {fail: reset}
      - at: 30s
        metrics: {}
        health: {}
    """

  private func player() throws -> DrillPlayer { DrillPlayer(estate(try drill(script))) }

  /// Rate × time, summed over the pieces: 2/s to 10 s, 5/s to 20 s, 0/s to 30 s, 2/s again.
  @Test(arguments: [
    (0, 0.0), (1, 0.002), (9_999, 19.998), (10_000, 20), (10_500, 22.5), (20_000, 70), (25_000, 70),
    (30_000, 70), (40_000, 90), (3_630_000, 7270),
  ])
  func aCounterIsTheIntegralOfItsRates(_ milliseconds: Int64, _ expected: Double) throws {
    let answer = try player().answer(to: "/metrics", at: .milliseconds(milliseconds))
    #expect(answer.value("a_total") == expected)
    let other = try #require(answer.value(#"b_total{x="1"}"#))
    #expect(abs(other - Double(milliseconds) / 10_000) < 1e-9)
  }

  @Test func aCounterNamedLaterBeginsThereAndStandsStillAfterTheReset() throws {
    let player = try player()
    #expect(player.answer(to: "/metrics", at: .milliseconds(19_999)).value("late_total") == nil)
    #expect(player.answer(to: "/metrics", at: .seconds(25)).value("late_total") == 5)
    #expect(player.answer(to: "/metrics", at: .seconds(60)).value("late_total") == 10)
  }

  @Test func aGaugeIsWhatTheLastRowSays() throws {
    let player = try player()
    #expect(player.answer(to: "/metrics", at: .zero).value("g") == 1.5)
    #expect(player.answer(to: "/metrics", at: .seconds(10)).value("g") == -2)
    #expect(player.answer(to: "/metrics", at: .seconds(30)).value("g") == 1.5)
  }

  @Test func aHistogramCountsWholeObservationsInTurn() throws {
    let player = try player()
    let first = player.answer(to: "/metrics", at: .milliseconds(1100))
    #expect(first.value("d_seconds_count") == 3)
    #expect(first.value(#"d_seconds_bucket{le="0.25"}"#) == 2)
    #expect(first.value(#"d_seconds_bucket{le="0.8"}"#) == 2)
    #expect(first.value(#"d_seconds_bucket{le="1"}"#) == 3)
    #expect(first.value(#"d_seconds_bucket{le="+Inf"}"#) == 3)
    #expect(first.value("d_seconds_sum") == 1.3)
    let later = player.answer(to: "/metrics", at: .seconds(25))
    #expect(later.value("d_seconds_count") == 65)
    #expect(later.value(#"d_seconds_bucket{le="2.5"}"#) == 60)
    #expect(later.value("d_seconds_sum") == 48)
  }

  /// Seeded: whatever the time, counters and buckets never go back.
  @Test func nothingEverDecreases() throws {
    let player = try player()
    var state: UInt64 = 0x5EED
    var times: [Int64] = []
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      times.append(Int64(state >> 33) % 60_000)
    }
    for series in ["a_total", "d_seconds_count", #"d_seconds_bucket{le="0.25"}"#] {
      let values = times.sorted().map {
        player.answer(to: "/metrics", at: .milliseconds($0)).value(series) ?? -1
      }
      #expect(values == values.sorted())
    }
  }

  @Test func aRowChangesWhatItNamesAndTheRestGoesOn() throws {
    let player = try player()
    let healthy = player.answer(to: "/health", at: .seconds(9))
    #expect(healthy == player.estate.endpoints.first?.healthy)
    let down = player.answer(to: "/health", at: .seconds(10))
    #expect(down.status == 503 && down.text == "down" && down.latency == .seconds(1))
    #expect(down.headers == ["Content-Type": "text/plain"])
    let reset = player.answer(to: "/health", at: .seconds(20))
    #expect(reset.fault == .reset && reset.status == 503)
    #expect(player.answer(to: "/health", at: .seconds(30)) == healthy)
  }

  @Test func aTargetIsFoundWithItsQueryFirst() throws {
    let player = try player()
    #expect(player.answer(to: "/items?limit=1", at: .zero).text == "one")
    #expect(player.answer(to: "/items?limit=2", at: .zero).text == "one")
    #expect(player.answer(to: "/items", at: .zero).text == "all")
    #expect(player.answer(to: "/health?verbose", at: .zero).status == 200)
    #expect(player.answer(to: "/nothing", at: .zero).status == 404)
  }

  @Test func whatIsToTellComesOnceAndInOrder() throws {
    let drill = try Bundled.drill("ensei-packs/drills/purchases-fail.yaml")
    let player = DrillPlayer(estate(drill))
    #expect(player.rows(after: .zero, through: .seconds(10)).compactMap(\.say) == ["The first errors."])
    #expect(player.rows(after: .seconds(10), through: .seconds(29)) == [])
    #expect(player.nextChange(after: .seconds(10)) == .seconds(30))
    #expect(player.nextChange(after: .minutes(4)) == nil)
  }

  @Test func thePageIsInPrometheusTextFormat() throws {
    let player = DrillPlayer(
      estate(
        try drill(
          """
          title: Page
          start:
            metrics:
              counters: {'z_total{b="2",a="q\\"\\\\"}': 1, 'z_total{a="0"}': 0.5}
              gauges: {m: .inf, n: 1e20}
          """.replacing(".inf", with: "inf"))))
    let answer = player.answer(to: "/metrics", at: .seconds(3))
    #expect(
      answer.text == """
        # TYPE m gauge
        m +Inf
        # TYPE n gauge
        n 1e+20
        # TYPE z_total counter
        z_total{a="0"} 1.5
        z_total{a="q\\"\\\\",b="2"} 3

        """)
    #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
  }
}
