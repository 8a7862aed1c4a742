import Values

/// Something is to be done so that it does not happen again.
package struct ActionAdded: Fact {
  package static let kind = "action.added"
  /// `ACT-3`.
  package let action: String
  package let title: String
  /// A handle.
  package let owner: String?
  package let due: Instant?
  package let state: ActionItem.State
}

/// An action item has another owner, time, title or state; carries all of them as they are now.
package struct ActionChanged: Fact {
  package static let kind = "action.changed"

  /// As it was before.
  package struct Before: Codable, Equatable, Sendable {
    package let title: String
    package let owner: String?
    package let due: Instant?
    package let state: ActionItem.State
  }

  package let action: String
  package let title: String
  /// Nil: nobody has it.
  package let owner: String?
  /// Nil: at no time.
  package let due: Instant?
  package let state: ActionItem.State
  package let reason: String?
  package let was: Before
}

/// A section of an incident's retro was written; it takes the place of what was written there before.
package struct RetroWritten: Fact {
  package static let kind = "retro.written"
  /// ``RetroPart/name``.
  package let section: String
  /// Markdown; empty when it is taken back.
  package let text: String
}

/// An incident's retro entry stands at the end of a file.
package struct RetroAppended: Fact {
  package static let kind = "retro.appended"
  /// Absolute.
  package let file: String
  /// SHA-256 of the entry, in lower-case hex: no text of the journal, and so not called `sha256`.
  package let digest: String
  package let bytes: Int
}
