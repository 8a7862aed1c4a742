extension IndexQuery {
  /// What the query finds among `rows`: for records in memory, and what the tables must agree with.
  /// - Parameter texts: whether words are in the text of an event of the entity with that key.
  package func select(
    _ rows: some Sequence<IndexRow<F>>, texts: (_ words: String, _ key: String) -> Bool
  ) -> [IndexRow<F>] {
    let found = rows.filter { condition.holds(for: $0, texts: texts) }.sorted(by: precedes)
    return Array(found.dropFirst(max(0, offset)).prefix(max(0, limit ?? .max)))
  }

  private func precedes(_ left: IndexRow<F>, _ right: IndexRow<F>) -> Bool {
    for by in order {
      switch (left[by.column], right[by.column]) {
      case (.null, .null): continue
      case (.null, _): return false
      case (_, .null): return true
      case (let a, let b):
        if let isLess = a.isLess(than: b, in: by) { return isLess }
      }
    }
    return left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
  }
}

extension IndexValue {
  /// Nil when neither comes first.
  fileprivate func isLess<C>(than other: Self, in order: IndexOrder<C>) -> Bool? {
    if IndexComparison.less.holds(self, other) { return !order.isDescending }
    return IndexComparison.less.holds(other, self) ? order.isDescending : nil
  }
}

extension IndexComparison {
  /// Never between a text and a number, nor with null or a list.
  package func holds(_ left: IndexValue, _ right: IndexValue) -> Bool {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): holds(isLess: a < b, isEqual: a == b)
    case (.text(let a), .text(let b)):
      holds(isLess: a.utf8.lexicographicallyPrecedes(b.utf8), isEqual: a.utf8.elementsEqual(b.utf8))
    default: false
    }
  }

  private func holds(isLess: Bool, isEqual: Bool) -> Bool {
    switch self {
    case .equal: isEqual
    case .less: isLess
    case .lessOrEqual: isLess || isEqual
    case .greater: !isLess && !isEqual
    case .greaterOrEqual: !isLess
    }
  }
}

extension IndexCondition {
  /// - Parameter texts: whether words are in the text of an event of the entity with that key.
  package func holds<F: IndexedFold>(
    for row: IndexRow<F>, texts: (_ words: String, _ key: String) -> Bool
  ) -> Bool where F.Column == Column {
    switch self {
    case .any: true
    case .isOpen(let open): row.isOpen == open
    case .keys(let keys): keys.contains(row.key)
    case .compare(let column, .equal, .null), .isNull(let column): row[column] == .null
    case .compare(let column, .equal, .text(let text)) where column.kind == .list:
      row.list(column).contains { $0.utf8.elementsEqual(text.kept.utf8) }
    case .compare(let column, let comparison, let value):
      comparison.holds(row[column], value.kept(as: column.kind))
    case .oneOf(let column, let values):
      values.contains { Self.compare(column, .equal, $0).holds(for: row, texts: texts) }
    case .contains(let column, let part):
      (row.text(column).map { [$0] } ?? row.list(column)).contains { Self.contains($0, part) }
    case .text(let words): texts(words, row.key)
    case .and(let all): all.allSatisfy { $0.holds(for: row, texts: texts) }
    case .or(let any): any.contains { $0.holds(for: row, texts: texts) }
    case .not(let condition): !condition.holds(for: row, texts: texts)
    }
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    func folded(_ text: String) -> [UInt8] { text.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 } }
    let (text, part) = (folded(text), folded(part.kept))
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
