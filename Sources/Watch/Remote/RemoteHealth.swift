import Alerting
import Values

/// How a remote engine stands: what became of the last questions, and when it may be asked again.
package struct RemoteHealth: Sendable {
  package enum State: String, Codable, Hashable, Sendable {
    /// It was not asked yet.
    case unknown
    case reachable
    case failing
  }

  package private(set) var state = State.unknown
  /// Since when it is in that state.
  package private(set) var since: Instant?
  package private(set) var lastSuccess: Instant?
  /// What failed last; nil while it answers.
  package private(set) var failure: RemoteFailure?
  /// In a row.
  package private(set) var failures = 0
  /// It is left alone until then.
  package private(set) var notBefore: Uptime?
  private var failedAt: Uptime?
  private let backoff: Backoff

  package init(backoff: Backoff = Backoff()) {
    self.backoff = backoff
  }

  package func mayAsk(at now: Moment) -> Bool { notBefore.map { $0 <= now.uptime } ?? true }

  /// It answered. Returns whether that is news.
  package mutating func succeed(at now: Moment) -> Bool {
    lastSuccess = now.wall
    failure = nil
    failures = 0
    notBefore = nil
    return turn(to: .reachable, at: now)
  }

  /// It did not answer, or not what can be used. Returns whether that is news.
  ///
  /// - Parameter sent: when it was asked: those that were under way together fail together, and count as one.
  package mutating func fail(_ failure: RemoteFailure, sent: Uptime, at now: Moment, jitter: Double) -> Bool {
    self.failure = failure
    if failedAt.map({ sent > $0 }) ?? true || state != .failing {
      failures += 1
      failedAt = now.uptime
      notBefore = now.uptime + backoff.delay(after: failures, jitter: jitter, asked: failure.retryAfter)
    }
    return turn(to: .failing, at: now)
  }

  private mutating func turn(to new: State, at now: Moment) -> Bool {
    guard state != new else { return false }
    state = new
    since = now.wall
    return true
  }
}
