import GRDB
import Glibc
import Incidents
import Values

extension Journal {
  /// Makes a journal out of a backup: its events are all there, and what is written from now on is of a new
  /// origin, whose first event names the head that it continues. So the copy and the journal that it was made
  /// of can both go on, and their stamps cannot be taken for each other's.
  ///
  /// Numbers (INC, T) go on where the backup left them. Nothing is left at the new place when it throws.
  /// - Parameter options: where to; no journal may be there yet.
  package static func restore(
    from backup: String, _ options: JournalOptions, by actor: Actor, at now: Instant
  ) throws -> Journal {
    let source = StateFolder(backup).path
    try refuseNetworkFilesystem(options.file)
    guard StateFolder.exists(source) else {
      throw JournalError(.absent, "There is no backup at \(source).")
    }
    try options.folder.create(group: options.group)
    // The new origin is begun under another name: at the journal's own there is never a copy without it.
    var draft = options
    draft.file += ".restoring"
    discard(draft.file)
    defer { discard(draft.file) }
    do {
      let continued = try Backup(from: Connections(path: source, readOnly: true), to: draft.file).run()
      let journal = try Journal(draft, by: actor, at: now)
      try journal.beginOrigin(after: continued, by: actor, at: now)
      _ = try Backup(from: journal.connections, to: options.file).run()
    } catch {
      throw JournalError(error, at: options.file)
    }
    return try Journal(options, by: actor, at: now)
  }

  /// Removes a draft with its log and its blobs.
  private static func discard(_ file: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(file + suffix) }
    BlobFolder(journal: file).removeAll()
  }

  private func beginOrigin(after head: Head, by actor: Actor, at now: Instant) throws {
    guard let writer = connections.writer else { throw JournalError(.readOnly, readOnlySentence) }
    let new = Hex.text(Transaction.randomBytes())
    try writer.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try Meta.origin.set(new, db)
        try db.execute(sql: "DELETE FROM backup")
        let transaction = try Transaction(db, origin: new, types: folds, cache: FoldCache())
        let fact = JournalOpened(
          midwatch: midwatch, schema: Schema.version, name: name,
          headOf: JournalOpened.HeadOf(origin: head.origin, count: head.count, head: head.hash))
        _ = try transaction.perform(WaitingAct(AppendFact(Entry(fact, at: now)), by: actor, at: now))
        _ = try transaction.finish()
        return .commit
      }
    }
  }
}
