import GRDB
import Incidents

/// The index of words in events' texts: the table `words`, whose rowids are those of `event`.
///
/// It is written with the event, in the same commit: so a search never misses what was just said, by whomever,
/// and no process has to write before it can read. That costs an act about half a millisecond. It keeps no copy
/// of the texts: what is to be taken out is read from the event before it is erased.
enum Words {
  /// Beginnings of three letters have entries of their own: without them a search gathers the places of every
  /// word that begins so, which takes as long as all of those words together.
  static let creation = """
    CREATE VIRTUAL TABLE words USING fts5 (
      text, content = '', columnsize = 0, prefix = '\(WordQuery.shortestBeginning)',
      tokenize = 'unicode61 remove_diacritics 2');
    """

  /// The name of its row in `progress`.
  static let name = "words"
  /// Older events taken in at once when a journal is opened that has none of its words yet.
  static let atOpening: Int64 = 20_000
  /// A search looks at the newest so many events that match.
  static let most = 50_000

  static func add(_ body: [UInt8], at place: Int64, _ db: Database) throws {
    let text = EventText.text(of: body)
    guard !text.isEmpty else { return }
    try db.cachedStatement(sql: "INSERT INTO words (rowid, text) VALUES (?, ?)")
      .execute(arguments: [place, text])
  }

  /// Takes the text of an event out, so that no page of the file holds its words once it is compacted.
  /// Linear in the size of the index.
  static func erase(_ body: [UInt8], at place: Int64, _ db: Database) throws {
    let text = EventText.text(of: body)
    guard !text.isEmpty, try place >= Meta.words.integer(db) ?? 1 else { return }
    let sql = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
    try db.execute(sql: sql, arguments: [place, text])
    // Until segments are merged the word stands in one, and that it is gone in another.
    try db.execute(sql: "INSERT INTO words (words) VALUES ('optimize')")
  }

  /// Takes in what others appended without it; where nothing is in it yet, only the newest events: the older
  /// ones come with ``addOlder(_:_:)``.
  static func catchUp(_ mark: Progress.Mark?, last: Int64, _ db: Database) throws -> Bool {
    guard let mark, mark.version == EventText.version else {
      try clear(last: last, db)
      _ = try addOlder(atOpening, db)
      return true
    }
    guard mark.last < last else { return false }
    try add(after: mark.last, upTo: last, db)
    return true
  }

  /// Begins it anew, in the shape of this midwatch; the events up to `last` are then older ones.
  static func clear(last: Int64, _ db: Database) throws {
    try db.execute(sql: "DROP TABLE IF EXISTS words")
    try db.execute(sql: creation)
    try Meta.words.set(last &+ 1, db)
  }

  /// Takes in the newest `count` of the events that are not in it; returns how many are left.
  static func addOlder(_ count: Int64, _ db: Database) throws -> Int64 {
    let from = try Meta.words.integer(db) ?? 1
    guard from > 1 else { return 0 }
    let next = max(1, from &- max(1, count))
    try add(after: next &- 1, upTo: from &- 1, db)
    try Meta.words.set(next, db)
    return next &- 1
  }

  private static func add(after place: Int64, upTo end: Int64, _ db: Database) throws {
    let statement = try db.makeStatement(
      sql: "SELECT rowid, body FROM event WHERE rowid > ? AND rowid <= ? AND body IS NOT NULL ORDER BY rowid")
    let rows = try Row.fetchCursor(statement, arguments: [place, end])
    while let row = try rows.next() {
      let body = try row.decode(String.self, atIndex: 1)
      try add(Array(body.utf8), at: try row.decode(Int64.self, atIndex: 0), db)
    }
  }

  /// Whether the newest ``most`` events that match are not all of them, or older ones are not in it yet.
  static func isPartial(_ words: WordQuery, _ db: Database) throws -> Bool {
    if try Meta.words.integer(db) ?? 1 > 1 { return true }
    let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    let found = try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [words.expression, most + 1])
    return found ?? 0 > most
  }

  /// Whether the file has it: a journal of an older schema, opened for reading, has not.
  static func isThere(_ db: Database) throws -> Bool {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'words'"
    return try Int.fetchOne(db.cachedStatement(sql: sql)) == 1
  }
}
