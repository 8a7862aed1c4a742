import GRDB
import Incidents
import Values

/// The newest events with certain words, found from the newest on, so that a common word costs no more than a rare
/// one.
///
/// Events are looked at in the order in which they were written, a batch at a time. Nothing happens after it was
/// recorded: once the last of those wanted happened after the next one was recorded, older ones cannot be newer.
struct EventSearch {
  private let query: EventQuery
  private let words: WordQuery
  private let limit: Int

  private static let firstBatch = 200

  /// Nil when the query has no words, or does not ask for the newest so many.
  init?(_ query: EventQuery) {
    guard let text = query.text, let words = WordQuery(text), query.keepsNewest, let limit = query.limit
    else { return nil }
    self.query = query
    self.words = words
    self.limit = max(0, limit)
  }

  /// Oldest first.
  func events(_ db: Database) throws -> [Event] {
    var found: [Event] = []
    var (place, batch, seen) = (Int64.max, max(Self.firstBatch, min(limit, Words.most)), 0)
    while seen < Words.most, limit > 0 {
      let places = try Int64.fetchAll(
        db.cachedStatement(
          sql: "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"),
        arguments: [words.expression, place, batch])
      guard let last = places.last else { break }
      found += try events(after: last, before: place, batch, db)
      found.sort { ($0.occurred, $0.seq, $0.origin) > ($1.occurred, $1.seq, $1.origin) }
      found.removeLast(max(0, found.count - limit))
      (place, seen, batch) = (last, seen + places.count, batch * 4)
      if found.count == limit, let oldest = found.last, let bound = try recorded(at: last, db),
        oldest.occurred >= bound
      {
        break
      }
    }
    return found.reversed()
  }

  /// Those of one batch of places that match in all else.
  private func events(after last: Int64, before place: Int64, _ batch: Int, _ db: Database) throws -> [Event]
  {
    let (condition, arguments) = query.conditions
    let statement = try db.makeStatement(
      sql: """
        SELECT \(EventRow.columns) FROM (
          SELECT rowid AS place FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?
          ORDER BY rowid DESC LIMIT ?) AS found
        CROSS JOIN event ON event.rowid = found.place WHERE \(condition)
        """)
    let first: [(any DatabaseValueConvertible)?] = [words.expression, last, place, batch]
    return try EventRow.events(statement, StatementArguments(first + arguments))
  }

  private func recorded(at place: Int64, _ db: Database) throws -> Instant? {
    let statement = try db.cachedStatement(sql: "SELECT recorded FROM event WHERE rowid = ?")
    return try Int64.fetchOne(statement, arguments: [place]).map(Instant.init(milliseconds:))
  }
}
