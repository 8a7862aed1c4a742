import GRDB
import Incidents

/// The newest events with certain words, by the way that costs least for as many as there are.
///
/// A rare word: all events with it, sorted. A frequent one: from the newest event on, as far as is needed, and
/// each held against the places of the word, all of them gathered before, or for the commonest looked up one by one.
struct EventSearch {
  private let query: EventQuery
  private let words: WordQuery
  private let limit: Int

  /// So many events are fetched and sorted in less time than others are walked through.
  private let rare: Int
  /// From so many on, the places of a word are looked up one by one.
  private let common: Int

  /// Nil when the query has no words, or does not ask for the newest so many.
  init?(_ query: EventQuery, rare: Int = 1500, common: Int = 50_000) {
    guard let text = query.text, let words = WordQuery(text), query.keepsNewest, let limit = query.limit
    else { return nil }
    self.query = query
    self.words = words
    self.limit = max(0, limit)
    self.rare = rare
    self.common = common
  }

  /// Oldest first.
  func events(_ db: Database) throws -> [Event] {
    let (condition, arguments) = query.conditions
    // A plus keeps SQLite from going by rowid where time is the better way.
    let sql = """
      SELECT \(EventRow.columns) FROM event WHERE \(condition) AND \(try matching(db))
      ORDER BY occurred DESC, seq DESC, origin DESC LIMIT ?
      """
    let last: [(any DatabaseValueConvertible)?] = [words.expression, limit]
    return try EventRow.events(db.makeStatement(sql: sql), StatementArguments(arguments + last)).reversed()
  }

  private func matching(_ db: Database) throws -> String {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    let statement = try db.cachedStatement(sql: sql)
    let found = try Int.fetchOne(statement, arguments: [words.expression, common]) ?? 0
    if found <= rare { return "rowid IN (SELECT rowid FROM words WHERE words MATCH ?)" }
    if found < common { return "+rowid IN (SELECT rowid FROM words WHERE words MATCH ?)" }
    return "EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND words.rowid = event.rowid)"
  }
}
