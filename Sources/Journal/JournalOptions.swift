import Incidents
import Values

/// How a journal is to be opened.
package struct JournalOptions: Sendable {
  /// Absolute path of the file.
  package var file: String
  /// Every fold that acts and readers will ask for.
  package var folds: [any Fold.Type]
  package var readOnly = false
  /// Our version, for `journal.opened` and `engine.took`.
  package var midwatch = "unknown"
  /// The name given to a new journal, such as the host's.
  package var name = "journal"
  /// The gid that a new folder is shared with.
  package var group: UInt32?

  /// `journal.db` in a state folder.
  package init(folder: String, folds: [any Fold.Type]) {
    self.init(file: StateFolder(folder).journal, folds: folds)
  }

  /// A file of any name; blobs and the engine's lock lie beside it.
  package init(file: String, folds: [any Fold.Type]) {
    self.file = StateFolder(file).path
    self.folds = folds
  }

  /// The folder that holds the file.
  package var folder: StateFolder {
    StateFolder(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
  }
}
