import Metrics

/// Series of a test script that are not read: cases that look at them are skipped, each with its reason.
struct ForeignSeries {
  private var stores: [TestOutcome.Reason: Store] = [:]

  /// Remembers a series that is not read; false for one that is.
  mutating func note(_ notation: SeriesNotation) -> Bool {
    guard notation.hasHistograms || notation.isStart else { return false }
    add(notation.labels, notation.isStart ? .startTimestamps : .nativeHistograms)
    return true
  }

  /// Remembers the names that native histograms made of classic ones would have.
  mutating func noteHistograms(ofClassic series: [SeriesNotation]) {
    for notation in series {
      guard let name = notation.labels.metricName, name.hasSuffix("_bucket") else { continue }
      let labels = notation.labels.removing("le").setting(.metricName, String(name.dropLast("_bucket".count)))
      add(labels, .customBuckets)
    }
  }

  private mutating func add(_ labels: Labels, _ reason: TestOutcome.Reason) {
    stores[reason, default: Store()].append(labels, t: 0, v: 0)
  }

  /// Why a case is not tried: it looks at such series, or expects one.
  func skip(_ expr: Expr, _ test: TestScript.Case) -> TestOutcome.Skip? {
    for reason in TestOutcome.Reason.allCases {
      guard let store = stores[reason] else { continue }
      for use in expr.selectors where !store.select(use.selector.matchers).isEmpty {
        return TestOutcome.Skip(
          reason: expr.trims && reason == .nativeHistograms ? .trims : reason,
          detail: "found by " + use.selector.text(range: ""))
      }
    }
    for case .series(let series) in test.expected where series.hasHistograms {
      return TestOutcome.Skip(reason: .nativeHistograms, detail: "expected of \(series.labels)")
    }
    return nil
  }
}

extension Expr {
  /// Whether `</` or `>/` stands in it.
  fileprivate var trims: Bool {
    if case .binary(let binary) = self, binary.op == .trimLower || binary.op == .trimUpper { return true }
    return children.contains(where: \.trims)
  }
}

// MARK: - Type and unit

extension TestScript.Case {
  /// A result that is as expected but for `__type__` and `__unit__`, which Prometheus, when it is told to,
  /// takes away with the name.
  func skip(of value: Value) -> TestOutcome.Skip? {
    var bare = self
    bare.expected = expected.map {
      if case .series(let series) = $0 { .series(series.withoutTypeAndUnit) } else { $0 }
    }
    let stripped: Value
    switch value {
    case .vector(let elements):
      guard elements.contains(where: { $0.labels.hasTypeOrUnit }) else { return nil }
      stripped = .vector(elements.map { Element($0.labels.withoutTypeAndUnit, $0.value) })
    case .matrix(let series):
      guard series.contains(where: { $0.labels.hasTypeOrUnit }) else { return nil }
      stripped = .matrix(series.map { SeriesPoints($0.labels.withoutTypeAndUnit, $0.points) })
    case .scalar, .string: return nil
    }
    guard bare.difference(from: stripped) == nil else { return nil }
    return TestOutcome.Skip(reason: .typeAndUnit, detail: "the result is the same without them")
  }
}

extension Labels {
  var hasTypeOrUnit: Bool { self["__type__"] != nil || self["__unit__"] != nil }

  fileprivate var withoutTypeAndUnit: Labels { removing(["__type__", "__unit__"]) }
}

extension SeriesNotation {
  fileprivate var withoutTypeAndUnit: SeriesNotation { relabelled(labels.withoutTypeAndUnit) }
}
