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

  /// Something about the time from `start` to `end`, both included, as its owner wrote it.
  package struct Chunk: Equatable, Sendable {
    package let system: String
    /// What it holds, in its owner's words.
    package let name: String
    package let start: Instant
    package let end: Instant
    package let bytes: [UInt8]

    package init(system: String, name: String, start: Instant, end: Instant, bytes: [UInt8]) {
      self.system = system
      self.name = name
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

  /// Adds chunks; one with the same system, name and start is replaced, and so are all of `system` whose names begin
  /// with `prefix`. All or nothing.
  package func saveChunks(_ chunks: [Chunk], replacing old: (system: String, prefix: String)? = nil) throws {
    try transaction { db in
      if let old {
        let sql = "DELETE FROM chunk WHERE system = ? AND substr(name, 1, length(?)) = ?"
        try db.cachedStatement(sql: sql).execute(arguments: [old.system, old.prefix, old.prefix])
      }
      let sql = "INSERT OR REPLACE INTO chunk (system, name, start, end, bytes) VALUES (?, ?, ?, ?, ?)"
      let statement = try db.cachedStatement(sql: sql)
      for chunk in chunks {
        try statement.execute(arguments: [
          chunk.system, chunk.name, chunk.start.milliseconds, chunk.end.milliseconds, Data(chunk.bytes),
        ])
      }
    }
  }

  /// Chunks whose names begin with `prefix` and that end at or after `instant`, by start, then as written, one at a time.
  package func readChunks(
    of system: String, named prefix: String = "", since instant: Instant, _ body: (Chunk) -> Void
  ) throws {
    try transaction { db in
      let sql = """
        SELECT name, start, end, bytes FROM chunk
        WHERE system = ? AND substr(name, 1, length(?)) = ? AND end >= ? ORDER BY start, rowid
        """
      let rows = try Row.fetchCursor(
        db.cachedStatement(sql: sql), arguments: [system, prefix, prefix, instant.milliseconds])
      while let row = try rows.next() {
        body(
          Chunk(
            system: system, name: try row.decode(String.self, atIndex: 0),
            start: Instant(milliseconds: try row.decode(Int64.self, atIndex: 1)),
            end: Instant(milliseconds: try row.decode(Int64.self, atIndex: 2)),
            bytes: try row.withUnsafeData(atIndex: 3) { $0.map(Array.init) ?? [] }))
      }
    }
  }

  /// The names of a system's chunks, each once, and when the last of them ends. No chunk is read.
  package func chunkNames(of system: String) throws -> [(name: String, end: Instant)] {
    try transaction { db in
      let sql = "SELECT name, max(end) FROM chunk WHERE system = ? GROUP BY name ORDER BY name"
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [system])
      var names: [(name: String, end: Instant)] = []
      while let row = try rows.next() {
        names.append(
          (
            try row.decode(String.self, atIndex: 0),
            Instant(milliseconds: try row.decode(Int64.self, atIndex: 1))
          ))
      }
      return names
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

  /// All small values whose names begin with `prefix`, by name.
  package func values(named prefix: String) throws -> [(key: String, bytes: [UInt8])] {
    try transaction { db in
      let sql = "SELECT key, bytes FROM value WHERE substr(key, 1, length(?)) = ? ORDER BY key"
      let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [prefix, prefix])
      var values: [(key: String, bytes: [UInt8])] = []
      while let row = try rows.next() {
        values.append((try row.decode(String.self, atIndex: 0), Array(try row.decode(Data.self, atIndex: 1))))
      }
      return values
    }
  }

  package func value(for key: String) throws -> [UInt8]? {
    try transaction { db in
      try Data.fetchOne(db.cachedStatement(sql: "SELECT bytes FROM value WHERE key = ?"), arguments: [key])
        .map(Array.init)
    }
  }
}
