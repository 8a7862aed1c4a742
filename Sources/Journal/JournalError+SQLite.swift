import GRDB

extension JournalError {
  /// What SQLite said about the file at `path`, in words that say what to do.
  init(_ error: any Error, at path: String) {
    if let already = error as? JournalError {
      self = already
      return
    }
    guard let failure = error as? DatabaseError else {
      self.init(.storage, "\(path) could not be used: \(error).")
      return
    }
    let said = failure.message ?? "SQLite code \(failure.extendedResultCode.rawValue)"
    switch failure.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(.busy, "\(path) is held by another process; nothing was written, try again.")
    case .SQLITE_FULL:
      self.init(.storage, "The disk that holds \(path) is full; nothing was written, free some space.")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(.storage, "\(path) cannot be written; check its owner and mode, or use --read-only.")
    case .SQLITE_CANTOPEN:
      self.init(.storage, "\(path) cannot be opened; check that the folder exists and is yours.")
    case .SQLITE_NOTADB:
      self.init(.damaged, "\(path) is not a journal; name another file or move it away.")
    case .SQLITE_CORRUPT:
      self.init(.damaged, "\(path) is damaged (\(said)); restore the newest backup.")
    case .SQLITE_IOERR:
      self.init(
        .unknownOutcome,
        "The disk under \(path) failed (\(said)); whether it was written is not known, so do the same again.")
    default:
      self.init(.storage, "\(path) refused: \(said).")
    }
  }
}
