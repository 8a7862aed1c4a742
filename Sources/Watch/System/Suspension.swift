import Values

/// While our own connection is gone, or may not be back after sleep, failures of endpoints say nothing of them: their
/// states stay, their samples are not kept, and no rule is evaluated.
///
/// Not appended, rather than marked as stale: a marker says that the series has ended, on which firing alerts end and
/// `absent` begins, while all that is known is that nobody could look.
struct Suspension: Sendable {
  enum Cause: Sendable {
    /// All checks of connectivity fail.
    case connection
    /// The machine slept, and nothing has answered since.
    case sleep
  }

  let cause: Cause
  /// When it began.
  let since: Instant
  let began: Uptime
  /// When what is shown was known.
  let known: Instant
  /// It is over then, whatever came back; nil: only when something answers.
  var until: Uptime?
  /// The places of the endpoints whose answers were not looked at.
  var missed: Set<Int> = []
  /// Why the checks fail.
  var reason: String?

  /// After sleep a network is waited for no longer than this.
  static let patience = Span.minutes(1)
}
