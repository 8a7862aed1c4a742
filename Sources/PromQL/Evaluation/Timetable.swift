/// The times at which expressions are going to be evaluated, one after the other, over samples that are there already:
/// what their series yield is then worked out for many of those times at once.
package struct Timetable: Hashable, Sendable {
  /// Milliseconds since 1970.
  package let start: Int64
  package let end: Int64
  /// Milliseconds between two evaluations; greater than 0.
  package let step: Int64
  /// Metrics that get samples only as the evaluations go on: whatever may read them is worked out time by time.
  package let written: Set<String>

  package init(from start: Int64, to end: Int64, step: Int64, written: Set<String> = []) {
    self.start = start
    self.end = end
    self.step = max(1, step)
    self.written = written
  }

  /// How many evaluations are still to come from `time` on, at most `limit`; 0 for a time that is none of theirs.
  func count(from time: Int64, atMost limit: Int) -> Int {
    guard time >= start, time <= end else { return 0 }
    let (past, isFar) = time.subtractingReportingOverflow(start)
    let (left, isFarAhead) = end.subtractingReportingOverflow(time)
    guard !isFar, !isFarAhead, past % step == 0 else { return 0 }
    return min(limit, Int(clamping: left / step) &+ 1)
  }
}
