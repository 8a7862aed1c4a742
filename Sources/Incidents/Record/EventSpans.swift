import Values

/// Equal spans of time, one beside the other.
package struct EventSpans: Hashable, Sendable {
  package let start: Instant
  package let width: Span
  package let count: Int

  /// - Parameters:
  ///   - width: of one; at least a millisecond is taken.
  ///   - count: at least one is taken.
  package init(from start: Instant, width: Span, count: Int) {
    self.start = start
    self.width = max(.milliseconds(1), width)
    self.count = max(1, count)
  }

  /// All of `start..<end`, in so many spans of whole milliseconds.
  package init(from start: Instant, until end: Instant, count: Int) {
    let count = max(1, count)
    let all = max(1, (end - start).milliseconds)
    self.init(
      from: start, width: .milliseconds((all &- 1) / Int64(clamping: count) &+ 1), count: count)
  }

  package var end: Instant {
    let (all, isTooLong) = width.milliseconds.multipliedReportingOverflow(by: Int64(clamping: count))
    return start + .milliseconds(isTooLong ? .max : all)
  }

  /// Which of them it is in.
  package func place(of instant: Instant) -> Int? {
    guard instant >= start, instant < end else { return nil }
    return Int(clamping: (instant - start).milliseconds / width.milliseconds)
  }
}
