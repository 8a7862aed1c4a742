import Values
import Wire

/// Why a remote engine gave no answer that can be used.
package struct RemoteFailure: Error, Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// No connection, or one that broke.
    case unreachable
    /// Connected or not, nothing came within the time.
    case silent
    /// 401 or 403.
    case unauthorised
    /// Any other status that is no success: 500, 502, 503, 429, 404.
    case unavailable
    /// Not JSON, another content type, too large, or JSON of another shape.
    case unreadable
    /// It answered, and refused this question: 400 or 422, or an error inside a success.
    case rejected
  }

  package let kind: Kind
  /// What it did, to stand behind its name: `cannot be reached: connection refused by 127.0.0.1:9090`.
  package let deed: String
  /// How long it asked us to wait.
  package let retryAfter: Span?

  package init(_ kind: Kind, _ deed: String, retryAfter: Span? = nil) {
    self.kind = kind
    self.deed = deed
    self.retryAfter = retryAfter
  }

  /// Whether the server is well and only the question was wrong.
  package var isTheQuestions: Bool { kind == .rejected }

  /// A whole sentence: `prometheus at http://127.0.0.1:9090 cannot be reached: connection refused.`
  package func sentence(of name: String) -> String { "\(name) \(deed)." }
}
