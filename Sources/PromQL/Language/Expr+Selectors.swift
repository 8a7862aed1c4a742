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
  /// All selectors, from left to right; `lookback` in milliseconds.
  package func selectors(lookback: Int64 = 300_000) -> [SelectorUse] { uses(lookback, before: 0) }

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
          reach: before.reaching(range.range, range.selector.shift))
      ]
    case .subquery(let subquery):
      subquery.expr.uses(lookback, before: before.reaching(subquery.range, subquery.shift))
    default: children.flatMap { $0.uses(lookback, before: before) }
    }
  }
}

extension Int64? {
  fileprivate func reaching(_ range: Int64, _ shift: TimeShift) -> Int64? {
    guard let self, shift.pin == nil else { return nil }
    return self.addingSaturating(range).addingSaturating(shift.offset)
  }
}
