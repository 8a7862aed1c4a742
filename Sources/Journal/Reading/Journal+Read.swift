import Foundation
import GRDB
import Incidents

extension Journal {
  /// The end of this file's own chain. O(log events).
  package func head() throws -> Head {
    try read { try self.head($0) }
  }

  func head(_ db: Database) throws -> Head {
    let statement = try db.cachedStatement(
      sql: "SELECT seq, hash FROM event WHERE origin = ? ORDER BY seq DESC LIMIT 1")
    guard let row = try Row.fetchOne(statement, arguments: [origin]) else {
      throw JournalError(.damaged, "The journal \(path) holds no events; restore the newest backup.")
    }
    return Head(
      origin: origin, name: name, count: try row.decode(Int64.self, atIndex: 0),
      hash: Hex.text(try row.decode(Data.self, atIndex: 1)))
  }

  /// This file's own events after `seq`, in the order in which they were written.
  package func events(after seq: Int64, limit: Int = .max) throws -> [Event] {
    try read { db in
      let sql = "SELECT \(EventRow.columns) FROM event WHERE origin = ? AND seq > ? ORDER BY seq LIMIT ?"
      return try EventRow.events(db.cachedStatement(sql: sql), [self.origin, seq, limit])
    }
  }

  /// Events of every origin that match, oldest first.
  package func events(matching query: EventQuery) throws -> [Event] {
    try read { db in
      let sql = query.sql
      let events = try EventRow.events(db.makeStatement(sql: sql.text), sql.arguments)
      return query.limit != nil && query.keepsNewest ? events.reversed() : events
    }
  }

  /// The same one after the other, without a limit: only one is in memory at a time.
  package func visit(_ query: EventQuery, _ body: (Event) throws -> Void) throws {
    var query = query
    query.limit = nil
    try read { db in
      let sql = query.sql
      let rows = try Row.fetchCursor(db.makeStatement(sql: sql.text), arguments: sql.arguments)
      while let row = try rows.next() { try body(try EventRow.event(row)) }
    }
  }

  package func event(id: String) throws -> Event? {
    try read { try self.event(id: id, $0) }
  }

  func event(id: String, _ db: Database) throws -> Event? {
    let sql = "SELECT \(EventRow.columns) FROM event WHERE id = ?"
    return try EventRow.events(db.cachedStatement(sql: sql), [id]).first
  }

  /// A long text that an event names; nil when it is not here, or was erased.
  package func blob(sha256: String) throws -> [UInt8]? {
    try read { try Blobs.load(sha256, $0, folder: BlobFolder(journal: self.path)) }
  }

  /// Changes whenever anybody, this process or another, has committed; cheap enough to ask ten times a second.
  package func dataVersion() throws -> Int {
    do {
      return try connections.dataVersion()
    } catch {
      throw JournalError(error, at: path)
    }
  }

  /// One consistent state of the file.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try connections.read(body)
    } catch let error as DatabaseError {
      throw JournalError(error, at: path)
    }
  }
}
