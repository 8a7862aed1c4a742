import Incidents
import Testing
import Values

@testable import Retro

/// What a period's events spent of an error budget, from literal samples.
@Suite struct BudgetSpentTests {
  private static let start = Story.start

  /// One evaluation a minute: 100 events a second, of which so many are good.
  private func series(_ good: [Double], objective: Double = 0.99) -> BudgetSeries {
    BudgetSeries(
      system: "shop", title: "API answers", objective: objective, window: .days(30), step: .minutes(1),
      points: good.enumerated().map {
        .init(at: Self.start + .minutes(Int64($0.offset)), good: $0.element, total: 100)
      })
  }

  private func span(_ from: Int64, _ until: Int64?) -> IncidentSpan {
    IncidentSpan(from: Self.start + .minutes(from), until: until.map { Self.start + .minutes($0) })
  }

  private func spent(
    _ series: BudgetSeries, from: Int64? = nil, until: Int64 = 1000,
    _ incidents: [(key: String, span: IncidentSpan)] = []
  ) -> BudgetSpent? {
    BudgetSpent(
      series, from: from.map { Self.start + .minutes($0) }, until: Self.start + .minutes(until),
      incidents: incidents)
  }

  @Test func isTheBadEventsByThoseThatWereAllowed() throws {
    // 400 events a second over four minutes, 2 of them bad; 1 in 100 may be.
    let one = try #require(spent(series([100, 99, 99, 100])))
    #expect(one.good == 0.995 && abs(one.spent - 0.5) < 1e-9 && one.covered == .minutes(4))
    #expect(one.spentWords == "50%" && one.goodWords == "99.5%" && one.goalWords == "99%")
    #expect(one.from == Self.start && one.until == Self.start + .minutes(3))
    let more = try #require(spent(series([90, 100])))
    #expect(more.spentWords == "500%")
    let none = try #require(spent(series([100, 100])))
    #expect(none.spent == 0 && none.incidents.isEmpty && none.incidentWords == "")
  }

  @Test func onlyThePeriodCounts() throws {
    let all = series([0, 100, 100, 50])
    #expect(try #require(spent(all, from: 1, until: 2)).spent == 0)
    #expect(try #require(spent(all, from: 1)).covered == .minutes(3))
    #expect(spent(all, from: 4) == nil, "nothing was counted")
  }

  @Test func whatCountsNothingIsNoData() {
    let empty = BudgetSeries(
      system: "shop", title: "t", objective: 0.9, window: .days(1), step: .seconds(30),
      points: [
        .init(at: Self.start, good: 0, total: 0), .init(at: Self.start, good: 1, total: .nan),
        .init(at: Self.start, good: .infinity, total: 1),
      ])
    #expect(spent(empty) == nil)
  }

  @Test func moreGoodThanAllIsNothingBad() throws {
    let one = try #require(spent(series([103, 100])))
    #expect(one.good == 1 && one.spent == 0)
  }

  @Test func incidentsHaveTheirShares() throws {
    var good = Array(repeating: 100.0, count: 60)
    (good[10], good[11], good[12], good[40]) = (70, 80, 90, 60)
    let all = try #require(
      spent(
        series(good),
        [
          ("INC-1", span(10, 12)), ("INC-2", span(40, nil)),
          ("INC-3", span(20, 25)),
        ]))
    #expect(all.incidents == [.init(incident: "INC-1", share: 0.6), .init(incident: "INC-2", share: 0.4)])
    #expect(all.incidentWords == "INC-1 60%, INC-2 40%")
    let outside = try #require(spent(series(good), [("INC-3", span(20, 25))]))
    #expect(outside.incidentWords == "in no incident")
  }

  @Test func statisticsTellThem() throws {
    var gathering = StatisticsGathering(from: nil, until: Self.start + .hours(2))
    gathering.add(series([100, 98]))
    gathering.add(series([100, 99], objective: 0.999))
    let statistics = gathering.statistics
    #expect(statistics.budgets.map(\.spentWords) == ["500%", "100%"])
    #expect(
      statistics.text == """
        No incident started in this period.

        error budgets spent
          system  objective    goal   counted  from                  good   spent  in
          shop    API answers  99.9%  2m00s    2026-11-21 03:05:33Z  99.5%  500%   in no incident
          shop    API answers  99%    2m00s    2026-11-21 03:05:33Z  99%    100%   in no incident

        """)
    let json = String(decoding: try statistics.json(), as: UTF8.self)
    #expect(json.contains("\"slo\" : \"API answers\"") && json.contains("\"covered_ms\" : 120000"))
  }

  @Test(arguments: [
    (0.999, "99.9%"), (0.99999, "99.999%"), (1, "100%"), (0.9999999, "99.99999%"), (0.5, "50%"),
  ])
  func nothingIsRoundedAwayTowardsAll(_ ratio: Double, _ words: String) throws {
    #expect(try #require(spent(series([100], objective: ratio))).goalWords == words)
  }

  /// As folders are read: `99.99%` is 99.99 / 100, which is a little less.
  @Test func goalsAreToldAsTheyWereWritten() throws {
    for hundredths in 5000..<10_000 {
      let goal = Double(hundredths) / 100
      let words = try #require(spent(series([100], objective: goal / 100))).goalWords
      #expect(words == "\(Figure(goal).description)%" || Double(words.dropLast()) == goal, "\(goal)")
    }
    #expect(try #require(spent(series([69.0], objective: 0.99))).goodWords == "69%")
    #expect(try #require(spent(series([99.996], objective: 0.99))).goodWords == "99.99%")
    #expect(try #require(spent(series([99.9996], objective: 0.99999))).goodWords == "99.999%")
    #expect(try #require(spent(series([0.0001], objective: 0.99))).goodWords == "0%")
  }

  @Test func sumsThatNoNumberHoldsAreNoData() {
    let points = (0..<4).map {
      BudgetSeries.Point(at: Self.start + .minutes(Int64($0)), good: 0, total: Double.greatestFiniteMagnitude)
    }
    let huge = BudgetSeries(
      system: "shop", title: "t", objective: 0.9, window: .days(1), step: .minutes(1), points: points)
    #expect(spent(huge) == nil)
  }

  private func bad(_ points: [BudgetSeries.Point]) -> Double {
    points.reduce(0.0) { (sum: Double, point) in sum + point.total - point.good }
  }

  /// The same as adding up every evaluation that touches an incident.
  @Test func sharesAreThoseOfEveryEvaluation() throws {
    let series = series((0..<500).map { Double($0 * 7919 % 101) })
    let all = bad(series.points)
    for number in Int64(0)..<200 {
      let from = number * 37 % 600 - 50
      let own = span(from, number.isMultiple(of: 3) ? nil : from + number * 53 % 90)
      let touched = series.points.filter { own.holds(from: $0.at, until: $0.at + series.step) }
      let found = try #require(spent(series, [("INC-1", own)])).incidents.first?.share ?? 0
      #expect(abs(found - bad(touched) / all) < 1e-12, "\(number)")
    }
  }
}
