import GRDB
import Incidents

/// A query as SQL. Only names of tables and columns are in its text, all else is bound; negations are pushed down to
/// the comparisons, so that each says for itself what holds where there is no value.
struct IndexStatement<F: IndexedFold> {
  private let table = IndexTable<F>()
  private(set) var arguments: [(any DatabaseValueConvertible)?] = []
  /// What texts are searched for.
  private(set) var words: [WordQuery] = []
  /// After `WHERE`.
  private(set) var condition = ""

  /// How deep conditions may stand in each other.
  private static var deepest: Int { 64 }

  init(_ condition: IndexCondition<F.Column>) throws {
    let text = try add(condition, holds: true, depth: 0)
    // Every index of several columns begins with whether it is open.
    self.condition = Self.needsOpen(condition) ? "open IN (0, 1) AND \(text)" : text
  }

  /// Whether a value is asked for by which an index is sorted, of open ones and others.
  private static func needsOpen(_ condition: Condition) -> Bool {
    let parts = if case .and(let parts) = condition { parts } else { [condition] }
    let isOpen = parts.contains { if case .isOpen = $0 { true } else { false } }
    return !isOpen
      && parts.contains { part in
        switch part {
        case .compare(let column, .equal, _), .oneOf(let column, _):
          F.indexed.contains { $0.count > 1 && $0.first?.column == column }
        default: false
        }
      }
  }

  private typealias Condition = IndexCondition<F.Column>

  private mutating func add(_ condition: Condition, holds: Bool, depth: Int) throws -> String {
    guard depth < Self.deepest else {
      throw JournalError(
        .unknown, "The filter is nested deeper than \(Self.deepest) levels; write a simpler one.")
    }
    switch condition {
    case .any: return Self.constant(holds)
    case .isOpen(let open):
      arguments.append(open == holds)
      return "open = ?"
    case .keys(let keys):
      arguments += keys
      return "key \(holds ? "" : "NOT ")IN (\(Self.marks(keys.count)))"
    case .isNull(let column), .compare(let column, .equal, .null): return name(column, isNull: holds)
    case .compare(let column, let comparison, let value): return add(column, comparison, value, holds: holds)
    case .oneOf(let column, let values): return add(column, oneOf: values, holds: holds)
    case .contains(let column, let part): return add(column, contains: part, holds: holds)
    case .text(let text): return add(text: text, holds: holds)
    case .not(let condition): return try add(condition, holds: !holds, depth: depth + 1)
    case .and(let parts): return try add(parts, joinedBy: holds ? "AND" : "OR", holds, depth)
    case .or(let parts): return try add(parts, joinedBy: holds ? "OR" : "AND", holds, depth)
    }
  }

  /// Halved again and again: SQLite bounds how deep an expression goes.
  private mutating func add(
    _ parts: [Condition], joinedBy word: String, _ holds: Bool, _ depth: Int
  ) throws -> String {
    var texts = try parts.map { try add($0, holds: holds, depth: depth + 1) }
    guard !texts.isEmpty else { return Self.constant(word == "AND") }
    while texts.count > 1 {
      texts = stride(from: 0, to: texts.count, by: 2).map { start in
        start + 1 < texts.count ? "(\(texts[start]) \(word) \(texts[start + 1]))" : texts[start]
      }
    }
    return texts[0]
  }

  private mutating func add(
    _ column: F.Column, _ comparison: IndexComparison, _ value: IndexValue, holds: Bool
  ) -> String {
    let bound: any DatabaseValueConvertible
    switch (column.kind, value) {
    case (.integer, .integer(let number)): bound = number
    case (.text, .text(let text)): bound = text.kept
    case (.list, .text) where comparison == .equal: return add(column, oneOf: [value], holds: holds)
    default: return Self.constant(!holds)
    }
    arguments.append(bound)
    let name = Self.name(column)
    switch (comparison, holds) {
    case (.equal, true): return "\(name) = ?"
    case (.equal, false): return "\(name) IS NOT ?"
    case (.less, true): return "\(name) < ?"
    case (.lessOrEqual, true): return "\(name) <= ?"
    case (.greater, true): return "\(name) > ?"
    case (.greaterOrEqual, true): return "\(name) >= ?"
    case (.less, false): return "(\(name) >= ? OR \(name) IS NULL)"
    case (.lessOrEqual, false): return "(\(name) > ? OR \(name) IS NULL)"
    case (.greater, false): return "(\(name) <= ? OR \(name) IS NULL)"
    case (.greaterOrEqual, false): return "(\(name) < ? OR \(name) IS NULL)"
    }
  }

  private mutating func add(_ column: F.Column, oneOf values: [IndexValue], holds: Bool) -> String {
    let name = Self.name(column)
    var bound: [any DatabaseValueConvertible] = []
    for value in values {
      switch (column.kind, value) {
      case (.integer, .integer(let number)): bound.append(number)
      case (.text, .text(let text)), (.list, .text(let text)): bound.append(text.kept)
      default: break
      }
    }
    let marks = Self.marks(bound.count)
    let isIn: String
    if column.kind == .list {
      arguments.append(column.rawValue)
      isIn = "row IN (SELECT row FROM \(table.lists) WHERE list = ? AND value IN (\(marks)))"
    } else {
      isIn = "(\(name) IS NOT NULL AND \(name) IN (\(marks)))"
    }
    arguments += bound
    let positive = values.contains(.null) ? "(\(isIn) OR \(name) IS NULL)" : isIn
    return holds ? positive : "NOT \(positive)"
  }

  private mutating func add(_ column: F.Column, contains part: String, holds: Bool) -> String {
    let lowered = String(
      String.UnicodeScalarView(
        part.kept.unicodeScalars.map { "A"..."Z" ~= $0 ? Unicode.Scalar(UInt8($0.value) | 0x20) : $0 }))
    let not = holds ? "" : "NOT "
    switch column.kind {
    case .integer: return Self.constant(!holds)
    case .text:
      arguments.append(lowered)
      return "\(not)coalesce(instr(lower(\(Self.name(column))), ?) > 0, 0)"
    case .list:
      arguments += [column.rawValue, lowered]
      return """
        row \(not)IN (SELECT row FROM \(table.lists) WHERE list = ? AND instr(lower(value), ?) > 0)
        """
    }
  }

  private mutating func add(text: String, holds: Bool) -> String {
    guard let query = WordQuery(text) else { return Self.constant(holds) }
    words.append(query)
    arguments += [query.expression, Words.most] as [any DatabaseValueConvertible]
    return """
      row \(holds ? "" : "NOT ")IN (SELECT concerned.row FROM \
      (SELECT rowid AS place FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?) AS found \
      CROSS JOIN \(table.events) AS concerned ON concerned.place = found.place)
      """
  }

  private func name(_ column: F.Column, isNull: Bool) -> String {
    "\(Self.name(column)) IS \(isNull ? "" : "NOT ")NULL"
  }

  private static func name(_ column: F.Column) -> String { IndexTable<F>.quoted(column.rawValue) }

  private static func constant(_ holds: Bool) -> String { holds ? "1" : "0" }

  private static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
