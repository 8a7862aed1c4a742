import Metrics

/// An alert as its rule keeps it between evaluations; times in milliseconds since 1970.
struct ActiveAlert: Sendable {
  /// Its identity: the element's labels without the metric name, the rule's over them, and `alertname`.
  let labels: Labels
  var annotations: [String: String]
  var state: AlertState
  var value: Double
  /// When the condition began to hold.
  var activeAt: Int64
  var firedAt: Int64?
  var resolvedAt: Int64?
  /// When the condition ended, while `keep_firing_for` lets it fire on.
  var keepFiringSince: Int64?
  /// Selectors that have no series for it now; empty while there is data.
  var missing: [String] = []
  /// Restored after a restart: until then, missing data does not end it, for the store is still filling.
  var graceUntil: Int64?
  /// The number of the evaluation in which its condition held last.
  var round: UInt64 = 0
  var series = AlertSeries()
}

/// Where an alert's own series lie in the store; nil until they were written.
struct AlertSeries: Sendable {
  /// `ALERTS` while it is pending, and while it fires.
  var pending: SeriesID?
  var firing: SeriesID?
  /// `ALERTS_FOR_STATE`.
  var since: SeriesID?
}
