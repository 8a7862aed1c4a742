import Foundation
import GRDB
import Values

extension SampleStore {
  /// A condition that holds but has not lasted long enough, as its owner wrote it.
  package struct Pending: Equatable, Sendable {
    package let system: String
    package let rule: String
    /// The labels in a form that is the same for the same labels.
    package let labels: String
    package let activeAt: Instant
    package let state: [UInt8]

    package init(system: String, rule: String, labels: String, activeAt: Instant, state: [UInt8]) {
      self.system = system
      self.rule = rule
      self.labels = labels
      self.activeAt = activeAt
      self.state = state
    }
  }

  /// Samples of one series from `start` to `end`, both included.
  package struct Chunk: Equatable, Sendable {
    package let system: String
    package let labels: String
    package let start: Instant
    package let end: Instant
    package let bytes: [UInt8]

    package init(system: String, labels: String, start: Instant, end: Instant, bytes: [UInt8]) {
      self.system = system
      self.labels = labels
      self.start = start
      self.end = end
      self.bytes = bytes
    }
  }

  /// Replaces all pending timers of `system`.
  package func savePending(_ pending: [Pending], of system: String) throws {
    try transaction { db in
      try db.cachedStatement(sql: "DELETE FROM pending WHERE system = ?").execute(arguments: [system])
      let sql =
        "INSERT OR REPLACE INTO pending (system, rule, labels, active_at, state) VALUES (?, ?, ?, ?, ?)"
      let statement = try db.cachedStatement(sql: sql)
      for row in pending {
        try statement.execute(arguments: [
          system, row.rule, row.labels, row.activeAt.milliseconds, Data(row.state),
        ])
      }
    }
  }

  package func loadPending(of system: String) throws -> [Pending] {
    try transaction { db in
      let sql = "SELECT rule, labels, active_at, state FROM pending WHERE system = ? ORDER BY rule, labels"
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [system])
      var pending: [Pending] = []
      while let row = try rows.next() {
        pending.append(
          Pending(
            system: system, rule: try row.decode(String.self, atIndex: 0),
            labels: try row.decode(String.self, atIndex: 1),
            activeAt: Instant(milliseconds: try row.decode(Int64.self, atIndex: 2)),
            state: Array(try row.decode(Data.self, atIndex: 3))))
      }
      return pending
    }
  }

  /// Adds chunks; one with the same system, labels and start is replaced, as an open head grows.
  package func saveChunks(_ chunks: [Chunk]) throws {
    try transaction { db in
      let sql = "INSERT OR REPLACE INTO chunk (system, labels, start, end, bytes) VALUES (?, ?, ?, ?, ?)"
      let statement = try db.cachedStatement(sql: sql)
      for chunk in chunks {
        try statement.execute(arguments: [
          chunk.system, chunk.labels, chunk.start.milliseconds, chunk.end.milliseconds, Data(chunk.bytes),
        ])
      }
    }
  }

  /// Chunks that end at or after `instant`, by labels and start.
  package func loadChunks(of system: String, since instant: Instant) throws -> [Chunk] {
    try transaction { db in
      let sql = """
        SELECT labels, start, end, bytes FROM chunk WHERE system = ? AND end >= ? ORDER BY labels, start
        """
      let rows = try Row.fetchCursor(
        db.cachedStatement(sql: sql), arguments: [system, instant.milliseconds])
      var chunks: [Chunk] = []
      while let row = try rows.next() {
        chunks.append(
          Chunk(
            system: system, labels: try row.decode(String.self, atIndex: 0),
            start: Instant(milliseconds: try row.decode(Int64.self, atIndex: 1)),
            end: Instant(milliseconds: try row.decode(Int64.self, atIndex: 2)),
            bytes: Array(try row.decode(Data.self, atIndex: 3))))
      }
      return chunks
    }
  }

  /// Deletes chunks that end before `instant`; at most `limit` at a time, so that nobody waits long.
  /// - Returns: how many went; call again while it is `limit`.
  @discardableResult
  package func deleteBefore(_ instant: Instant, limit: Int = 10_000) throws -> Int {
    try transaction { db in
      let sql = "DELETE FROM chunk WHERE rowid IN (SELECT rowid FROM chunk WHERE end < ? LIMIT ?)"
      try db.cachedStatement(sql: sql).execute(arguments: [instant.milliseconds, max(0, limit)])
      return db.changesCount
    }
  }

  /// A small value by name; nil bytes delete it.
  package func setValue(_ bytes: [UInt8]?, for key: String) throws {
    try transaction { db in
      if let bytes {
        let sql = "INSERT OR REPLACE INTO value (key, bytes) VALUES (?, ?)"
        try db.cachedStatement(sql: sql).execute(arguments: [key, Data(bytes)])
      } else {
        try db.cachedStatement(sql: "DELETE FROM value WHERE key = ?").execute(arguments: [key])
      }
    }
  }

  package func value(for key: String) throws -> [UInt8]? {
    try transaction { db in
      try Data.fetchOne(db.cachedStatement(sql: "SELECT bytes FROM value WHERE key = ?"), arguments: [key])
        .map(Array.init)
    }
  }
}
