/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
///
/// Nothing below the executable reads a clock; instants are passed in.
package struct Instant: Hashable, Comparable, Sendable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Seconds since 1970, as Prometheus counts.
  package init(seconds: Double) {
    self.milliseconds = Int64(exactly: (seconds * 1000).rounded()) ?? (seconds < 0 ? .min : .max)
  }

  package var seconds: Double { Double(milliseconds) / 1000 }

  package static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }

  /// Saturates instead of trapping: instants come from outside, too.
  package static func + (a: Self, b: Span) -> Self {
    Instant(milliseconds: a.milliseconds.addingSaturating(b.milliseconds))
  }

  package static func - (a: Self, b: Span) -> Self {
    Instant(milliseconds: a.milliseconds.subtractingSaturating(b.milliseconds))
  }

  package static func - (a: Self, b: Self) -> Span {
    Span(milliseconds: a.milliseconds.subtractingSaturating(b.milliseconds))
  }
}

extension Int64 {
  package func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }

  package func subtractingSaturating(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other > 0 ? .min : .max) : difference
  }

  package func multipliedSaturating(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self > 0) == (other > 0) ? .max : .min) : product
  }
}
