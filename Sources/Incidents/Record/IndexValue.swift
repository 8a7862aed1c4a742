import Values

/// What a column holds.
package enum IndexKind: Sendable {
  /// Whole numbers, and instants as milliseconds since 1970.
  case integer
  case text
  /// Several texts, such as tags.
  case list
}

/// What a fold has in a column.
package enum IndexValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case list([String])

  /// Null when nil.
  package static func instant(_ instant: Instant?) -> Self {
    instant.map { .integer($0.milliseconds) } ?? .null
  }

  /// Null when nil.
  package static func text(_ text: String?) -> Self {
    text.map { .text($0) } ?? .null
  }

  /// Null when nil.
  package static func number(_ number: (some BinaryInteger)?) -> Self {
    number.map { .integer(Int64(clamping: $0)) } ?? .null
  }

  /// As a column of `kind` keeps it: null when it is of another kind, and an empty list is null. Tables keep no
  /// U+0000; U+FFFD stands for it.
  package func kept(as kind: IndexKind) -> Self {
    switch (self, kind) {
    case (.integer, .integer): self
    case (.text(let text), .text): .text(text.kept)
    case (.list(let texts), .list): texts.isEmpty ? .null : .list(texts.map(\.kept))
    default: .null
    }
  }
}

extension String {
  /// Without U+0000, as a column keeps it.
  package var kept: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
