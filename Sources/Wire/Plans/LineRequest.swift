import Values

/// A question for the lines that some logs have gained.
package struct LineRequest: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// A path, or a pattern of paths.
    case files(String)
    /// What it prints; started when it does not run.
    case command([String])
    /// Loki's query_range API, whose base URL and query these are.
    case loki(Request, query: String)
  }

  package var source: Source
  package var timeout = Span.seconds(10)
  /// Bytes of lines that are read at once; the rest waits for the next time.
  package var limit = 8 << 20

  package init(source: Source) {
    self.source = source
  }
}
