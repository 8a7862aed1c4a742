import GRDB
import Incidents
import Synchronization
import Values

/// The record of everything: events in a hash chain, and what they fold to, in one SQLite file that several
/// processes may write.
///
/// Every call may block on the disk or on another process's commit, and may be made from any thread.
package final class Journal: Sendable {
  /// Absolute path of the file.
  package let path: String
  /// 32 hexadecimal digits: what this file's own events carry.
  package let origin: String
  package let name: String
  /// Why nothing can be written, when something other than the wish for it is the reason: a newer schema or
  /// newer folds. Nil when it can be written, or was opened read-only by wish.
  package let notice: String?
  package let isReadOnly: Bool

  /// The folder that holds the file.
  package var folder: StateFolder { JournalOptions(file: path, folds: []).folder }

  let midwatch: String
  let folds: [any Fold.Type]
  let connections: Connections
  let cache = Mutex(FoldCache())
  let views = Mutex<[String: FoldView]>([:])

  /// Opens the journal, and makes folder and file where they are missing (unless read-only).
  /// - Parameters:
  ///   - actor: who opens, for `journal.opened` of a new file.
  ///   - now: the instant of that event.
  package init(_ options: JournalOptions, by actor: Actor, at now: Instant) throws(JournalError) {
    let opened = try Opening(options, by: actor, at: now).run()
    path = options.file
    origin = opened.origin
    name = opened.name
    notice = opened.notice
    isReadOnly = opened.connections.writer == nil
    midwatch = options.midwatch
    folds = options.folds
    connections = opened.connections
  }

  /// Throws the sentence that refuses a path on NFS, CIFS or FUSE.
  package static func refuseNetworkFilesystem(_ path: String) throws(JournalError) {
    guard let network = NetworkFilesystem.holding(path) else { return }
    throw JournalError(
      .networkFilesystem,
      "\(path) is on \(network.rawValue), where file locks do not hold; name a local folder with --state.")
  }

  var readOnlySentence: String {
    notice ?? "The journal \(path) was opened read-only; nothing can be recorded."
  }
}
