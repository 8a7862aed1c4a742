import Values

/// How long to leave alone what failed: twice as long each time up to a limit, of which the second half is left to
/// chance, so that those who were refused together do not come back together.
package struct Backoff: Sendable {
  package var first = Span.seconds(1)
  package var limit = Span.minutes(1)
  /// A server that asks for more patience gets no more than this.
  package var longestAsked = Span.minutes(10)

  package init() {}

  /// - Parameters:
  ///   - failures: how many in a row, this one counted.
  ///   - jitter: from 0 to 1, by chance.
  ///   - asked: the server's `Retry-After`.
  package func delay(after failures: Int, jitter: Double, asked: Span? = nil) -> Span {
    var delay = first
    for _ in 1..<max(1, min(failures, 32)) where delay < limit { delay = delay + delay }
    delay = min(delay, limit)
    let half = delay.milliseconds / 2
    let chance = Int64((Double(half) * min(max(jitter.isFinite ? jitter : 0, 0), 1)).rounded())
    return max(.milliseconds(delay.milliseconds - half + chance), min(asked ?? .zero, longestAsked))
  }
}
