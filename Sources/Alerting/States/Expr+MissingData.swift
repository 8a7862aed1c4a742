import Metrics
import PromQL
import Values

extension Expr {
  /// The selectors without which the expression cannot have a value, and that have no live series now.
  ///
  /// A live series has a sample within the selector's reach and no stale marker as its newest. Only series that
  /// agree with `labels` on the names they share count, so that one of three instances can be missing.
  /// `absent` needs nothing; an `or` has its value while either side has.
  ///
  /// - Parameters:
  ///   - at: milliseconds since 1970: the time of the evaluation.
  ///   - isRefilling: whether a window that is not filled yet counts as empty: after a restart or a gap a `rate` over
  ///     part of its window is too low.
  package func missingSelectors(
    for labels: Labels, at: Int64, in store: Store, isRefilling: Bool = false
  ) -> [String] {
    let agree = rewritesLabels ? Labels.empty : labels
    return missing(Lookup(labels: agree, at: at, store: store, isRefilling: isRefilling))
  }

  /// As ``missingSelectors(for:at:in:isRefilling:)``, by the series that a remote engine found.
  ///
  /// - Parameter evidence: the label sets that each selector finds, by its text.
  func missingSelectors(for labels: Labels, evidence: [String: [Labels]]) -> [String] {
    let agree = rewritesLabels ? Labels.empty : labels
    return missing(Lookup(labels: agree, at: 0, store: Store(), isRefilling: false, evidence: evidence))
  }

  fileprivate struct Lookup {
    let labels: Labels
    let at: Int64
    let store: Store
    let isRefilling: Bool
    /// What a remote engine found, by selector; nil: look into the store.
    var evidence: [String: [Labels]]?

    /// Whether any series fits the selector and lives.
    func finds(_ selector: Selector, range: Int64) -> Bool {
      // A pinned selector looks at a fixed time: its data does not come and go.
      guard selector.shift.pin == nil else { return true }
      if let evidence {
        // What was not asked is not held against the alert.
        return evidence[Expr.selector(selector).description]?.contains(where: agrees) ?? true
      }
      let through = at.subtractingSaturating(selector.shift.offset)
      let after = through.subtractingSaturating(range > 0 ? range : 300_000)
      return store.select(selector.matchers).contains { id in
        guard let point = store.newest(id, after: after, through: through), !point.v.isStale,
          let found = store.labels(of: id)
        else { return false }
        // A window with nothing in its first quarter is still filling.
        let early = after.addingSaturating(range / 4)
        if isRefilling, range > 0, store.newest(id, after: after, through: early) == nil { return false }
        return agrees(found)
      }
    }

    private func agrees(_ found: Labels) -> Bool {
      labels.pairs.allSatisfy { pair in found[pair.name].map { $0 == pair.value } ?? true }
    }
  }

  private func missing(_ lookup: Lookup) -> [String] {
    switch self {
    case .number, .string: return []
    case .selector(let selector):
      return lookup.finds(selector, range: 0) ? [] : [Self.selector(selector).description]
    case .range(let range):
      return lookup.finds(range.selector, range: range.range)
        ? [] : [Self.selector(range.selector).description]
    case .subquery(let subquery): return subquery.expr.missing(lookup)
    case .parenthesised(let inner, _): return inner.missing(lookup)
    case .unary(let unary): return unary.operand.missing(lookup)
    case .aggregation(let aggregation): return aggregation.expr.missing(lookup)
    case .call(let call):
      if call.function.name.hasPrefix("absent") { return [] }
      return call.arguments.flatMap { $0.missing(lookup) }
    case .binary(let binary):
      let left = binary.left.missing(lookup)
      if binary.op == .unless { return left }
      let right = binary.right.missing(lookup)
      if binary.op == .or { return left.isEmpty || right.isEmpty ? [] : left + right }
      return left + right
    }
  }

  /// Whether labels of the result need not be those of the series.
  private var rewritesLabels: Bool {
    switch self {
    case .number, .string, .selector, .range: false
    case .subquery(let subquery): subquery.expr.rewritesLabels
    case .parenthesised(let inner, _): inner.rewritesLabels
    case .unary(let unary): unary.operand.rewritesLabels
    case .aggregation(let aggregation): aggregation.op == .countValues || aggregation.expr.rewritesLabels
    case .call(let call):
      ["label_replace", "label_join"].contains(call.function.name)
        || call.arguments.contains { $0.rewritesLabels }
    case .binary(let binary): binary.left.rewritesLabels || binary.right.rewritesLabels
    }
  }
}

extension Expr {
  /// Whether an alert with these labels can be this expression's: no selector's `=` contradicts them.
  func couldYield(_ labels: Labels) -> Bool {
    selectors.allSatisfy { use in
      use.selector.matchers.allSatisfy { matcher in
        guard matcher.op == .equal, let value = labels[matcher.name] else { return true }
        return value == matcher.value
      }
    }
  }
}
