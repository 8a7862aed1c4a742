import Values

/// What a drill says about one endpoint; what it leaves out goes on as it was.
package struct Change: Hashable, Sendable {
  package var status: Int?
  package var body: String?
  package var headers: [String: String] = [:]
  package var latency: Span?
  package var fault: Fault?
  /// Increase per second.
  package var counters: [SeriesName: Double] = [:]
  package var gauges: [SeriesName: Double] = [:]
  package var histograms: [SeriesName: Observations] = [:]

  /// A row that names an endpoint and nothing about it (`health: {}`) puts it back as at the start.
  package var isEmpty: Bool { self == Change() }

  /// This, with everything that `later` says put over it.
  func merging(_ later: Change) -> Change {
    var merged = self
    merged.status = later.status ?? status
    merged.body = later.body ?? body
    merged.latency = later.latency ?? latency
    merged.fault = later.fault ?? fault
    merged.headers.merge(later.headers) { $1 }
    merged.counters.merge(later.counters) { $1 }
    merged.gauges.merge(later.gauges) { $1 }
    merged.histograms.merge(later.histograms) { $1 }
    return merged
  }
}

/// Measurements that a histogram counts: so many a second, of these values in turn.
package struct Observations: Hashable, Sendable {
  package let rate: Double
  /// Never empty.
  package let values: [Double]
}

/// A way of failing below HTTP.
package enum Fault: String, CaseIterable, Hashable, Sendable {
  /// Nobody listens. A system has one port, so while one of its endpoints refuses, all of them do.
  case refuse
  /// The request is read and never answered.
  case hang
  /// The request is read and the connection reset.
  case reset
  /// The answer comes one byte a second.
  case drip
  /// What comes is neither HTTP nor UTF-8.
  case garbage
}
