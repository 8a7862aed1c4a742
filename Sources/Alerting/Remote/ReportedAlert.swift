import JSON
import Metrics
import Values

/// An alert as another engine reports it.
package struct ReportedAlert: Hashable, Sendable {
  package let labels: Labels
  package let annotations: [String: String]
  /// Pending or firing: nobody reports another.
  package let state: AlertState
  /// Prometheus' `activeAt`, Alertmanager's `startsAt`.
  package let activeAt: Instant
  /// NaN where it is not told, as by Alertmanager.
  package let value: Double
  /// Ids of the silences that hide it, and fingerprints of the alerts that inhibit it: Alertmanager's.
  package let silencedBy: [String]
  package let inhibitedBy: [String]

  package init(
    labels: Labels, annotations: [String: String] = [:], state: AlertState = .firing, activeAt: Instant,
    value: Double = .nan, silencedBy: [String] = [], inhibitedBy: [String] = []
  ) {
    self.labels = labels
    self.annotations = annotations
    self.state = state
    self.activeAt = activeAt
    self.value = value
    self.silencedBy = silencedBy
    self.inhibitedBy = inhibitedBy
  }

  package var name: String { labels["alertname"] ?? "(an alert without a name)" }

  /// More than so many are refused: a list that nobody can read, and a journal that nobody wants.
  package static let limit = 10_000

  static func ofPrometheus(_ document: JSONValue) throws(RemoteFailure) -> [ReportedAlert] {
    guard let list = try PrometheusValue.data(document)["alerts"]?.elements else {
      throw .shape("has no alerts")
    }
    return try alerts(list) { entry throws(RemoteFailure) in
      guard let state = entry["state"]?.string.flatMap(AlertState.init) else {
        throw .shape("has an alert without a state")
      }
      // Inactive ones are no alerts; some servers list them all the same.
      guard state != .inactive else { return nil }
      let value = entry["value"]?.string.flatMap { Metrics.GoFloat.parse($0) } ?? .nan
      return try alert(entry, state: state, since: "activeAt", value: value)
    }
  }

  static func ofAlertmanager(_ document: JSONValue) throws(RemoteFailure) -> [ReportedAlert] {
    guard let list = document.elements else { throw .shape("is no list of alerts") }
    return try alerts(list) { entry throws(RemoteFailure) in
      try alert(entry, state: .firing, since: "startsAt", value: .nan)
    }
  }

  private static func alerts(
    _ list: [JSONValue], _ read: (JSONValue) throws(RemoteFailure) -> ReportedAlert?
  ) throws(RemoteFailure) -> [ReportedAlert] {
    guard list.count <= limit else { throw .shape("has \(list.count) alerts, and \(limit) are the most") }
    var alerts: [ReportedAlert] = []
    var seen: Set<Labels> = []
    for entry in list {
      guard let alert = try read(entry), seen.insert(alert.labels).inserted else { continue }
      alerts.append(alert)
    }
    return alerts
  }

  private static func alert(
    _ entry: JSONValue, state: AlertState, since: String, value: Double
  ) throws(RemoteFailure) -> ReportedAlert {
    guard let labels = entry["labels"]?.texts, !labels.isEmpty else {
      throw .shape("has an alert without labels")
    }
    guard let began = entry[since]?.string.flatMap({ Instant(rfc3339: $0) }) else {
      throw .shape("has an alert without \(since)")
    }
    func list(_ name: String) -> [String] {
      entry["status"]?[name]?.elements?.compactMap(\.string) ?? []
    }
    return ReportedAlert(
      labels: Labels(labels), annotations: entry["annotations"]?.texts ?? [:], state: state, activeAt: began,
      value: value, silencedBy: list("silencedBy"), inhibitedBy: list("inhibitedBy"))
  }
}
