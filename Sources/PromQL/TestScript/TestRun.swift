import Metrics
import Patterns
import Values

/// Runs scripts: keeps what was loaded from one command to the next.
package struct TestRun {
  /// What became of one evaluation.
  package struct Outcome: Sendable {
    package enum Verdict: Hashable, Sendable {
      case passed
      /// What was expected and what came.
      case failed(String)
      /// Not tried: it needs something that is not read here.
      case skipped(String)
    }

    package let line: Int
    package let text: String
    package let verdict: Verdict
  }

  package var options: EvaluationOptions
  package var parseOptions: PromQL.ParseOptions
  /// Repeats instant evaluations as range queries and with `@` on every selector; the results must agree.
  package var checksInvariance = true
  private var store = Store()
  /// Series that cannot be loaded: native histograms and start timestamps.
  private var foreign = Store()

  package init(
    options: EvaluationOptions = EvaluationOptions(),
    parseOptions: PromQL.ParseOptions = PromQL.ParseOptions()
  ) {
    self.options = options
    self.parseOptions = parseOptions
  }

  package mutating func run(_ script: TestScript) -> [Outcome] {
    var outcomes: [Outcome] = []
    for command in script.commands {
      switch command.work {
      case .clear:
        store = Store()
        foreign = Store()
      case .load(let step, let series, let addsHistograms):
        load(series, step: step)
        if addsHistograms { noteHistograms(of: series) }
      case .evaluate(let test):
        outcomes.append(Outcome(line: command.line, text: test.text, verdict: verdict(test)))
      }
    }
    return outcomes
  }

  private mutating func load(_ series: [SeriesNotation], step: Int64) {
    for notation in series {
      guard !notation.hasHistograms, !notation.isStart else {
        foreign.append(notation.labels, t: 0, v: 0)
        continue
      }
      for (index, value) in notation.values.enumerated() {
        guard let value else { continue }
        store.append(notation.labels, t: Int64(index).multipliedSaturating(by: step), v: value)
      }
    }
  }

  /// Remembers the names that native histograms made of classic ones would have.
  private mutating func noteHistograms(of series: [SeriesNotation]) {
    for notation in series {
      guard let name = notation.labels.metricName, name.hasSuffix("_bucket") else { continue }
      let labels = notation.labels.removing("le").setting(.metricName, String(name.dropLast("_bucket".count)))
      foreign.append(labels, t: 0, v: 0)
    }
  }

  private func verdict(_ test: TestScript.Case) -> Outcome.Verdict {
    let expr: Expr
    do {
      expr = try PromQL.parse(test.text, options: parseOptions)
    } catch {
      return test.fails == nil ? .failed("it does not parse: \(error)") : .passed
    }
    for use in expr.selectors where !foreign.select(use.selector.matchers).isEmpty {
      return .skipped("\(use.selector.text(range: "")) finds native histograms or start timestamps")
    }
    let needsHistograms = test.expected.contains {
      if case .series(let series) = $0 { series.hasHistograms } else { false }
    }
    if needsHistograms { return .skipped("the result is a native histogram") }
    var query = Query(expr, options: options)
    do throws(EvaluationError) {
      let value: Value
      switch test.when {
      case .instant(let at): value = try query.instant(at: at, in: store)
      case .range(let from, let to, let step):
        value = try query.range(from: from, to: to, step: step, in: store)
      }
      if let fails = test.fails { return .failed("it should fail (\(fails)) but yields \(value)") }
      if let difference = test.difference(from: value) ?? difference(test, query.annotations) {
        return .failed(difference)
      }
      guard checksInvariance, case .instant(let at) = test.when else { return .passed }
      return try checkInvariance(test, expr, at: at)
    } catch {
      guard let fails = test.fails else { return .failed("it fails: \(error)") }
      return fails.fits(error.message) ? .passed : .failed("it fails with \"\(error)\" instead of \(fails)")
    }
  }

  private func difference(_ test: TestScript.Case, _ annotations: [Annotation]) -> String? {
    let kinds: [([TestScript.TextExpectation]?, Annotation.Weight)] = [
      (test.warnings, .warning), (test.infos, .info),
    ]
    for (expected, weight) in kinds {
      guard let expected else { continue }
      let found = annotations.filter { $0.weight == weight }.map(\.description)
      if let extra = found.first(where: { text in !expected.contains { $0.fits(text) } }) {
        return "an unexpected \(weight.rawValue): \(extra)"
      }
      if let missing = expected.first(where: { expectation in !found.contains { expectation.fits($0) } }) {
        return "no \(weight.rawValue) that says \(missing)"
      }
    }
    return nil
  }

  /// The same evaluation in the middle of a range query, and with its selectors pinned at other times.
  private func checkInvariance(_ test: TestScript.Case, _ expr: Expr, at: Int64) throws(EvaluationError)
    -> Outcome.Verdict
  {
    guard expr.valueType == .vector, !test.isOrdered, !expr.dependsOnRange else { return .passed }
    var query = Query(expr, options: options)
    let matrix = try query.range(
      from: at.subtractingSaturating(60_000), to: at.addingSaturating(60_000), step: 60_000, in: store)
    if let difference = test.difference(from: matrix.vector(at: at)) {
      return .failed("as a range query: " + difference)
    }
    guard !expr.dependsOnTime else { return .passed }
    for time in [at.subtractingSaturating(100_000), at.addingSaturating(600_000)] {
      var pinned = Query(expr.pinned(at: at), options: options)
      if let difference = test.difference(from: try pinned.instant(at: time, in: store)) {
        return .failed("with @ \(at) at \(time): " + difference)
      }
    }
    return .passed
  }
}

extension TestScript.TextExpectation {
  func fits(_ text: String) -> Bool {
    switch self {
    case .anything: true
    case .message(let message): text == message || text.hasPrefix(message)
    case .pattern(let pattern): (try? Regex(pattern, anchored: false))?.matches(text) ?? false
    }
  }
}
