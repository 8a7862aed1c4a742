import GRDB
import Incidents
import Values

/// How the events of a selection are found: by the index that has the fewest of them, and where all have many, a
/// window of time after the other, so that each look costs little however rare the events are.
struct EventHunt {
  /// An index by which one term is found.
  private struct Driver {
    /// In a `FROM`, after the table's name.
    var hint: String
    /// The term that it finds; nil is all.
    var term: Int?
    /// All that it finds can be fetched at once.
    var isRare = false
  }

  typealias Value = (any DatabaseValueConvertible)?
  typealias Condition = (sql: String, values: [Value])

  private let db: Database
  private let selection: EventSelection
  private let hasWords: Bool
  /// For each term about people: who was meant; nil where their handles only can be compared.
  private let actors: [[String]?]
  private let driver: Driver

  /// So many are fetched and sorted at once.
  private static let rare = 1500
  /// Events of the first window, and how it grows.
  private static let firstWindow = 1000
  private static let growth = 4
  /// Events among which one look looks: where each must be read, and where an index alone tells.
  private let most: Int

  static let system = "CASE WHEN json_valid(body) THEN json_extract(body, '$.system') END"

  init(_ selection: EventSelection, _ db: Database) throws {
    self.db = db
    self.selection = selection
    hasWords = try Words.isThere(db)
    actors = try EventActors.meant(by: selection.terms, db)
    driver = try Self.driver(selection, actors, hasWords: hasWords, db)
    let isAlone = selection.terms.count == (driver.term == nil ? 0 : 1)
    most = isAlone ? 48_000 : 8000
  }

  // MARK: - Which way

  private static func driver(
    _ selection: EventSelection, _ actors: [[String]?], hasWords: Bool, _ db: Database
  ) throws -> Driver {
    var best: (driver: Driver, count: Int)?
    for (index, term) in selection.terms.enumerated() where !term.isNegated {
      let hint: String
      switch term.test {
      case .kinds: hint = "INDEXED BY event_by_kind"
      case .systems: hint = "INDEXED BY event_by_system"
      case .incidents: hint = "INDEXED BY event_by_incident"
      case .tickets: hint = "INDEXED BY event_by_ticket"
      case .text where hasWords: hint = "NOT INDEXED"
      case .actors where actors[index] != nil: hint = "INDEXED BY event_by_actor"
      case .text, .actors: continue
      }
      let count = try count(term, actors[index], hint, selection, db)
      if best.map({ count < $0.count }) ?? true {
        best = (Driver(hint: hint, term: index, isRare: count <= rare), count)
      }
    }
    if let best, best.driver.isRare { return best.driver }
    // Of many, one value is walked in the order of time; where there are several, time itself is the better way.
    for (index, term) in selection.terms.enumerated() where !term.isNegated {
      switch term.test {
      case .kinds(let values) where values.count == 1:
        return Driver(hint: "INDEXED BY event_by_kind", term: index)
      case .systems(let values) where values.count == 1:
        return Driver(hint: "INDEXED BY event_by_system", term: index)
      case .incidents(let values) where values.count == 1:
        return Driver(hint: "INDEXED BY event_by_incident", term: index)
      default: continue
      }
    }
    return Driver(hint: "INDEXED BY event_by_time", term: nil)
  }

  /// How many one term finds, as far as it matters.
  private static func count(
    _ term: EventSelection.Term, _ actors: [String]?, _ hint: String, _ selection: EventSelection,
    _ db: Database
  ) throws -> Int {
    if case .text(let text) = term.test {
      guard let words = WordQuery(text) else { return .max }
      let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
      return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [words.expression, rare + 1]) ?? 0
    }
    var own = condition(term, actors, hasWords: true)
    if actors != nil {
      // The index of people goes on with kinds.
      for other in selection.terms where !other.isNegated {
        guard case .kinds = other.test else { continue }
        let kinds = condition(other, nil, hasWords: true)
        own = (own.sql + " AND " + kinds.sql, own.values + kinds.values)
      }
    }
    let times = range(selection.from, selection.until)
    let sql = """
      SELECT count(*) FROM (SELECT 1 FROM event \(hint) WHERE \(own.sql) AND \(times.sql) LIMIT \(rare + 1))
      """
    return try Int.fetchOne(db, sql: sql, arguments: StatementArguments(own.values + times.values)) ?? 0
  }

  // MARK: - Conditions

  private static func condition(
    _ term: EventSelection.Term, _ actors: [String]?, hasWords: Bool
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
      if hasWords, let words = WordQuery(text) {
        // The plus keeps SQLite from going by rowid where another way is the better one.
        (sql, value) = ("+rowid IN (SELECT rowid FROM words WHERE words MATCH ?)", words.expression)
      } else {
        (sql, value) = ("coalesce(instr(lower(body), lower(?)), 0) > 0", text)
      }
      return (not ? "NOT \(sql)" : sql, [value])
    }
  }

  private static func range(_ from: Instant?, _ until: Instant?) -> Condition {
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
  /// - Parameter window: when the events happened among which is looked; nil when all are fetched at once.
  private func terms(in window: Condition?) throws -> Condition {
    var parts: [String] = []
    var values: [Value] = []
    let reach = try window.flatMap(reach)
    for (index, term) in selection.terms.enumerated() {
      var condition = Self.condition(term, actors[index], hasWords: hasWords)
      if index == driver.term, case .text = term.test {
        condition.sql = condition.sql.replacing("+rowid", with: "rowid")
      } else if case .text(let text) = term.test, hasWords, let words = WordQuery(text), let reach {
        let has = "+rowid IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?)"
        condition = (term.isNegated ? "NOT \(has)" : has, [words.expression, reach.first, reach.last])
      } else if case .text(let text) = term.test, hasWords, let words = WordQuery(text), try isCommon(words) {
        // Gathering all their places would take longer than looking each event up.
        let has = "EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND words.rowid = event.rowid)"
        condition.sql = term.isNegated ? "NOT \(has)" : has
      }
      parts.append(condition.sql)
      values += condition.values
    }
    return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), values)
  }

  /// Between which rows the events of a window lie; nil where that is hardly fewer than all: where somebody wrote
  /// down what was long ago.
  private func reach(of window: Condition) throws -> (first: Int64, last: Int64)? {
    let hasText = selection.terms.contains { if case .text = $0.test { true } else { false } }
    guard hasText else { return nil }
    let sql = "SELECT min(rowid), max(rowid) FROM event INDEXED BY event_by_time WHERE \(window.sql)"
    guard let row = try Row.fetchOne(db, sql: sql, arguments: StatementArguments(window.values)),
      let first = try row.decode(Int64?.self, atIndex: 0), let last = try row.decode(Int64?.self, atIndex: 1),
      last.subtractingSaturating(first) < Self.farthest
    else { return nil }
    return (first, last)
  }

  private static let farthest: Int64 = 50_000

  private func isCommon(_ words: WordQuery) throws -> Bool {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    let statement = try db.cachedStatement(sql: sql)
    return try Int.fetchOne(statement, arguments: [words.expression, Self.common]) ?? 0 >= Self.common
  }

  private static let common = 20_000
}

// MARK: - Looking

extension EventHunt {
  /// The nearest on one side of a place; nil is from the newest, or from the oldest on.
  func slice(beyond place: EventPlace?, newer: Bool, limit: Int) throws -> EventSlice {
    var slice = EventSlice()
    var (place, window, seen) = (place, driver.isRare ? Int.max : Self.firstWindow, 0)
    while slice.events.count < limit {
      let end = driver.isRare ? nil : try self.end(of: window, beyond: place, newer: newer)
      let found = try events(beyond: place, upTo: end, newer: newer, limit: limit - slice.events.count)
      slice.events = newer ? slice.events + found : found + slice.events
      guard let end else { break }
      place = end
      (seen, window) = (seen + window, min(window * Self.growth, most - seen - window))
      if seen >= most, slice.events.count < limit {
        slice.looked = end
        break
      }
    }
    return slice
  }

  /// How many there are in each span of time, looking from the newest, or from `until`, back.
  func tally(_ spans: EventSpans, until: Instant?) throws -> EventTally {
    var tally = EventTally(Array(repeating: 0, count: spans.count))
    var until = min(until ?? spans.end, spans.end, selection.until ?? spans.end)
    var (window, seen) = (Self.firstWindow, 0)
    while true {
      let end =
        driver.isRare
        ? nil
        : try self.end(of: window, beyond: EventPlace(until, seq: .min), newer: false)
          .flatMap { $0.occurred > spans.start ? $0.occurred : nil }
      let range = Self.range(max(end ?? spans.start, selection.from ?? spans.start), until)
      let terms = try terms(in: driver.isRare ? nil : range)
      let sql = """
        SELECT (occurred - ?) / ?, count(*) FROM event \(driver.hint)
        WHERE \(terms.sql) AND \(range.sql) GROUP BY 1
        """
      let first: [Value] = [spans.start.milliseconds, spans.width.milliseconds]
      let rows = try Row.fetchCursor(
        db, sql: sql, arguments: StatementArguments(first + terms.values + range.values))
      while let row = try rows.next() {
        let place = try row.decode(Int.self, atIndex: 0)
        if tally.counts.indices.contains(place) {
          tally.counts[place] += try row.decode(Int.self, atIndex: 1)
        }
      }
      guard let end else { return tally }
      until = end
      (seen, window) = (seen + window, min(window * Self.growth, most - seen - window))
      if seen >= most {
        tally.looked = end
        return tally
      }
    }
  }

  private func events(
    beyond place: EventPlace?, upTo end: EventPlace?, newer: Bool, limit: Int
  ) throws -> [Event] {
    let times = Self.range(selection.from, selection.until)
    let near = Self.beyond(place, newer: newer)
    // The window's own end belongs to it.
    let far = end.map { end -> Condition in
      let sign = newer ? "<=" : ">="
      return (
        "occurred \(sign) ? AND (occurred, seq) \(sign) (?, ?)",
        [end.occurred.milliseconds, end.occurred.milliseconds, end.seq]
      )
    }
    let window: Condition = (
      "\(times.sql) AND \(near.sql) AND \(far?.sql ?? "1")", times.values + near.values + (far?.values ?? [])
    )
    let terms = try terms(in: driver.isRare ? nil : window)
    let direction = newer ? "ASC" : "DESC"
    let sql = """
      SELECT \(EventRow.columns) FROM event \(driver.hint) WHERE \(terms.sql) AND \(window.sql)
      ORDER BY occurred \(direction), seq \(direction) LIMIT ?
      """
    let values = terms.values + window.values + [limit]
    let events = try EventRow.events(db.makeStatement(sql: sql), StatementArguments(values))
    return newer ? events : events.reversed()
  }

  private static func beyond(_ place: EventPlace?, newer: Bool) -> Condition {
    guard let place else { return ("1", []) }
    let sign = newer ? ">" : "<"
    return (
      "occurred \(sign)= ? AND (occurred, seq) \(sign) (?, ?)",
      [place.occurred.milliseconds, place.occurred.milliseconds, place.seq]
    )
  }

  /// The last of so many events, whatever they are; nil when there are fewer.
  private func end(of count: Int, beyond place: EventPlace?, newer: Bool) throws -> EventPlace? {
    let times = Self.range(selection.from, selection.until)
    let near = Self.beyond(place, newer: newer)
    let direction = newer ? "ASC" : "DESC"
    let sql = """
      SELECT occurred, seq FROM event INDEXED BY event_by_time WHERE \(times.sql) AND \(near.sql)
      ORDER BY occurred \(direction), seq \(direction) LIMIT 1 OFFSET ?
      """
    let row = try Row.fetchOne(
      db, sql: sql, arguments: StatementArguments(times.values + near.values + [count - 1]))
    return try row.map {
      EventPlace(
        Instant(milliseconds: try $0.decode(Int64.self, atIndex: 0)),
        seq: try $0.decode(Int64.self, atIndex: 1))
    }
  }
}
