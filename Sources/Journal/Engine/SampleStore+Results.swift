import Foundation
import GRDB
import Values

/// Raw results of polls. Their table is made by whoever writes first, so that an older file is not begun anew for it.
extension SampleStore {
  /// What came of one poll.
  package struct PollResult: Equatable, Sendable {
    package var system: String
    package var endpoint: String
    /// When it was started.
    package var at: Instant
    package var took: Span
    package var code: Int?
    /// Why it failed; nil when it did not.
    package var reason: String?
    /// How long each part took, as its owner wrote it.
    package var phases: [UInt8]?

    package init(
      system: String, endpoint: String, at: Instant, took: Span, code: Int? = nil, reason: String? = nil,
      phases: [UInt8]? = nil
    ) {
      self.system = system
      self.endpoint = endpoint
      self.at = at
      self.took = took
      self.code = code
      self.reason = reason
      self.phases = phases
    }
  }

  private static let resultSchema = """
    CREATE TABLE IF NOT EXISTS result (
      system TEXT NOT NULL, endpoint TEXT NOT NULL, failed INTEGER NOT NULL, at INTEGER NOT NULL,
      took INTEGER NOT NULL, code INTEGER, reason TEXT, phases BLOB,
      PRIMARY KEY (system, endpoint, failed, at)
    ) STRICT, WITHOUT ROWID
    """

  /// Adds results, in one transaction.
  ///
  /// - Parameters:
  ///   - ages: how long successes and failures of these endpoints are kept.
  ///   - limits: how many of each are kept of an endpoint, the newest.
  package func saveResults(
    _ results: [PollResult], at now: Instant, ages: (successes: Span, failures: Span),
    limits: (successes: Int, failures: Int)
  ) throws {
    guard !results.isEmpty else { return }
    try transaction { db in
      try db.execute(sql: Self.resultSchema)
      let insert = try db.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO result (system, endpoint, failed, at, took, code, reason, phases)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """)
      struct Run: Hashable {
        let system: String
        let endpoint: String
        let failed: Bool
      }
      var runs: Set<Run> = []
      for result in results {
        let failed = result.reason != nil
        try insert.execute(arguments: [
          result.system, result.endpoint, failed ? 1 : 0, result.at.milliseconds, result.took.milliseconds,
          result.code, result.reason, result.phases.map { Data($0) },
        ])
        runs.insert(Run(system: result.system, endpoint: result.endpoint, failed: failed))
      }
      let drop = try db.cachedStatement(
        sql: """
          DELETE FROM result WHERE system = ?1 AND endpoint = ?2 AND failed = ?3 AND at < max(?4, coalesce((
            SELECT at FROM result WHERE system = ?1 AND endpoint = ?2 AND failed = ?3
            ORDER BY at DESC LIMIT 1 OFFSET ?5), ?4))
          """)
      for run in runs {
        let age = run.failed ? ages.failures : ages.successes
        let limit = run.failed ? limits.failures : limits.successes
        try drop.execute(arguments: [
          run.system, run.endpoint, run.failed ? 1 : 0, (now - age).milliseconds, max(0, limit - 1),
        ])
      }
    }
  }

  /// Deletes what is too old, of endpoints too that nobody polls any more. Reads all of it, so seldom.
  package func dropResults(at now: Instant, ages: (successes: Span, failures: Span)) throws {
    try transaction { db in
      try db.execute(sql: Self.resultSchema)
      try db.cachedStatement(sql: "DELETE FROM result WHERE at < CASE failed WHEN 0 THEN ? ELSE ? END")
        .execute(arguments: [(now - ages.successes).milliseconds, (now - ages.failures).milliseconds])
    }
  }

  /// The newest results of an endpoint, the last first, beside an engine that writes. Nothing is changed; none where
  /// nothing was kept.
  package static func results(
    in folder: StateFolder, of system: String, endpoint: String, limit: Int
  ) throws(JournalError) -> [PollResult] {
    guard FileManager.default.fileExists(atPath: folder.metrics) else { return [] }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Connections.patience)
      let queue = try DatabaseQueue(path: folder.metrics, configuration: configuration)
      return try queue.read { db in
        guard try db.tableExists("result") else { return [] }
        let sql = """
          SELECT at, took, code, reason, phases FROM result WHERE system = ? AND endpoint = ?
          ORDER BY at DESC LIMIT ?
          """
        return try Row.fetchAll(db, sql: sql, arguments: [system, endpoint, max(0, limit)]).map { row in
          PollResult(
            system: system, endpoint: endpoint,
            at: Instant(milliseconds: try row.decode(Int64.self, atIndex: 0)),
            took: .milliseconds(try row.decode(Int64.self, atIndex: 1)), code: row[2], reason: row[3],
            phases: (row[4] as Data?).map(Array.init))
        }
      }
    } catch {
      throw JournalError(error, at: folder.metrics)
    }
  }
}
