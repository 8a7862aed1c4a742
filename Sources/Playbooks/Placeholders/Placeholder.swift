/// A place in a text where a value belongs.
package struct Placeholder: Hashable, Sendable {
  package enum Certainty: Hashable, Sendable {
    /// Bracketed or declared: asked for.
    case certain
    /// Looks like one (`BACKUP_ID`, `YYYY-MM-DD`): somebody says once whether it is.
    case suspected
  }

  /// What is asked for: `environment` in `<environment>`.
  package let name: String
  package let certainty: Certainty
  /// As it stands in the text.
  package let written: String
  /// In UTF-8 bytes of the text.
  package let bytes: Range<Int>
}

/// What kind of text is searched: shell has brackets of its own.
package enum PlaceholderContext: Sendable {
  case shell
  case text
}
