import PromQL
import Values

extension Expr {
  /// What to ask a remote engine, beside the expression itself, to learn which of its selectors find anything there.
  ///
  /// - Parameter kept: labels that are told apart, as a list of names; empty for none.
  package func presence(keeping kept: String = "") -> [(selector: String, query: String)] {
    var asked: [(selector: String, query: String)] = []
    // One that is pinned by @ looks at a fixed time: its data does not come and go.
    for use in selectors where use.selector.shift.pin == nil && use.selector.shift.computedOffset == nil {
      let text = Expr.selector(use.selector).description
      guard !asked.contains(where: { $0.selector == text }) else { continue }
      let span = use.range > 0 ? "last_over_time(\(use.ranged))" : text
      asked.append((text, "group by (\(kept)) (\(span))"))
    }
    return asked
  }
}

extension SelectorUse {
  /// The selector with its range before its offset, as the grammar has it.
  fileprivate var ranged: String {
    var bare = selector
    let offset = bare.shift.offset
    bare.shift = TimeShift()
    let moved = offset == 0 ? "" : " offset \(Span(milliseconds: offset).prometheus)"
    return "\(Expr.selector(bare))[\(Span(milliseconds: range).prometheus)]\(moved)"
  }
}
