/// A selector and how far back it looks.
package struct SelectorUse: Hashable, Sendable {
  package let selector: Selector
  /// Milliseconds of its own range; 0 for an instant selector.
  package let range: Int64
  /// Milliseconds before the evaluation at which the oldest sample it may need lies: its range or the lookback,
  /// its offset, and the ranges and offsets of the subqueries around it. A selector pinned by `@` has none.
  package let reach: Int64
}

extension Expr {
  /// All selectors, from left to right; `lookback` in milliseconds.
  package func selectors(lookback: Int64 = 300_000) -> [SelectorUse] { [] }

  package var selectors: [SelectorUse] { selectors() }

  /// How long samples must be kept for this expression, in milliseconds.
  package var reach: Int64 { selectors.map(\.reach).max() ?? 0 }
}
