import Metrics
import Values

/// A selector and how far back it looks.
package struct SelectorUse: Hashable, Sendable {
  package let selector: Selector
  /// Milliseconds of its own range; 0 for an instant selector.
  package let range: Int64
  /// Milliseconds before the evaluation at which the oldest sample it may need lies: its range or the lookback,
  /// its offset, and the ranges and offsets of the subqueries around it. Nil when `@` pins it to a time.
  package let reach: Int64?
}

extension Expr {
  /// All selectors, from left to right, that of `info`'s own series included; `lookback` in milliseconds.
  ///
  /// Durations that depend on the query's step or length are those of an instant query.
  package func selectors(lookback: Int64 = 300_000) -> [SelectorUse] {
    let expr = hasComputedDurations ? (try? resolved(step: 0, length: 0)) ?? self : self
    return expr.uses(lookback, before: 0)
  }

  package var selectors: [SelectorUse] { selectors() }

  /// How long samples must be kept for this expression, in milliseconds, selectors pinned by `@` left out.
  package var reach: Int64 { selectors.compactMap(\.reach).max() ?? 0 }

  private func uses(_ lookback: Int64, before: Int64?) -> [SelectorUse] {
    switch self {
    case .selector(let selector):
      [SelectorUse(selector: selector, range: 0, reach: before.reaching(lookback, selector.shift))]
    case .range(let range):
      [
        SelectorUse(
          selector: range.selector, range: range.range,
          reach: before.reaching(
            range.range.addingSaturating(range.selector.extent == .plain ? 0 : lookback), range.selector.shift
          ))
      ]
    case .call(let call) where call.function.name == "info":
      (call.arguments.first?.uses(lookback, before: before) ?? [])
        + [SelectorUse(selector: call.infoSelector, range: 0, reach: reach(lookback, before))]
    case .subquery(let subquery):
      subquery.expr.uses(lookback, before: before.reaching(subquery.range, subquery.shift))
    default: children.flatMap { $0.uses(lookback, before: before) }
    }
  }
}

extension Expr {
  /// Info series are looked for when the series are that they describe.
  private func reach(_ lookback: Int64, _ before: Int64?) -> Int64? {
    guard let first = children.first else { return before }
    let reaches = first.uses(lookback, before: before).map(\.reach)
    return reaches.contains(nil)
      ? nil : reaches.compactMap { $0 }.max() ?? before.map { $0.addingSaturating(lookback) }
  }
}

extension Call {
  /// The selector by which `info` finds its series.
  fileprivate var infoSelector: Selector {
    var matchers: [Matcher] = []
    var index = -1
    if case .selector(let selector)? = arguments.dropFirst().first {
      (matchers, index) = (selector.matchers, selector.index)
    }
    if !matchers.contains(where: { $0.name == .metricName }) {
      matchers.append(Matcher(.metricName, "target_info"))
    }
    return Selector(name: nil, matchers: matchers, place: place, index: index)
  }
}

extension Int64? {
  fileprivate func reaching(_ range: Int64, _ shift: TimeShift) -> Int64? {
    guard let self, shift.pin == nil else { return nil }
    return self.addingSaturating(range).addingSaturating(shift.offset)
  }
}
