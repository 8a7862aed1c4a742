/// Why the journal could not be opened, read or written, as a whole sentence for the person in front of it.
package struct JournalError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// The file, or the folder, is not there.
    case absent
    /// Opened read-only, or the file's schema or folds are newer than this midwatch.
    case readOnly
    /// Another process held the journal longer than the busy timeout.
    case busy
    /// The disk, the permissions or the path refuse.
    case storage
    /// It is no journal, or its pages or rows cannot be read.
    case damaged
    /// On NFS, CIFS or FUSE, where locks do not hold.
    case networkFilesystem
    /// A newer epoch took the engine lock; this engine must stop.
    case superseded
    /// The commit may or may not have reached the disk: the same act, with the same id, appends once.
    case unknownOutcome
    /// Something named is not in the journal, or a fold was not registered when it was opened.
    case unknown
  }

  package let kind: Kind
  package let sentence: String

  package init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }

  package var description: String { sentence }
}
