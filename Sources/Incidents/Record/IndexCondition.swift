package enum IndexComparison: CaseIterable, Sendable {
  case equal, less, lessOrEqual, greater, greaterOrEqual
}

/// What entities must be like. It holds or it does not: a comparison with what has no value does not hold, and
/// its negation does.
package indirect enum IndexCondition<Column: IndexColumn>: Hashable, Sendable {
  /// Of every entity.
  case any
  /// Whether work remains on it.
  case isOpen(Bool)
  case keys([String])
  /// Texts by their bytes. Equal to null: has no value. Equal to a text, of a list: it is in it. Never holds
  /// for a value of another kind.
  case compare(Column, IndexComparison, IndexValue)
  case oneOf(Column, [IndexValue])
  case isNull(Column)
  /// Somewhere in the text, or in one of the list; letters A to Z match either case.
  case contains(Column, String)
  /// All words are in the text of one event of the entity, whatever their case and accents; the last is the
  /// beginning of a word unless a space or a quotation mark follows it. Words between quotation marks stand
  /// together. Without any letter or digit it holds for all.
  case text(String)
  case and([IndexCondition])
  case or([IndexCondition])
  case not(IndexCondition)

  package static func equal(_ column: Column, _ value: IndexValue) -> Self { .compare(column, .equal, value) }

  package static func equal(_ column: Column, _ text: String) -> Self {
    .compare(column, .equal, .text(text))
  }
}

/// Which entities of a fold to read, in which order, and how many.
package struct IndexQuery<F: IndexedFold>: Hashable, Sendable {
  package var condition: IndexCondition<F.Column>
  /// What is equal in all of these comes by key.
  package var order: [IndexOrder<F.Column>]
  package var limit: Int?
  /// How many to leave out first.
  package var offset: Int
  /// What rows are read for; nil is all of it. Lists cost most.
  package var columns: [F.Column]?

  package init(
    _ condition: IndexCondition<F.Column> = .any, order: [IndexOrder<F.Column>] = [], limit: Int? = nil,
    offset: Int = 0, columns: [F.Column]? = nil
  ) {
    self.condition = condition
    self.order = order
    self.limit = limit
    self.offset = offset
    self.columns = columns
  }
}

/// One entity as its columns show it.
package struct IndexRow<F: IndexedFold>: Hashable, Sendable {
  package let key: String
  package let isOpen: Bool
  private let values: [F.Column: IndexValue]

  package init(key: String, isOpen: Bool, values: [F.Column: IndexValue]) {
    self.key = key
    self.isOpen = isOpen
    self.values = values.filter { $0.value != .null }
  }

  package init(_ entity: F, key: String) {
    self.init(
      key: key, isOpen: entity.isOpen,
      values: Dictionary(
        F.Column.allCases.map { ($0, entity.value(of: $0).kept(as: $0.kind)) }, uniquingKeysWith: { $1 }))
  }

  package subscript(column: F.Column) -> IndexValue { values[column] ?? .null }

  package func integer(_ column: F.Column) -> Int64? {
    if case .integer(let number) = self[column] { number } else { nil }
  }

  package func text(_ column: F.Column) -> String? {
    if case .text(let text) = self[column] { text } else { nil }
  }

  package func list(_ column: F.Column) -> [String] {
    if case .list(let texts) = self[column] { texts } else { [] }
  }
}

/// What a query found.
package struct IndexPage<F: IndexedFold>: Hashable, Sendable {
  package let rows: [IndexRow<F>]
  /// Whether there can be more than was found: a word so common that only the newest events with it were
  /// looked at, or older events whose text is not indexed yet.
  package let isPartial: Bool

  package init(rows: [IndexRow<F>], isPartial: Bool) {
    self.rows = rows
    self.isPartial = isPartial
  }
}
