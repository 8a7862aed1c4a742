import GRDB
import Incidents
import Values

/// How the events of a selection are found: by the index that has the fewest of them, and where all have many, a
/// window of time after the other, so that each look costs little however rare the events are.
struct EventHunt {
  /// An index by which terms are found.
  struct Driver {
    /// In a `FROM`, after the table's name.
    var hint: String
    /// The terms that it finds; without any it is all.
    var terms: [Int] = []
    /// All that it finds can be fetched at once.
    var isRare = false
  }

  typealias Value = (any DatabaseValueConvertible)?
  typealias Condition = (sql: String, values: [Value])

  let db: Database
  let selection: EventSelection
  /// For each term about people: who was meant; nil where their handles only can be compared.
  private let actors: [[String]?]
  /// For each term the words that are looked for, as FTS5 has it; nil where there are none, or no index of them.
  private let words: [String?]
  let driver: Driver

  /// Events of the first window, and how it grows.
  var firstWindow = 1000
  static let growth = 4
  /// Events among which one look looks: few where each must be read, more where an index alone tells.
  var most: Int
  /// Rows among which the places of the commonest word can be gathered in a look.
  var farthest: Int64 = 120_000

  static let system = "CASE WHEN json_valid(body) THEN json_extract(body, '$.system') END"

  /// - Parameter rare: so many are fetched and sorted at once.
  init(_ selection: EventSelection, _ db: Database, rare: Int = 1500) throws {
    self.db = db
    self.selection = selection
    let isIndexed = try Words.isThere(db)
    actors = try EventActors.meant(by: selection.terms, db)
    words = try selection.terms.map { term in
      guard isIndexed, case .text(let text) = term.test else { return nil }
      return try WordQuery(text)?.expression(db)
    }
    driver = try Self.driver(selection, actors, words, rare, db)
    let isAlone = selection.terms.count == driver.terms.count
    most = !isAlone ? 8000 : driver.terms.isEmpty ? 48_000 : 24_000
  }

  // MARK: - Which way

  private static func driver(
    _ selection: EventSelection, _ actors: [[String]?], _ words: [String?], _ rare: Int, _ db: Database
  ) throws -> Driver {
    var best: (driver: Driver, count: Int)?
    for (index, term) in selection.terms.enumerated() where !term.isNegated {
      let hint: String
      switch term.test {
      case .kinds: hint = "INDEXED BY event_by_kind"
      case .systems: hint = "INDEXED BY event_by_system"
      case .incidents: hint = "INDEXED BY event_by_incident"
      case .tickets: hint = "INDEXED BY event_by_ticket"
      case .text where words[index] != nil: hint = "NOT INDEXED"
      case .actors where actors[index] != nil: hint = "INDEXED BY event_by_actor"
      case .text, .actors: continue
      }
      let count = try count(term, actors[index], words[index], hint, selection, upTo: rare + 1, db)
      if best.map({ count < $0.count }) ?? true {
        best = (Driver(hint: hint, terms: [index], isRare: count <= rare), count)
      }
    }
    if let best, best.driver.isRare { return best.driver }
    // Of many, one value is walked in the order of time; where there are several, time itself is the better way.
    func single(_ values: (EventSelection.Test) -> [String]?) -> Int? {
      selection.terms.indices.first { index in
        let term = selection.terms[index]
        return !term.isNegated && values(term.test)?.count == 1
      }
    }
    let kind = single { if case .kinds(let values) = $0 { values } else { nil } }
    let actor = selection.terms.indices.first { !selection.terms[$0].isNegated && actors[$0]?.count == 1 }
    if let kind, let actor { return Driver(hint: "INDEXED BY event_by_actor", terms: [actor, kind]) }
    if let kind { return Driver(hint: "INDEXED BY event_by_kind", terms: [kind]) }
    if let system = single({ if case .systems(let values) = $0 { values } else { nil } }) {
      return Driver(hint: "INDEXED BY event_by_system", terms: [system])
    }
    if let incident = single({ if case .incidents(let values) = $0 { values } else { nil } }) {
      return Driver(hint: "INDEXED BY event_by_incident", terms: [incident])
    }
    return Driver(hint: "INDEXED BY event_by_time")
  }

  /// How many one term finds, as far as it matters.
  private static func count(
    _ term: EventSelection.Term, _ actors: [String]?, _ words: String?, _ hint: String,
    _ selection: EventSelection, upTo limit: Int, _ db: Database
  ) throws -> Int {
    if let words {
      let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
      return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [words, limit]) ?? 0
    }
    var own = condition(term, actors, nil)
    if actors != nil {
      // The index of people goes on with kinds.
      for other in selection.terms where !other.isNegated {
        guard case .kinds = other.test else { continue }
        let kinds = condition(other, nil, nil)
        own = (own.sql + " AND " + kinds.sql, own.values + kinds.values)
      }
    }
    let times = range(selection.from, selection.until)
    let sql = """
      SELECT count(*) FROM (SELECT 1 FROM event \(hint) WHERE \(own.sql) AND \(times.sql) LIMIT \(limit))
      """
    return try Int.fetchOne(db, sql: sql, arguments: StatementArguments(own.values + times.values)) ?? 0
  }

  // MARK: - Conditions

  private static func condition(
    _ term: EventSelection.Term, _ actors: [String]?, _ words: String?
  ) -> Condition {
    let not = term.isNegated
    func among(_ column: String, _ values: [String]) -> Condition {
      let marks = Array(repeating: "?", count: values.count).joined(separator: ", ")
      let sql = not ? "(\(column) IS NULL OR \(column) NOT IN (\(marks)))" : "\(column) IN (\(marks))"
      return (sql, values)
    }
    switch term.test {
    case .kinds(let values): return among("kind", values)
    case .systems(let values): return among(system, values)
    case .incidents(let values): return among("incident", values)
    case .tickets(let values): return among("ticket", values)
    case .actors(let handles):
      if let actors { return among("actor", actors) }
      let any = handles.map { _ in EventActors.range }.joined(separator: " OR ")
      let sql = handles.isEmpty ? "0" : "(\(any))"
      return (not ? "NOT \(sql)" : sql, handles.flatMap(EventActors.bounds))
    case .text(let text):
      let sql: String
      let value: String
      if let words {
        // The plus keeps SQLite from going by rowid where another way is the better one.
        (sql, value) = ("+rowid IN (SELECT rowid FROM words WHERE words MATCH ?)", words)
      } else {
        (sql, value) = ("coalesce(instr(lower(body), lower(?)), 0) > 0", text)
      }
      return (not ? "NOT \(sql)" : sql, [value])
    }
  }

  static func range(_ from: Instant?, _ until: Instant?) -> Condition {
    var parts: [String] = []
    var values: [Value] = []
    if let from {
      parts.append("occurred >= ?")
      values.append(from.milliseconds)
    }
    if let until {
      parts.append("occurred < ?")
      values.append(until.milliseconds)
    }
    return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), values)
  }

  /// All terms, the driver's in the form that finds.
  ///
  func terms(_ lookup: WordLookup) throws -> Condition {
    var parts: [String] = []
    var values: [Value] = []
    for (index, term) in selection.terms.enumerated() {
      var condition = Self.condition(term, actors[index], words[index])
      let not = term.isNegated ? "NOT " : ""
      if let words = words[index] {
        if driver.terms.contains(index) {
          condition.sql = condition.sql.replacing("+rowid", with: "rowid")
        } else if case .among(let reach) = lookup {
          let has = "+rowid IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?)"
          condition = (not + has, [words, reach.lowerBound, reach.upperBound])
        } else if try lookup == .each || isCommon(words) {
          // Gathering all their places would take longer than looking each event up.
          condition.sql =
            not + "EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND words.rowid = event.rowid)"
        }
      }
      parts.append(condition.sql)
      values += condition.values
    }
    return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), values)
  }

  /// The terms that the driver finds, alone.
  var driven: Condition {
    let own = driver.terms.map { Self.condition(selection.terms[$0], actors[$0], words[$0]) }
    return (own.isEmpty ? "1" : own.map(\.sql).joined(separator: " AND "), own.flatMap(\.values))
  }

  /// Between which rows the driver's events of a window lie. O(events of the window).
  ///
  /// - Parameter times: what it says of `occurred` alone: other columns are not in every index.
  func reach(_ times: Condition) throws -> Reach {
    let own = driven
    let sql = "SELECT min(rowid), max(rowid) FROM event \(driver.hint) WHERE \(own.sql) AND \(times.sql)"
    let row = try Row.fetchOne(db, sql: sql, arguments: StatementArguments(own.values + times.values))
    guard let row, let first = try row.decode(Int64?.self, atIndex: 0),
      let last = try row.decode(Int64?.self, atIndex: 1), first <= last
    else { return 0...0 }
    return first...last
  }

  var hasWords: Bool { words.contains { $0 != nil } }

  typealias Reach = ClosedRange<Int64>

  /// How words are looked up that the driver does not find.
  enum WordLookup: Equatable {
    /// All their places, or each event, as that costs less.
    case all
    /// Their places among these rows.
    case among(Reach)
    /// Each event: they are few.
    case each
  }

  private func isCommon(_ words: String) throws -> Bool {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    let statement = try db.cachedStatement(sql: sql)
    return try Int.fetchOne(statement, arguments: [words, Self.common]) ?? 0 >= Self.common
  }

  private static let common = 20_000
}
