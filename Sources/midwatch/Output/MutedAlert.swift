import Alerting
import Incidents
import Journal
import Metrics
import Values
import Watch

/// Why an alert of the journal is not to be heard, from the engine where one runs, else from the journal
/// itself, which knows silences and maintenance but evaluates nothing.
struct MutedAlert {
  private let rows: [String: AlertRow]?
  private let silences: [(Silence, SilenceMatchers)]
  private let windows: [MaintenanceBegan]
  private let now: Instant

  init(_ journal: Journal, rows: [String: AlertRow]?, at now: Instant) throws {
    self.rows = rows
    self.now = now
    silences = try journal.entities(Silence.self, open: true).filter { $0.isActive(at: now) }.compactMap {
      silence in silence.fact.flatMap { SilenceMatchers(stored: $0.matchers) }.map { (silence, $0) }
    }
    windows = try journal.entities(MaintenanceRecord.self, open: true).filter { $0.isActive(at: now) }
      .compactMap(\.fact)
  }

  func reasons(for fired: AlertFired) -> [AlertMuting] {
    let labels = Labels(fired.labels)
    var found = silences.filter { $0.0.fact?.system == fired.system && $0.1.matches(labels) }.map {
      silence, _ in
      AlertMuting(
        .silence, silence.key, since: silence.fact?.start, until: silence.end, by: silence.by,
        reason: silence.fact?.comment)
    }
    if let row = rows?[fired.identity.key] {
      return found + row.mutings.filter { $0.kind != .silence && $0.until.map { $0 > now } ?? true }
    }
    found += windows.filter { $0.system == fired.system && covers($0, labels) }.map {
      AlertMuting(.maintenance, $0.window, since: $0.start, until: $0.until)
    }
    return found
  }

  /// Which series are an endpoint's only the folder says; its name is in the labels of what is built in.
  private func covers(_ window: MaintenanceBegan, _ labels: Labels) -> Bool {
    if window.endpoints.isEmpty, window.matchers.isEmpty { return true }
    if let name = labels["endpoint"], window.endpoints.contains(name) { return true }
    return SilenceMatchers(stored: window.matchers)?.matches(labels) ?? false
  }
}

extension AlertMuting {
  /// `silenced by ops1 until 04:12Z (SIL-3)`.
  var told: String {
    let until = until.map { " until \($0.minuteUTC)" } ?? ""
    return switch kind {
    case .silence: "silenced\(by.map { " by \($0)" } ?? "")\(until) (\(name))"
    case .maintenance: "maintenance \(name)\(until)"
    case .inhibition, .waiting: phrase
    }
  }
}
