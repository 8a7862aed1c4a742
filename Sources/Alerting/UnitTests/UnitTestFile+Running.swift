import Metrics
import PromQL
import Values

extension UnitTestFile {
  /// Runs every test over the rules, and says where what came differs from what was expected; empty: all pass.
  package func run(_ groups: [GroupDefinition]) -> [Problem] {
    let order = Dictionary(groupOrder.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = groups.enumerated().sorted {
      (order[$0.element.name] ?? .max, $0.offset) < (order[$1.element.name] ?? .max, $1.offset)
    }
    return tests.flatMap { test in
      var run = UnitTestRun(test, file: self, groups: sorted.map(\.element))
      return run.run()
    }
  }
}

/// One test on its way.
private struct UnitTestRun {
  let test: UnitTest
  let file: UnitTestFile
  var groups: [RuleGroup]
  var store = Store()
  var problems: [Problem] = []
  /// How many values of each series are in the store.
  var loaded: [Int]

  init(_ test: UnitTest, file: UnitTestFile, groups: [GroupDefinition]) {
    self.test = test
    self.file = file
    var surroundings = RuleGroup.Surroundings()
    surroundings.externalLabels = test.externalLabels
    surroundings.externalURL = test.externalURL
    self.groups = groups.map { RuleGroup($0, surroundings: surroundings) }
    loaded = Array(repeating: 0, count: test.series.count)
  }

  mutating func run() -> [Problem] {
    let end = test.start + test.length
    var now = test.start
    while now <= end {
      load(through: now)
      for index in groups.indices {
        let result = groups[index].evaluate(at: now.milliseconds, in: &store)
        for failure in result.failures {
          fail(
            "the rule \(failure.rule) fails at \((now - test.start).prometheus): \(failure.reason)",
            test.position)
        }
      }
      let next = now + file.interval
      for expectation in test.alerts {
        let time = test.start + expectation.at
        if now <= time, time < next { check(expectation) }
      }
      now = next
    }
    load(through: end)
    for expectation in test.queries { check(expectation) }
    return problems
  }

  private mutating func load(through now: Instant) {
    let step = max(1, test.interval.milliseconds)
    for (index, series) in test.series.enumerated() {
      while loaded[index] < series.values.count {
        let time = test.start.milliseconds.addingSaturating(
          Int64(loaded[index]).multipliedSaturating(by: step))
        guard time <= now.milliseconds else { break }
        if let value = series.values[loaded[index]] { store.append(series.labels, t: time, v: value) }
        loaded[index] += 1
      }
    }
  }

  private mutating func check(_ expectation: UnitTest.AlertExpectation) {
    let found = groups.flatMap(\.firing).filter { $0.rule == expectation.name }.map { alert in
      Self.line(alert.labels, alert.annotations)
    }
    let expected = expectation.alerts.map { alert in
      Self.line(Labels(alert.labels).setting("alertname", expectation.name), alert.annotations)
    }
    compare(expectation.name, at: expectation.at, found, expected, expectation.position)
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
      fail("\(expectation.expr) fails: \(error)", expectation.position)
      return
    }
    let a = found.sorted { $0.labels < $1.labels }
    let b = expectation.samples.sorted { $0.labels < $1.labels }
    if a.count == b.count, zip(a, b).allSatisfy({ $0.labels == $1.labels && isSame($0.value, $1.value) }) {
      return
    }
    compare(
      expectation.expr, at: expectation.at, a.map { "\($0.labels) \($0.value)" },
      b.map { "\($0.labels) \($0.value)" }, expectation.position)
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool {
    if a == b || (a.isNaN && b.isNaN) { return true }
    return file.isFuzzy && a.nextDown <= b && b <= a.nextUp
  }

  private mutating func compare(
    _ what: String, at: Span, _ found: [String], _ expected: [String], _ position: Position
  ) {
    guard found.sorted() != expected.sorted() else { return }
    func list(_ lines: [String]) -> String {
      lines.isEmpty ? "nothing" : lines.sorted().joined(separator: ", ")
    }
    fail("\(what) at \(at.prometheus) is \(list(found)), not \(list(expected))", position)
  }

  private mutating func fail(_ what: String, _ position: Position) {
    let name = test.name.map { "\($0): " } ?? ""
    problems.append(
      Problem(name + what, remedy: "correct the rule or the test", file: file.file, at: position))
  }

  private static func line(_ labels: Labels, _ annotations: [String: String]) -> String {
    let texts = annotations.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    return labels.description + texts.map { " \($0.key)=\($0.value.quotedAsInGo)" }.joined()
  }
}
