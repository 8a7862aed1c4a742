import GRDB
import Incidents

extension Journal {
  /// The rows that match, in the query's order, from one consistent state of the file.
  ///
  /// Where the fold's tables are not those of this midwatch (a journal that can only be read) it is answered from
  /// memory, in O(events) at the first time.
  package func rows<F: IndexedFold>(_ query: IndexQuery<F>) throws -> IndexPage<F> {
    try read { db in
      guard try self.indexIsCurrent(F.self, db) else { return try self.pageInMemory(query, db) }
      return try IndexReading.page(query, db)
    }
  }

  /// The keys of what matches, in the query's order.
  package func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] {
    try read { db in
      guard try self.indexIsCurrent(F.self, db) else {
        return try self.pageInMemory(query, db).rows.map(\.key)
      }
      return try IndexReading.keys(query, db)
    }
  }

  /// The entities that match, in the query's order: for a page of them, they are decoded one by one.
  package func entities<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [F] {
    try read { db in
      guard try self.indexIsCurrent(F.self, db) else {
        let view = try self.view(F.self, db)
        return try self.pageInMemory(query, db).rows.compactMap { view.entities[$0.key]?.value as? F }
      }
      return try IndexReading.keys(query, db).compactMap { try self.storedEntity(F.self, key: $0, db) }
    }
  }

  /// How many match, whatever the query's limit and offset.
  /// - Parameter most: counts no further.
  package func count<F: IndexedFold>(_ query: IndexQuery<F>, upTo most: Int = .max) throws -> Int {
    try read { db in
      guard try self.indexIsCurrent(F.self, db) else {
        let all = IndexQuery<F>(query.condition)
        return min(most, try self.pageInMemory(all, db).rows.count)
      }
      return try IndexReading.count(query, upTo: most, db)
    }
  }

  /// How many of those that match have which value in a column, or which text in its list.
  package func counts<F: IndexedFold>(
    _ fold: F.Type, by column: F.Column, where condition: IndexCondition<F.Column> = .any
  ) throws -> [IndexValue: Int] {
    try read { db in
      guard try self.indexIsCurrent(F.self, db) else {
        return try self.pageInMemory(IndexQuery<F>(condition), db).rows.reduce(into: [:]) { counts, row in
          switch row[column] {
          case .null: break
          case .list(let texts): for text in Set(texts) { counts[.text(text), default: 0] += 1 }
          case let value: counts[value, default: 0] += 1
          }
        }
      }
      return try IndexReading.counts(fold, by: column, condition, db)
    }
  }

  private func indexIsCurrent<F: IndexedFold>(_ type: F.Type, _ db: Database) throws -> Bool {
    try Progress.isCurrent([type], db) && IndexTable<F>().isThere(db)
  }

  private func pageInMemory<F: IndexedFold>(_ query: IndexQuery<F>, _ db: Database) throws -> IndexPage<F> {
    let entities = try view(F.self, db).entities
    let rows = entities.compactMap { key, folded in
      (folded.value as? F).map { IndexRow($0, key: key) }
    }
    let words = try IndexStatement<F>(query.condition).words
    let hasWords = try Words.isThere(db)
    var found: [String: Set<String>] = [:]
    let selected = query.select(rows) { text, key in
      guard let words = WordQuery(text) else { return true }
      if found[text] == nil { found[text] = hasWords ? (try? self.keys(F.self, of: words, db)) ?? [] : [] }
      return found[text]?.contains(key) ?? false
    }
    let isPartial = try words.contains { try !hasWords || Words.isPartial($0, db) }
    return IndexPage(rows: selected, isPartial: isPartial)
  }

  /// The entities that the newest events with these words concern.
  private func keys<F: Fold>(_ type: F.Type, of words: WordQuery, _ db: Database) throws -> Set<String> {
    let sql = """
      SELECT \(EventRow.columns) FROM event WHERE rowid IN \
      (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?)
      """
    let events = try EventRow.events(db.cachedStatement(sql: sql), [words.expression, Words.most])
    return Set(events.flatMap { F.keys(of: $0) })
  }
}
