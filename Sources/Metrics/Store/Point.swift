/// One sample of a series: milliseconds since 1970 and a value.
package struct Point: Hashable, Codable, Sendable {
  package var t: Int64
  package var v: Double

  package init(t: Int64, v: Double) {
    self.t = t
    self.v = v
  }
}

/// A sample with the series it belongs to; without a timestamp it is of the moment of the scrape.
package struct Sample: Hashable, Sendable {
  package var labels: Labels
  package var value: Double
  package var timestamp: Int64?

  package init(_ labels: Labels, _ value: Double, timestamp: Int64? = nil) {
    self.labels = labels
    self.value = value
    self.timestamp = timestamp
  }
}

/// The NaN that says "this series has ended here" (Prometheus' stale marker); any other NaN is a value.
package let staleNaN = Double(bitPattern: 0x7ff0_0000_0000_0002)

extension Double {
  /// Whether this is the stale marker, bit for bit.
  @inline(__always) package var isStale: Bool { bitPattern == 0x7ff0_0000_0000_0002 }
}
