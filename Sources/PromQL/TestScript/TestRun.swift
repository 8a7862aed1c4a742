import Metrics
import Patterns
import Values

/// Runs scripts: keeps what was loaded from one command to the next.
package struct TestRun {
  package var options: EvaluationOptions
  package var parseOptions: PromQL.ParseOptions
  /// Repeats instant evaluations as range queries and with `@` on every selector; the results must agree.
  package var checksInvariance = true
  private var store = Store()
  /// Series that are not read here, each with its reason.
  private var foreign = ForeignSeries()

  package init(
    options: EvaluationOptions = EvaluationOptions(),
    parseOptions: PromQL.ParseOptions = PromQL.ParseOptions()
  ) {
    self.options = options
    self.parseOptions = parseOptions
  }

  /// Runs a script from an empty store; every evaluation has an outcome, in the script's order.
  package mutating func run(_ script: TestScript) -> [TestOutcome] {
    store = Store()
    foreign = ForeignSeries()
    var outcomes: [TestOutcome] = []
    for command in script.commands {
      switch command.work {
      case .clear:
        store = Store()
        foreign = ForeignSeries()
      case .load(let step, let series, let addsHistograms):
        load(series, step: step)
        if addsHistograms { foreign.noteHistograms(ofClassic: series) }
      case .evaluate(let test):
        outcomes.append(
          TestOutcome(
            file: script.file, line: command.line, text: test.text, tier: tier(test), verdict: verdict(test)))
      }
    }
    return outcomes
  }

  private mutating func load(_ series: [SeriesNotation], step: Int64) {
    for notation in series {
      guard !foreign.note(notation) else { continue }
      for (index, value) in notation.values.enumerated() {
        guard let value else { continue }
        store.append(notation.labels, t: Int64(index).multipliedSaturating(by: step), v: value)
      }
    }
  }

  private func verdict(_ test: TestScript.Case) -> TestOutcome.Verdict {
    let expr: Expr
    do {
      expr = try PromQL.parse(test.text, options: parseOptions)
    } catch {
      return test.fails == nil ? .failed("it does not parse: \(error)") : .passed
    }
    if let skip = foreign.skip(expr, test) { return .skipped(skip) }
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
        return test.skip(of: value).map { .skipped($0) } ?? .failed(difference)
      }
      guard checksInvariance, case .instant(let at) = test.when else { return .passed }
      return try checkInvariance(test, expr, at: at)
    } catch {
      guard let fails = test.fails else { return .failed("it fails: \(error)") }
      return fails.fits(error.message) ? .passed : .failed("it fails with \"\(error)\" instead of \(fails)")
    }
  }

  /// Which part of the language a case is about.
  private func tier(_ test: TestScript.Case) -> TestOutcome.Tier {
    guard let expr = try? PromQL.parse(test.text, options: parseOptions) else { return .stable }
    if let skip = foreign.skip(expr, test) { return skip.reason.tier }
    if expr.selectors.contains(where: { use in
      store.select(use.selector.matchers).contains { store.labels(of: $0)?.hasTypeOrUnit ?? false }
    }) {
      return .typeAndUnit
    }
    return (try? PromQL.parse(test.text)) == nil ? .experimental : .stable
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
    -> TestOutcome.Verdict
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
