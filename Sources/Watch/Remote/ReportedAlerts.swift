import Alerting
import Metrics
import Values

/// The alerts of a remote engine, from one of its lists to the next.
///
/// An alert that a list lacks has ended. While there is no list it goes on as it was and nobody knows; and for a
/// while after the silence too, because an engine that was started anew lists its alerts only once it has
/// evaluated, or heard of, them again.
struct ReportedAlerts: Sendable {
  struct Known: Sendable {
    var alert: ReportedAlert
    var firedAt: Instant?
    /// When it began as it was reported: another beginning is another alert.
    var began: Instant
    /// Whether the last list had it.
    var isConfirmed: Bool
  }

  private(set) var known: [Labels: Known] = [:]
  private var graceUntil: Uptime?
  /// The beginnings of alerts that ended: one that comes back with the same is a new one that begins now.
  private var ended: [Labels: Instant] = [:]

  /// Alertmanager's `resolve_timeout`, and Prometheus' lookback.
  static let grace = Span.minutes(5)

  /// In the order of their labels.
  var all: [Known] { known.values.sorted { $0.alert.labels < $1.alert.labels } }

  var firing: [ReportedAlert] { all.map(\.alert).filter { $0.state == .firing } }

  /// Takes up an alert that was firing before a restart of ours.
  mutating func restore(_ alert: ReportedAlert, firedAt: Instant?) {
    known[alert.labels] = Known(
      alert: alert, firedAt: firedAt ?? alert.activeAt, began: alert.activeAt, isConfirmed: false)
  }

  /// It answers for the first time or again.
  mutating func resume(at now: Moment) {
    if !known.isEmpty { graceUntil = now.uptime + Self.grace }
  }

  /// Takes a whole list, without those that are our own.
  mutating func take(
    _ list: [ReportedAlert], at now: Moment
  ) -> (fired: [ReportedAlert], resolved: [ReportedAlert]) {
    let isInGrace = graceUntil.map { now.uptime < $0 } ?? false
    var next: [Labels: Known] = [:]
    var fired: [ReportedAlert] = []
    var resolved: [ReportedAlert] = []
    for alert in list {
      let before = known[alert.labels]
      let firing = before.flatMap { $0.alert.state == .firing ? $0 : nil }
      if alert.state == .pending, isInGrace, var firing {
        // Started anew, it counts its time from the beginning.
        firing.isConfirmed = false
        next[alert.labels] = firing
        continue
      }
      var taken = Known(alert: alert, firedAt: nil, began: alert.activeAt, isConfirmed: true)
      if alert.state == .firing, let firing, firing.began == alert.activeAt || isInGrace {
        taken.firedAt = firing.firedAt
        taken.alert = alert.beginning(at: firing.alert.activeAt)
      } else {
        if let firing { resolved.append(firing.alert) }
        if alert.state == .firing {
          taken.firedAt = now.wall
          if ended[alert.labels] == alert.activeAt { taken.alert = alert.beginning(at: now.wall) }
          fired.append(taken.alert)
        }
      }
      next[alert.labels] = taken
    }
    for (labels, before) in known where next[labels] == nil && before.alert.state == .firing {
      if isInGrace {
        next[labels] = before
        next[labels]?.isConfirmed = false
      } else {
        resolved.append(before.alert)
        ended[labels] = before.began
      }
    }
    if ended.count > ReportedAlert.limit { ended = [:] }
    known = next
    return (fired, resolved.sorted { $0.labels < $1.labels })
  }
}

extension ReportedAlert {
  fileprivate func beginning(at instant: Instant) -> ReportedAlert {
    ReportedAlert(
      labels: labels, annotations: annotations, state: state, activeAt: instant, value: value,
      silencedBy: silencedBy, inhibitedBy: inhibitedBy)
  }
}
