import Alerting
import Metrics
import Values

/// Which of our alerts one Alertmanager is to be told of, and when: Prometheus' ways.
///
/// A firing alert is sent at once and again each ``resend``, for Alertmanager takes one that it no longer hears of
/// as resolved; a resolved one is sent again too for a quarter of an hour, in case one message got lost. Pending
/// ones are never sent. Silenced ones are: silencing is Alertmanager's.
package struct AlertRelay: Sendable {
  /// An alert that fires.
  package struct Firing: Sendable {
    package let labels: Labels
    package let annotations: [String: String]
    package let since: Instant
    /// Of the evaluation of its rule.
    package let interval: Span
    package let generatorURL: String?

    package init(
      labels: Labels, annotations: [String: String], since: Instant, interval: Span,
      generatorURL: String? = nil
    ) {
      self.labels = labels
      self.annotations = annotations
      self.since = since
      self.interval = interval
      self.generatorURL = generatorURL
    }
  }

  private struct Entry: Sendable {
    var firing: Firing
    var resolvedAt: Instant?
    var forgetAt: Uptime?
    /// Sent with this beginning, and as resolved or not; nil before it was ever sent.
    var told: Told?
    var lastSent: Uptime?
    var isOnItsWay = false

    var state: Told { Told(since: firing.since, isResolved: resolvedAt != nil) }
  }

  private struct Told: Equatable, Sendable {
    let since: Instant
    let isResolved: Bool
  }

  /// Prometheus' `--rules.alert.resend-delay`.
  package static let resend = Span.minutes(1)
  /// Prometheus' `resolvedRetention`.
  package static let retention = Span.minutes(15)
  /// Alerts in one request.
  package static let batch = 256

  private var entries: [Labels: Entry] = [:]

  package init() {}

  /// How many fire.
  package var firingCount: Int { entries.values.count { $0.resolvedAt == nil } }

  /// Whether an alert with these labels is one that we tell of.
  func knows(_ labels: Labels) -> Bool { entries[labels] != nil }

  /// All alerts that fire now; one that was here before and is not any more has been resolved.
  package mutating func update(_ firing: [Firing], at now: Moment) {
    let present = Set(firing.map(\.labels))
    for alert in firing {
      if var entry = entries[alert.labels] {
        entry.firing = alert
        entry.resolvedAt = nil
        entry.forgetAt = nil
        entries[alert.labels] = entry
      } else {
        entries[alert.labels] = Entry(firing: alert)
      }
    }
    for (labels, entry) in entries where !present.contains(labels) && entry.resolvedAt == nil {
      // What was never on its way needs no end.
      if entry.told == nil, !entry.isOnItsWay, entry.lastSent == nil {
        entries[labels] = nil
      } else {
        entries[labels]?.resolvedAt = now.wall
        entries[labels]?.forgetAt = now.uptime + Self.retention
      }
    }
  }

  /// What is due, at most a batch of it; it is on its way then, until ``settle(_:isTaken:at:)``.
  package mutating func take(at now: Moment) -> [PostableAlert] {
    for (labels, entry) in entries where entry.forgetAt.map({ $0 <= now.uptime }) ?? false {
      entries[labels] = nil
    }
    let due = entries.values.filter { entry in dueTime(entry).map { $0 <= now.uptime } ?? false }
      .sorted { $0.firing.labels < $1.firing.labels }.prefix(Self.batch)
    return due.map { entry in
      let firing = entry.firing
      entries[firing.labels]?.isOnItsWay = true
      entries[firing.labels]?.lastSent = now.uptime
      entries[firing.labels]?.told = entry.state
      let validity = max(firing.interval, Self.resend) * 4
      return PostableAlert(
        labels: firing.labels, annotations: firing.annotations, startsAt: firing.since,
        endsAt: entry.resolvedAt ?? now.wall + validity, generatorURL: firing.generatorURL)
    }
  }

  /// What came of those that were on their way; those that were not taken are due again at once, and the one who
  /// asks waits as long as its remote needs.
  package mutating func settle(_ labels: [Labels], isTaken: Bool) {
    for labels in labels {
      entries[labels]?.isOnItsWay = false
      if !isTaken { entries[labels]?.told = nil }
    }
  }

  /// When something is due next; nil while all is on its way or there is nothing to tell.
  package var nextDeadline: Uptime? { entries.values.lazy.compactMap(dueTime).min() }

  private func dueTime(_ entry: Entry) -> Uptime? {
    guard !entry.isOnItsWay else { return nil }
    guard entry.told == entry.state, let lastSent = entry.lastSent else {
      return Uptime(milliseconds: .min)
    }
    return lastSent + Self.resend
  }
}
