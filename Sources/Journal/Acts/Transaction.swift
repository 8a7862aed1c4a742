import Foundation
import GRDB
import Incidents
import Values

/// One `BEGIN IMMEDIATE` … `COMMIT`: what acts read in it, and what their decisions write.
final class Transaction: Incidents.Record {
  let db: Database
  let origin: String
  let folds: FoldStore
  private let types: [any Fold.Type]
  /// The last event of the origin: its seq, 0 when there is none, and its hash.
  private(set) var last: (seq: Int64, hash: [UInt8]?)
  /// Events appended so far.
  private(set) var appended = 0
  private let seen: Int64
  /// Numbers taken by the act at hand; they count only once its decision is written.
  private var taken: [String: Int] = [:]

  /// Inside a transaction of `db`. Folds what other processes appended without these folds.
  init(_ db: Database, origin: String, types: [any Fold.Type], cache: FoldCache) throws {
    self.db = db
    self.origin = origin
    self.types = types
    var cache = cache
    let version = try Int.fetchOne(db, sql: "PRAGMA data_version")
    let isFresh = cache.version == version
    if !isFresh { cache.clear() }
    cache.version = version
    folds = FoldStore(db, types: types, cache: cache)
    let statement = try db.cachedStatement(
      sql: "SELECT seq, hash FROM event WHERE origin = ? ORDER BY seq DESC LIMIT 1")
    last = (0, nil)
    if let row = try Row.fetchOne(statement, arguments: [origin]) {
      last = (try row.decode(Int64.self, atIndex: 0), Array(try row.decode(Data.self, atIndex: 1)))
    }
    seen = last.seq
    if !isFresh { try Progress.catchUp(types, in: self) }
  }

  // MARK: Reading

  func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F? {
    try folds.entity(fold, key)
  }

  func open<F: Fold>(_ fold: F.Type) throws -> [String] {
    try folds.open(fold)
  }

  func next(_ series: String) throws -> Int {
    let statement = try db.cachedStatement(sql: "SELECT next FROM series WHERE name = ?")
    let number = try taken[series] ?? Int.fetchOne(statement, arguments: [series]) ?? 1
    taken[series] = number &+ 1
    return number
  }

  func keys<F: IndexedFold>(_ query: IndexQuery<F>) throws -> [String] {
    guard types.contains(where: { $0.name == F.name }) else {
      throw JournalError(.unknown, "The journal was opened without the fold \(F.name).")
    }
    try folds.flush()
    return try IndexReading.keys(query, db)
  }

  /// The events of the act that first used `id`: that one, and those directly after it with its next ids.
  func events(of id: UUIDv7) throws -> [Event] {
    let sql = "SELECT \(EventRow.columns) FROM event WHERE id = ?"
    var events: [Event] = []
    while true {
      let next = id.advanced(by: events.count).description
      let found = try EventRow.events(db.cachedStatement(sql: sql), [next])
      guard let event = found.first, event.seq == events.last.map({ $0.seq &+ 1 }) ?? event.seq else { break }
      events.append(event)
    }
    return events
  }

  // MARK: Writing

  /// What an act comes to: the events that are there already, or those to write.
  enum Outcome {
    case already([Event])
    case write(Decision, bodies: [[UInt8]], taken: [String: Int])
  }

  /// Decides one act; writes nothing.
  func decide(_ waiting: WaitingAct) throws -> Outcome {
    let already = try events(of: waiting.id)
    guard already.isEmpty else { return .already(already) }
    if let epoch = waiting.epoch, epoch != (try Meta.epoch.integer(db) ?? 0) {
      throw JournalError(
        .superseded, "Another process took over the engine; this one, of epoch \(epoch), must stop.")
    }
    taken = [:]
    let decision = try waiting.act.decide(by: waiting.actor, at: waiting.now, in: self)
    let bodies = try decision.append.map { try FactCoding.encode($0.fact) }
    return .write(decision, bodies: bodies, taken: taken)
  }

  /// Writes what was decided; when it throws, the whole transaction must be rolled back.
  func carryOut(_ outcome: Outcome, of waiting: WaitingAct) throws -> [Event] {
    guard case .write(let decision, let bodies, let taken) = outcome else {
      guard case .already(let events) = outcome else { return [] }
      return events
    }
    for (name, next) in taken {
      let sql = "INSERT INTO series (name, next) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET next = ?2"
      try db.cachedStatement(sql: sql).execute(arguments: [name, next])
    }
    for bytes in decision.blobs { try Blobs.save(bytes, db) }
    try Outbox.apply(decision, seq: last.seq &+ 1, epoch: waiting.epoch, at: waiting.now, db)
    var events: [Event] = []
    for (index, (entry, body)) in zip(decision.append, bodies).enumerated() {
      let id = waiting.id.advanced(by: index)
      events.append(try append(entry, body: body, id: id, by: waiting.actor, at: waiting.now))
    }
    return events
  }

  /// Decides and writes one act.
  func perform(_ waiting: WaitingAct) throws -> [Event] {
    try carryOut(decide(waiting), of: waiting)
  }

  private func append(
    _ entry: Entry, body: [UInt8], id: UUIDv7, by actor: Actor, at now: Instant
  ) throws -> Event {
    let salt = Self.randomBytes()
    let fact = type(of: entry.fact)
    var row = ChainRow(
      origin: origin, seq: last.seq &+ 1, id: id.description, version: Int64(fact.version),
      occurred: entry.occurred.milliseconds, ended: entry.ended?.milliseconds, recorded: now.milliseconds,
      actor: actor.description, kind: fact.kind, incident: entry.incident, ticket: entry.ticket, body: body,
      salt: salt, digest: ChainRow.digest(salt: salt, body: body), prev: last.hash, hash: [])
    row.hash = row.computedHash
    try EventRow.insert(row, db)
    last = (row.seq, row.hash)
    appended += 1
    let event = Event(
      origin: origin, seq: row.seq, id: row.id, kind: row.kind, version: fact.version,
      occurred: entry.occurred, ended: entry.ended, recorded: now, actor: actor, incident: entry.incident,
      ticket: entry.ticket, body: body)
    let place = db.lastInsertedRowID
    try Words.add(body, at: place, db)
    try folds.apply(event, at: place)
    return event
  }

  /// Writes what was kept back; call it last. The cache is good once the commit is.
  func finish() throws -> FoldCache {
    try folds.flush()
    if last.seq != seen {
      try Meta.count.set(last.seq, db)
      try Progress.note(types, last: Progress.lastPlace(db), db)
    }
    return folds.remembered
  }

  /// 16 bytes.
  static func randomBytes() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).flatMap { _ in withUnsafeBytes(of: generator.next() as UInt64) { Array($0) } }
  }
}
