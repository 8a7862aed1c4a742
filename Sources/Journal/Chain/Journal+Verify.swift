import GRDB

extension Journal {
  /// Checks every event's place in the chain, every text against its digest, every blob, and, where `stamp` is
  /// given, that the chain still holds what was noted then. O(size of the file); writers go on meanwhile.
  package func verify(against stamp: Stamp? = nil) -> Verification {
    do {
      return try connections.read { db in
        var verifying = Verifying(db: db, path: path, stamp: stamp)
        return try verifying.run()
      }
    } catch {
      return .cannotTell(why: JournalError(error, at: path).sentence)
    }
  }

  /// Checks a file that nothing here has open, such as a backup; it is opened read-only.
  package static func verify(file path: String, against stamp: Stamp? = nil) -> Verification {
    guard StateFolder.exists(path) else { return .cannotTell(why: "There is no journal at \(path).") }
    do {
      return try Connections(path: path, readOnly: true).read { db in
        switch try Schema.state(of: db) {
        case .empty, .foreign: return .cannotTell(why: "\(path) is not a journal; name another file.")
        default:
          var verifying = Verifying(db: db, path: path, stamp: stamp)
          return try verifying.run()
        }
      }
    } catch {
      return .cannotTell(why: JournalError(error, at: path).sentence)
    }
  }
}
