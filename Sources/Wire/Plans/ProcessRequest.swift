import Values

/// A process to run without a shell, whose end and output are the answer.
package struct ProcessRequest: Hashable, Sendable {
  /// The program and its arguments.
  package var words: [String]
  /// Where it runs; nil: where we do.
  package var directory: String?
  package var timeout = Span.seconds(10)
  /// Bytes of the output that are kept.
  package var outputLimit = 1 << 20

  package init(words: [String]) {
    self.words = words
  }
}
