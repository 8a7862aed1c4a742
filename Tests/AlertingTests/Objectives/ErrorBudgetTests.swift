import Alerting
import Metrics
import PromQL
import Testing
import Values

/// The rules of an objective over a service whose answers are counted every 15 s.
struct ErrorBudgetTests {
  /// Counters `ok` and `failed`, and the group of one objective, minute by minute.
  private struct Service {
    var store = Store()
    var group: RuleGroup
    let step: Int64
    private var ok = 0.0
    private var failed = 0.0
    private(set) var now: Int64 = 0
    private(set) var fired: [String] = []

    init(_ objective: Double, over window: Span, good: String = "sum(rate(ok[$window]))") {
      let pace = ErrorBudget.Pace(window: window, slowest: .seconds(15))
      step = pace.step.milliseconds
      let target = ErrorBudget.Target(
        title: "API", objective: objective, window: window, good: good,
        total: "sum(rate(ok[$window])) + (sum(rate(failed[$window])) or vector(0))", pace: pace)
      group = RuleGroup(ErrorBudget.group(target, file: "system.yaml"), surroundings: .init())
    }

    /// So many good and bad answers each second, for a while; nil: nobody asks the service.
    mutating func run(_ span: Span, ok good: Double, failed bad: Double) {
      let end = now + span.milliseconds
      while now < end {
        now += 15_000
        ok += good * 15
        failed += bad * 15
        store.append(Labels([.metricName: "ok"]), t: now, v: ok)
        store.append(Labels([.metricName: "failed"]), t: now, v: failed)
        evaluateIfDue()
      }
    }

    /// Nothing is polled.
    mutating func silence(_ span: Span) {
      let end = now + span.milliseconds
      store.markStale(store.select([Matcher(.metricName, "ok")]), t: now + 1)
      store.markStale(store.select([Matcher(.metricName, "failed")]), t: now + 1)
      while now < end {
        now += 15_000
        evaluateIfDue()
      }
    }

    private mutating func evaluateIfDue() {
      guard now % step == 0 else { return }
      for change in group.evaluate(at: now, in: &store).transitions {
        fired.append("\(change.from)→\(change.to) \(change.labels["window"] ?? "") at \(now / 60_000)m")
      }
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
      let all = labels.merging([.metricName: name, "slo": "API"]) { $1 }
      guard let id = store.seriesID(for: Labels(all)), let last = store.last(of: id), !last.v.isStale else {
        return nil
      }
      return last.v
    }

    func burn(_ window: String) -> Double? { value(ErrorBudget.Series.burn, ["window": window]) }
  }

  @Test func aBudgetBurnsAsFastAsErrorsCome() throws {
    var service = Service(0.99, over: .days(1))
    service.run(.hours(3), ok: 98, failed: 2)
    // 2 % of errors where 1 % is allowed.
    for window in ["5m", "30m", "2h", "1m", "3m", "10m", "1d"] {
      let burn = try #require(service.burn(window), "\(window)")
      #expect(abs(burn - 2) < 1e-6, "\(window): \(burn)")
    }
    #expect(service.fired == ["inactive→firing 2h at 10m"])
    let alert = try #require(service.group.instances.first)
    #expect(alert.level == .warn)
    #expect(alert.summary == "API: the error budget burns 2 times as fast as it may, over 2h and 10m")
    #expect(alert.labels["slo"] == "API")
    #expect(alert.threshold == Threshold(sign: ">", value: 1))
  }

  /// Just below, at, and just above each factor; a budget of 1 % over a day.
  @Test(
    arguments: [
      (14.3, [30, 120]), (14.4, [30, 120]), (14.5, [5, 30, 120]), (5.9, [120]), (6, [120]), (6.1, [30, 120]),
      (0.9, []), (1, []), (1.1, [120]),
    ] as [(Double, [Int64])])
  func factorsAreLimits(_ burn: Double, _ windows: [Int64]) throws {
    var service = Service(0.99, over: .days(1))
    // Half an error an hour more or less must not matter: rates are in thousands.
    service.run(.hours(3), ok: 100_000 - burn * 1000, failed: burn * 1000)
    let firing = Set(
      service.group.instances.filter { $0.state == .firing }.compactMap { $0.labels["window"] })
    #expect(firing == Set(windows.map { Span.minutes($0).prometheus }))
  }

  /// Each of the three goes on under its own rule after a restart.
  @Test func alertsComeBackUnderTheirOwnRules() {
    var service = Service(0.99, over: .days(1))
    service.run(.hours(1), ok: 50, failed: 50)
    let before = service.group.instances.filter { $0.state == .firing }.map(\.labels)
    #expect(before.count == 3)
    let saved = service.group.persisted
    service.group = RuleGroup(service.group.definition, surroundings: .init())
    #expect(service.group.restore(saved, at: Instant(milliseconds: service.now)).isEmpty)
    service.run(.minutes(2), ok: 50, failed: 50)
    #expect(service.group.instances.filter { $0.state != .inactive }.map(\.labels) == before)
  }

  /// At the very first start every window holds the same moment.
  @Test func aFirstBadMomentIsNoPage() {
    var service = Service(0.999, over: .days(30))
    service.run(.minutes(4), ok: 1, failed: 99)
    #expect((service.burn("1h") ?? 0) > 14.4 && (service.burn("5m") ?? 0) > 14.4)
    #expect(service.fired.isEmpty)
    service.run(.minutes(2), ok: 1, failed: 99)
    #expect(service.fired.count == 1 && service.fired.first?.hasPrefix("inactive→firing 1h") == true)
  }

  @Test func theShortWindowEndsAnAlert() {
    var service = Service(0.999, over: .days(30))
    service.run(.hours(1), ok: 100, failed: 0)
    service.run(.minutes(10), ok: 50, failed: 50)
    #expect(service.fired.contains { $0.hasPrefix("inactive→firing 1h") })
    #expect(!service.fired.contains { $0.hasPrefix("firing→inactive 1h") })
    service.run(.minutes(10), ok: 100, failed: 0)
    // The long window still burns, the short one does not any more.
    #expect((service.burn("1h") ?? 0) > 14.4)
    #expect(service.burn("5m") == 0)
    #expect(service.fired.contains { $0.hasPrefix("firing→inactive 1h") })
  }

  /// Nothing asked is neither good nor bad: it is no data, and what was before stays in its window.
  @Test func noTrafficIsNoData() throws {
    var service = Service(0.99, over: .days(1))
    service.run(.minutes(30), ok: 0, failed: 0)
    #expect(service.burn("1d") == nil && service.value(ErrorBudget.Series.covered) == nil)
    #expect(service.value(ErrorBudget.Series.total) == nil)
    service.run(.minutes(30), ok: 99, failed: 1)
    let counted = try #require(service.value(ErrorBudget.Series.covered))
    #expect((59...62).contains(counted), "\(counted)")
    service.run(.minutes(30), ok: 0, failed: 0)
    #expect(service.burn("5m") == nil)
    let burn = try #require(service.burn("1d"))
    #expect(abs(burn - 1) < 0.01, "\(burn)")
    service.silence(.minutes(30))
    #expect(service.burn("5m") == nil && service.burn("1d") != nil)
    let after = try #require(service.value(ErrorBudget.Series.covered))
    #expect(after - counted <= 5, "\(after)")
    #expect(service.fired.allSatisfy { !$0.contains("firing") })
  }

  /// No answer was ever good, so nobody has a series of good ones: all of them are bad.
  @Test func withoutAnyGoodSeriesEverythingIsBad() throws {
    var service = Service(0.99, over: .days(1), good: "sum(rate(never_counted[$window]))")
    service.run(.minutes(30), ok: 1, failed: 0)
    let burn = try #require(service.burn("30m"))
    #expect(abs(burn - 100) < 1e-6)
  }

  /// What is rated over overlapping ranges is weighed alike: the ratio is that of events, not of rates' means.
  @Test func busyTimesWeighMore() throws {
    var service = Service(0.9, over: .days(1))
    service.run(.hours(1), ok: 1, failed: 0)
    service.run(.hours(1), ok: 0, failed: 99)
    service.run(.minutes(10), ok: 0.001, failed: 0)
    let burn = try #require(service.burn("1d"))
    // 99 of 100 are bad, where a tenth may be.
    #expect(abs(burn - 9.9) < 0.01, "\(burn)")
  }

  /// A window of 30 days keeps nothing for so long but the two recorded series.
  @Test func onlyTheRecordedSeriesAreKept() {
    let service = Service(0.999, over: .days(30))
    #expect(service.group.reach <= 300_000)
    #expect(service.group.definition.kept.keys.sorted() == ["slo:good:rate", "slo:total:rate"])
    #expect(service.group.definition.kept.values.allSatisfy { $0 >= .days(30) })
  }

  @Test(arguments: [
    ("sum(rate(x[$window]", "was expected", 19), ("1", "it is a scalar, and an objective counts series", 0),
    ("x[$window]", "it is a range vector, and an objective counts series", 0),
    ("sum(rate(x[$window])) ^^ 1", "unexpected", 23),
  ])
  func wrongExpressions(_ text: String, _ message: String, _ offset: Int) throws {
    let objection = try #require(ErrorBudget.objection(to: text))
    #expect(objection.message.contains(message), "\(objection)")
    #expect(objection.offset == offset)
  }

  @Test(arguments: [(0.999, 0.001), (0.9999, 0.0001), (0.99, 0.01), (0.5, 0.5)])
  func budgets(_ objective: Double, _ budget: Double) {
    #expect(ErrorBudget.budget(of: objective) == budget)
  }
}
