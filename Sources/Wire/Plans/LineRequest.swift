import Values

/// A question for the lines that some logs have gained.
package struct LineRequest: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// A path, or a pattern of paths.
    case files(String)
    /// What it prints; started when it does not run.
    case command(ProcessRequest)
    /// Loki's query_range API: a request for its base URL, and the query.
    case loki(Request, query: String)
  }

  package var source: Source
  package var timeout = Span.seconds(10)
  /// Bytes of lines that are read at once; the rest waits for the next time.
  package var limit = 8 << 20
  /// Bytes of one line; what is longer is cut.
  package var lineLimit = 256 << 10
  /// A command for whose lines nobody asked for so long is ended.
  package var patience = Span.minutes(10)

  package init(source: Source) {
    self.source = source
  }
}
