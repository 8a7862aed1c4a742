import Metrics
import PromQL
import Values

extension UnitTestFile {
  /// Runs tests over the rules, each on its own store.
  ///
  /// - Parameter isWanted: whether a test runs, by its name as the file has it (`""` without one).
  package func run(
    _ groups: [GroupDefinition], where isWanted: (String) -> Bool = { _ in true }
  ) -> [UnitTestOutcome] {
    let order = Dictionary(groupOrder.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = groups.enumerated().sorted {
      (order[$0.element.name] ?? .max, $0.offset) < (order[$1.element.name] ?? .max, $1.offset)
    }.map(\.element)
    return tests.enumerated().filter { isWanted($0.element.name ?? "") }.map { index, test in
      var run = UnitTestRun(test, file: self, groups: sorted)
      return UnitTestOutcome(
        name: test.name ?? "unnamed#\(index)", position: test.position, failures: run.run())
    }
  }
}

/// One test on its way.
private struct UnitTestRun {
  let test: UnitTest
  let file: UnitTestFile
  var groups: [RuleGroup]
  var store = Store()
  var failures: [UnitTestFailure] = []
  /// How many values of each series are in the store.
  var loaded: [Int]
  /// Where each series lies in the store; nil until it has a value.
  var places: [SeriesID?]

  init(_ test: UnitTest, file: UnitTestFile, groups: [GroupDefinition]) {
    self.test = test
    self.file = file
    var surroundings = RuleGroup.Surroundings()
    surroundings.externalLabels = test.externalLabels
    surroundings.externalURL = test.externalURL
    self.groups = groups.map { RuleGroup($0, surroundings: surroundings) }
    loaded = Array(repeating: 0, count: test.series.count)
    places = Array(repeating: nil, count: test.series.count)
  }

  mutating func run() -> [UnitTestFailure] {
    let end = test.start + test.length
    var now = test.start
    while now <= end {
      load(through: now)
      guard evaluate(at: now) else { return failures }
      let next = now + file.interval
      for expectation in test.alerts {
        let time = test.start + expectation.at
        if now <= time, time < next { check(expectation) }
      }
      now = next
    }
    load(through: end)
    for expectation in test.queries { check(expectation) }
    return failures
  }

  /// False when a rule fails: that ends the test.
  private mutating func evaluate(at now: Instant) -> Bool {
    var isSound = true
    for index in groups.indices {
      for failure in groups[index].evaluate(at: now.milliseconds, in: &store).failures {
        isSound = false
        fail(.rule(failure.rule, error: failure.reason), at: now - test.start, test.position)
      }
    }
    return isSound
  }

  private mutating func load(through now: Instant) {
    let step = max(1, test.interval.milliseconds)
    for (index, series) in test.series.enumerated() {
      while loaded[index] < series.values.count {
        let time = test.start.milliseconds.addingSaturating(
          Int64(loaded[index]).multipliedSaturating(by: step))
        guard time <= now.milliseconds else { break }
        if let value = series.values[loaded[index]] {
          let place = places[index] ?? store.reference(series.labels)
          places[index] = place
          store.append(ref: place, t: time, v: value)
        }
        loaded[index] += 1
      }
    }
  }

  private mutating func check(_ expectation: UnitTest.AlertExpectation) {
    typealias Alert = UnitTestFailure.FiringAlert
    let found = groups.flatMap(\.firing).filter { $0.rule == expectation.name }
      .map { Alert(labels: $0.labels, annotations: Labels($0.annotations)) }.sorted()
    let expected = expectation.alerts.map { alert in
      Alert(
        labels: Labels(alert.labels).setting("alertname", expectation.name),
        annotations: Labels(alert.annotations))
    }.sorted()
    guard found != expected else { return }
    fail(
      .alerts(rule: expectation.name, expected: expected, found: found), at: expectation.at,
      expectation.position)
  }

  private mutating func check(_ expectation: UnitTest.QueryExpectation) {
    let time = (test.start + expectation.at).milliseconds
    var found: [Element] = []
    do {
      var query = Query(try PromQL.parse(expectation.expr))
      switch try query.instant(at: time, in: store) {
      case .vector(let elements): found = elements
      case .scalar(let value): found = [Element(.empty, value)]
      case .string, .matrix: throw EvaluationError("the expression yields neither a vector nor a scalar")
      }
    } catch {
      fail(.expression(expectation.expr, error: "\(error)"), at: expectation.at, expectation.position)
      return
    }
    let a = expectation.samples.sorted { $0.labels < $1.labels }
    let b = found.sorted { $0.labels < $1.labels }
    if a.count == b.count, zip(a, b).allSatisfy({ $0.labels == $1.labels && isSame($0.value, $1.value) }) {
      return
    }
    fail(
      .samples(expr: expectation.expr, expected: a, found: b), at: expectation.at, expectation.position)
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool {
    if a == b || (a.isNaN && b.isNaN) { return true }
    return file.isFuzzy && a.nextDown <= b && b <= a.nextUp
  }

  private mutating func fail(_ difference: UnitTestFailure.Difference, at time: Span, _ position: Position) {
    failures.append(
      UnitTestFailure(
        difference: difference, test: test.name, time: time, file: file.file, position: position))
  }
}
