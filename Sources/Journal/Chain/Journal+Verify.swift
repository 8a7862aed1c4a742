import GRDB

extension Journal {
  /// Checks every event's place in the chain, every text against its digest, every blob, the file around them, and,
  /// where `stamp` is given, that the chain still holds what was noted then. O(size of the file); writers go on
  /// meanwhile.
  /// - Parameter progress: is told now and then how many events are checked.
  package func verify(
    against stamp: Stamp? = nil, progress: ((_ checked: Int64) -> Void)? = nil
  ) -> Verification {
    Self.checked(path, against: stamp.map { [$0] } ?? [], progress: progress) { connections }.verdict
  }

  /// Checks a file that nothing here has open, such as a backup; it is opened read-only.
  package static func verify(file path: String, against stamp: Stamp? = nil) -> Verification {
    verify(file: path, against: stamp.map { [$0] } ?? []).verdict
  }

  /// The same against any number of stamps, each with what became of it.
  package static func verify(file path: String, against stamps: [Stamp]) -> Verified {
    guard StateFolder.exists(path) else {
      return Verified(.cannotTell(why: "There is no journal at \(path)."))
    }
    return checked(path, against: stamps) { try Connections(path: path, readOnly: true) }
  }

  private static func checked(
    _ path: String, against stamps: [Stamp], progress: ((_ checked: Int64) -> Void)? = nil,
    _ connections: () throws -> Connections
  ) -> Verified {
    do {
      return try connections().read { db in
        switch try Schema.state(of: db) {
        case .empty, .foreign:
          return Verified(.cannotTell(why: "\(path) is not a journal; name another file."))
        default:
          var verifying = Verifying(db: db, path: path, stamps: stamps)
          verifying.progress = progress
          return try verifying.run()
        }
      }
    } catch {
      return Verified(.cannotTell(why: JournalError(error, at: path).sentence))
    }
  }
}
