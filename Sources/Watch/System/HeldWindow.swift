import Alerting
import Incidents
import Metrics
import Probes
import Systems
import Values

/// One window of maintenance, when it takes place, and whom it covers.
struct HeldWindow: Sendable {
  let window: MaintenanceWindow
  private let zone: Zone
  /// Target labels of its endpoints.
  private let targets: [Labels]
  private(set) var current: MaintenanceWindow.Occurrence?
  private(set) var next: Instant?

  /// - Parameter zone: of the window's name.
  init(_ window: MaintenanceWindow, zone: Zone, endpoints: [Endpoint]) {
    self.window = window
    self.zone = zone
    targets = endpoints.filter { window.endpoints.contains($0.name) }.map(\.targetLabels)
  }

  var isWholeSystem: Bool { window.endpoints.isEmpty && window.matchers.isEmpty }

  /// When it begins or ends next.
  var nextChange: Instant? { [current?.end, next].compactMap { $0 }.min() }

  mutating func advance(to now: Instant) {
    current = window.occurrence(at: now, in: zone)
    next = window.nextStart(after: now, in: zone)
  }

  func covers(endpoint name: String) -> Bool { isWholeSystem || window.endpoints.contains(name) }

  /// Whether an alert is one of those that are expected: of the whole system, of one of the window's
  /// endpoints by name or by `job` and `instance`, or one that its matchers fit.
  func covers(_ labels: Labels) -> Bool {
    if isWholeSystem { return true }
    if let name = labels["endpoint"], window.endpoints.contains(name) { return true }
    if !window.matchers.isEmpty, window.matchers.allSatisfy({ $0.matches(labels) }) { return true }
    guard let instance = labels["instance"] else { return false }
    return targets.contains { $0["instance"] == instance && (labels["job"] ?? $0["job"]) == $0["job"] }
  }

  func fact(_ system: String) -> MaintenanceBegan? {
    current.map {
      MaintenanceBegan(
        system: system, window: window.title, start: $0.start, until: $0.end, endpoints: window.endpoints,
        matchers: window.matchers.map(\.description))
    }
  }

  /// What a board says of it; nil when it does not come again.
  func row(muting count: Int) -> MaintenanceRow? {
    guard let start = current?.start ?? next else { return nil }
    return MaintenanceRow(
      title: window.title, start: start, until: current?.end ?? start + window.duration,
      isHeld: current != nil, endpoints: window.endpoints, matchers: window.matchers.map(\.description),
      muted: count)
  }
}
