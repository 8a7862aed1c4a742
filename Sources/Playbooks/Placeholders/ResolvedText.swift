import Values

/// A text with its placeholders filled.
package struct ResolvedText: Equatable, Sendable {
  /// Byte for byte what runs, or is copied.
  package let exact: Secret
  /// The same with secrets masked.
  package let shown: String
  /// Whether a secret went in: then ``exact`` is for the clipboard or the shell, and for nothing that keeps.
  package let holdsSecret: Bool
}

/// Why a text cannot be filled; each with what to do.
package struct Unresolved: Error, Equatable, Sendable, CustomStringConvertible {
  /// Placeholders without a value, each once, in the order of the text.
  package var missing: [String]
  /// Words that may be placeholders, and nobody has said so or denied it.
  package var undecided: [String]
  /// Whole sentences: values that cannot go where they would have to.
  package var refusals: [String]

  package var description: String {
    var sentences = refusals
    if !missing.isEmpty { sentences.append("No value yet for \(missing.joined(separator: ", ")).") }
    if !undecided.isEmpty {
      sentences.append("Say whether \(undecided.joined(separator: ", ")) stands for a value.")
    }
    return sentences.joined(separator: " ")
  }
}
