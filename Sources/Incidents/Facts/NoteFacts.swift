import Values

package struct NoteAdded: Fact {
  package static let kind = "note.added"
  package let text: String
}

package struct EventPinned: Fact {
  package static let kind = "event.pinned"
  /// The id of the event.
  package let target: String
  package let pinned: Bool
}

/// Replaces what an event says; the event itself stays as it is.
package struct EventAmended: Fact {
  package static let kind = "event.amended"
  package let target: String
  package let text: String
  package let reason: String
}

/// Takes an event back; it stays in the journal and is shown struck out.
package struct EventRetracted: Fact {
  package static let kind = "event.retracted"
  package let target: String
  package let reason: String
}

/// An export was written.
package struct ExportMade: Fact {
  package static let kind = "export.made"
  package let format: String
  package let external: Bool
  package let head: String
  package let count: Int64
  package let fileDigest: String

  package init(format: String, external: Bool, head: String, count: Int64, fileDigest: String) {
    self.format = format
    self.external = external
    self.head = head
    self.count = count
    self.fileDigest = fileDigest
  }
}
