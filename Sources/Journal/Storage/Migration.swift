import GRDB

/// Brings an older file to our schema, under the engine lock and after a backup.
struct Migration {
  let path: String
  let folder: StateFolder
  let from: Int

  func run(_ steps: [String] = Schema.migrations) throws {
    let lock = EngineLock(folder)
    guard try lock.tryAcquire() else {
      throw JournalError(
        .busy,
        "\(path) has schema \(from) and must be migrated, but an engine runs; stop it, or use --read-only.")
    }
    defer { lock.release() }
    guard from >= 1, steps.count >= from else {
      throw JournalError(.damaged, "\(path) has schema \(from), which no midwatch knows; restore a backup.")
    }
    let connections = try Connections(path: path, readOnly: false)
    guard let writer = connections.writer else { return }
    let copy = freeName()
    let head = try Backup(from: connections, to: copy).run()
    try writer.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try db.execute(
          sql: "INSERT OR REPLACE INTO backup (path, count) VALUES (?, ?)", arguments: [copy, head.count])
        for step in steps.dropFirst(from - 1) { try db.execute(sql: step) }
        try db.execute(sql: "PRAGMA user_version = \(steps.count + 1)")
        return .commit
      }
    }
  }

  private func freeName() -> String {
    let name = path + ".schema\(from)"
    guard StateFolder.exists(name) else { return name }
    let free = (2...9999).first { !StateFolder.exists("\(name).\($0)") } ?? 10_000
    return "\(name).\(free)"
  }
}
