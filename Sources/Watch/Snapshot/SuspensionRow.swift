import Values

/// Why nothing can be said of a system's endpoints now, and of when that is which is shown.
package struct SuspensionRow: Codable, Equatable, Sendable {
  package enum Cause: String, Codable, Sendable { case connection, sleep }

  package var cause: Cause
  package var since: Instant
  /// When what is shown was known.
  package var known: Instant
  /// Why the checks of connectivity fail.
  package var reason: String?

  package init(cause: Cause, since: Instant, known: Instant, reason: String? = nil) {
    self.cause = cause
    self.since = since
    self.known = known
    self.reason = reason
  }

  /// `our own connection is gone since 03:12:40Z (connection refused); what is shown is of 03:12Z`.
  package var words: String {
    let shown = "what is shown is of \(known.minuteUTC)"
    switch cause {
    case .connection:
      let why = reason.map { " (\($0))" } ?? ""
      return "our own connection is gone since \(since.clockUTC)\(why); \(shown)"
    case .sleep: return "nothing has answered since this machine slept; \(shown)"
    }
  }
}

extension SuspensionRow {
  init(_ suspension: Suspension) {
    self.init(
      cause: suspension.cause == .connection ? .connection : .sleep, since: suspension.since,
      known: suspension.known, reason: suspension.reason)
  }
}
