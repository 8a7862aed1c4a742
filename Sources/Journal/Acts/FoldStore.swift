import GRDB
import Incidents

/// The rows of the table `fold`, read on demand and written back when they changed; inside one transaction.
final class FoldStore {
  private let db: Database
  private let types: [any Fold.Type]
  private var cache: FoldCache
  private var dirty: Set<FoldKey> = []
  /// Which indexed entities events concern, by their places; not written yet.
  private var concerned: [(entity: FoldKey, place: Int64)] = []

  /// Pairs kept back at most.
  private static let mostConcerned = 16_384

  init(_ db: Database, types: [any Fold.Type], cache: FoldCache) {
    self.db = db
    self.types = types
    self.cache = cache
  }

  /// What later transactions may start from, once this one is committed.
  var remembered: FoldCache { cache }

  func entity<F: Fold>(_ type: F.Type, _ key: String) throws -> F? {
    guard types.contains(where: { $0.name == F.name }) else {
      throw JournalError(.unknown, "The journal was opened without the fold \(F.name).")
    }
    return try load(type, key)?.value as? F
  }

  func open<F: Fold>(_ type: F.Type) throws -> [String] {
    try flush()
    let statement = try db.cachedStatement(
      sql: "SELECT key FROM fold WHERE name = ? AND open = 1 ORDER BY first, key")
    return try String.fetchAll(statement, arguments: [F.name])
  }

  /// - Parameter place: the event's rowid.
  func apply(_ event: Event, at place: Int64) throws {
    for type in types { try apply(event, at: place, to: type) }
  }

  /// Folds the events after `place`, in the order in which they came into the file, into `types`.
  func applyAll(to types: [any Fold.Type], after place: Int64) throws {
    try Self.forEachEvent(after: place, db) { event, place in
      for type in types { try apply(event, at: place, to: type) }
    }
  }

  /// Every event, of any origin, with its place, in the order in which they came into the file.
  static func forEachEvent(
    after place: Int64 = 0, upTo end: Int64 = .max, _ db: Database, _ body: (Event, Int64) throws -> Void
  ) throws {
    let statement = try db.makeStatement(
      sql: "SELECT \(EventRow.columns), rowid FROM event WHERE rowid > ? AND rowid <= ? ORDER BY rowid")
    let rows = try Row.fetchCursor(statement, arguments: [place, end])
    while let row = try rows.next() {
      try body(EventRow.event(row), row.decode(Int64.self, atIndex: EventRow.count))
    }
  }

  private func apply<F: Fold>(_ event: Event, at place: Int64, to type: F.Type) throws {
    var seen: [String] = []
    for key in F.keys(of: event) where !seen.contains(key) {
      seen.append(key)
      let id = FoldKey(name: F.name, key: key)
      let known = try load(type, key)
      var value = known?.value as? F ?? F(key: key)
      value.apply(event)
      if cache.isFull { try trim() }
      if concerned.count >= Self.mostConcerned { try flush() }
      cache[id] = Folded(value: value, first: known?.first ?? place, last: place)
      dirty.insert(id)
      if type is any IndexedFold.Type { concerned.append((id, place)) }
    }
  }

  private func load<F: Fold>(_ type: F.Type, _ key: String) throws -> Folded? {
    let id = FoldKey(name: F.name, key: key)
    if let known = cache[id] { return known }
    let statement = try db.cachedStatement(
      sql: "SELECT state, version, first, last FROM fold WHERE name = ? AND key = ?")
    guard let row = try Row.fetchOne(statement, arguments: [F.name, key]) else { return nil }
    let first = try row.decode(Int64.self, atIndex: 2)
    let last = try row.decode(Int64.self, atIndex: 3)
    var value: F?
    if try row.decode(Int.self, atIndex: 1) == F.version {
      value = FoldCoding.decode(type, from: try row.decode(String.self, atIndex: 0))
    }
    if value == nil { value = try Self.folded(type, key, upTo: last, db)?.value as? F }
    guard let value else { return nil }
    if cache.isFull { try trim() }
    let folded = Folded(value: value, first: first, last: last)
    cache[id] = folded
    return folded
  }

  /// Folds one entity from all its events. O(events).
  static func folded<F: Fold>(
    _ type: F.Type, _ key: String, upTo end: Int64 = .max, _ db: Database
  ) throws -> Folded? {
    var value = F(key: key)
    var span: (first: Int64, last: Int64)?
    try forEachEvent(upTo: end, db) { event, place in
      guard F.keys(of: event).contains(key) else { return }
      value.apply(event)
      span = (span?.first ?? place, place)
    }
    return span.map { Folded(value: value, first: $0.first, last: $0.last) }
  }

  /// Makes one entity anew from its events; without any left, its row goes.
  func refold<F: Fold>(_ type: F.Type, _ key: String) throws {
    let id = FoldKey(name: F.name, key: key)
    try flush()
    try db.execute(sql: "DELETE FROM fold WHERE name = ? AND key = ?", arguments: [F.name, key])
    cache[id] = try Self.folded(type, key, db)
    if cache[id] != nil {
      dirty.insert(id)
    } else if let type = type as? any IndexedFold.Type {
      try type.removeIndexed(key, db)
    }
  }

  /// Writes the rows that changed.
  func flush() throws {
    let sql = """
      INSERT INTO fold (name, key, version, first, last, open, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (name, key) DO UPDATE SET version = ?3, last = ?5, open = ?6, state = ?7
      """
    var rows: [FoldKey: Int64] = [:]
    for id in dirty {
      guard let folded = cache[id] else { continue }
      try write(folded.value, folded, with: db.cachedStatement(sql: sql), key: id.key)
      if let value = folded.value as? any IndexedFold { rows[id] = try value.writeIndexed(id.key, db) }
    }
    dirty.removeAll(keepingCapacity: true)
    for (entity, place) in concerned {
      guard let row = rows[entity], let value = cache[entity]?.value as? any IndexedFold else { continue }
      try value.noteIndexed(place, concerns: row, db)
    }
    concerned.removeAll(keepingCapacity: true)
  }

  private func write<F: Fold>(_ value: F, _ folded: Folded, with statement: Statement, key: String) throws {
    let state = try FoldCoding.encode(value)
    try statement.execute(arguments: [
      F.name, key, F.version, folded.first, folded.last, value.isOpen, state,
    ])
  }

  /// Drops what is in memory, written or not: the rows were deleted.
  func forget() {
    dirty.removeAll()
    concerned.removeAll()
    cache.clear()
  }

  private func trim() throws {
    try flush()
    cache.clear()
  }
}
