import GRDB

extension Journal {
  /// Writes the log into the file as far as that waits for nobody. Nothing is lost where it does not get far: the log
  /// is part of the journal.
  package func checkpoint() {
    try? connections.writer?.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
  }
}
