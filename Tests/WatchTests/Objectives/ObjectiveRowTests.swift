import Metrics
import Probes
import Testing
import Values
import Watch

struct ObjectiveRowTests {
  /// A row of 99.9 % over 30 days, with burn rates over the long and the short window of each pair.
  private func row(
    left: Double?, _ rates: [(Double?, Double?)] = [], covered: Span = .days(30)
  ) -> ObjectiveRow {
    let pairs: [(Span, Span, Double)] = [
      (.hours(1), .minutes(5), 14.4), (.hours(6), .minutes(30), 6), (.days(3), .hours(6), 1),
    ]
    let burns = zip(pairs, rates).map { pair, rate in
      ObjectiveRow.Burn(
        window: pair.0, rate: rate.0, recentWindow: pair.1, recent: rate.1, factor: pair.2)
    }
    return ObjectiveRow(
      title: "API", objective: 0.999, window: .days(30), left: left, covered: covered, burns: burns)
  }

  @Test func aBudgetIsKeptBurningSpentOrUnknown() {
    #expect(row(left: 0.9, [(0.5, 0.5), (0.5, 0.5), (0.5, 0.5)]).state == .kept)
    #expect(row(left: 0.9, [(20, 20), (6, 6), (0.9, 0.9)]).state == .burning)
    #expect(row(left: 0.9, [(20, 20), (6, 6), (0.9, 0.9)]).burnsFast)
    // Slowly is a matter of days.
    #expect(row(left: 0.9, [(2, 2), (2, 2), (2, 2)]).state == .burning)
    #expect(!row(left: 0.9, [(2, 2), (2, 2), (2, 2)]).burnsFast)
    // It burnt, and does not any more.
    #expect(row(left: 0.9, [(20, 0), (8, 1), (0.9, 0.9)]).state == .kept)
    #expect(row(left: 0, [(0, 0), (0, 0), (0, 0)]).state == .spent)
    #expect(row(left: -0.4).state == .spent)
    #expect(row(left: nil, [(nil, nil)]).state == .noData)
  }

  @Test func whenItIsSpent() {
    // Half of the budget of 30 days at 15 times the pace is a day.
    #expect(row(left: 0.5, [(15, 15)]).exhaustion == .days(1))
    // The pair that is too fast says how fast it is, not the first.
    #expect(row(left: 0.5, [(1.2, 1.2), (10, 10)]).exhaustion == .hours(36))
    #expect(row(left: 0.5, [(1, 1)]).exhaustion == nil)
    #expect(row(left: 0, [(15, 15)]).exhaustion == nil)
    #expect(row(left: nil, [(15, 15)]).exhaustion == nil)
    #expect(row(left: 0.5, [(nil, nil), (3, 3)]).exhaustion == .days(5))
  }

  @Test func howMuchWasSeen() {
    #expect(row(left: 1, covered: .days(30)).isWhole && row(left: 1, covered: .hours(710)).isWhole)
    #expect(!row(left: 1, covered: .hours(76)).isWhole)
  }

  private static let system = """
    title: Shop
    every: 15s
    endpoints: {metrics: {scrape: "http://127.0.0.1:1/metrics", level: off}}
    slos:
      - {title: API, objective: 99%, window: 24h, good: 'sum(rate(ok[$window]))', total: 'sum(rate(all[$window]))'}
    """

  /// From answers of an endpoint to the row on the board, and over a restart.
  @Test func anObjectiveOnTheBoard() throws {
    var player = Player()
    try player.load(Player.folder(system: Self.system, rules: "groups: []"))
    let first = try #require(player.watch.snapshots(at: player.now).first?.objectives.first)
    #expect(first.state == .noData && first.covered == .zero && first.burns.count == 3)
    var requests = 0.0
    func answer(_ endpoint: Endpoint, _ now: Instant) -> Observation? {
      requests += 150
      return Answers.up(endpoint, now, page: "ok \(requests * 0.98)\nall \(requests)\n")
    }
    player.pass(.hours(2)) { answer($0, $1) }
    let row = try #require(player.watch.snapshots(at: player.now).first?.objectives.first)
    // Twice as many errors as may be, of what was seen so far.
    #expect(row.state == .spent && !row.burnsFast)
    #expect(row.left.map { abs($0 + 1) < 0.01 } ?? false)
    #expect((Span.minutes(115)...Span.minutes(121)).contains(row.covered), "\(row.covered.prometheus)")
    let alerts = player.watch.snapshots(at: player.now).flatMap(\.alerts)
    #expect(alerts.map(\.identity.rule) == ["ErrorBudgetBurn"] && alerts.map(\.level) == [.warn])

    let saved = try #require(player.watch.saved("shop"))
    #expect(saved.kept.keys.sorted() == ["slo:good:rate", "slo:total:rate"])
    #expect(saved.retention == .minutes(65))
    var next = Player(at: player.now + .minutes(3))
    try next.load(Player.folder(system: Self.system, rules: "groups: []"), saved: saved)
    next.pass(.minutes(2)) { answer($0, $1) }
    let after = try #require(next.watch.snapshots(at: next.now).first?.objectives.first)
    #expect(after.covered >= row.covered && after.left != nil)
  }
}
