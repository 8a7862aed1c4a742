import GRDB

extension Journal {
  /// Copies the journal as it is at this moment to a new file, with its blobs beside it, and checks the copy;
  /// others go on writing meanwhile. Nothing is left at `path` when it throws.
  /// - Returns: the head of the copy.
  @discardableResult
  package func backup(to path: String) throws -> Head {
    let target = StateFolder(path).path
    let head: Head
    do {
      head = try Backup(from: connections, to: target).run()
    } catch {
      throw JournalError(error, at: target)
    }
    if let writer = connections.writer {
      let sql = "INSERT INTO backup (path, count) VALUES (?1, ?2) ON CONFLICT (path) DO UPDATE SET count = ?2"
      do {
        try writer.writeWithoutTransaction { try $0.execute(sql: sql, arguments: [target, head.count]) }
      } catch {
        throw JournalError(error, at: self.path)
      }
    }
    return head
  }
}
