import Alerting
import Incidents
import Metrics
import Values

/// Why alerts are not to be heard, as everything stands at one moment: what fires, what is silenced, which
/// windows take place. Made anew for each evaluation and each board, so nothing of it outlives its cause.
struct Mutings {
  private let silences: [(silence: Silence, matchers: SilenceMatchers)]
  private let windows: [HeldWindow]
  private let inhibition: Inhibition
  private let awaited: [InhibitRule]
  private let blocked: [String: String]

  /// - Parameters:
  ///   - awaited: rules whose sources have not been evaluated since the start.
  ///   - blocked: endpoints, and what each of them is blocked by.
  init(
    _ state: MutingState, _ rules: [InhibitRule], awaited: [InhibitRule], firing: [Labels],
    blocked: [String: String] = [:], at now: Instant
  ) {
    self.blocked = blocked
    silences = state.silences.filter { $0.silence.isActive(at: now) }
    windows = state.held(at: now)
    inhibition = Inhibition(rules, firing: firing)
    self.awaited = awaited
  }

  /// All reasons, what somebody chose first.
  ///
  /// - Parameter isNew: whether it began to fire since the start; one that fired before is known to others.
  func reasons(for labels: Labels, isNew: Bool) -> [AlertMuting] {
    var found = silences.filter { $0.matchers.matches(labels) }.map { silence, _ in
      AlertMuting(
        .silence, silence.key, since: silence.fact?.start, until: silence.end, by: silence.by,
        reason: silence.fact?.comment)
    }
    // Of several the one that lasts longest decides when it is heard again.
    found.sort {
      ($1.until ?? .init(milliseconds: 0), $0.name) < ($0.until ?? .init(milliseconds: 0), $1.name)
    }
    found += windows.filter { $0.covers(labels) }.map {
      AlertMuting(.maintenance, $0.window.title, since: $0.current?.start, until: $0.current?.end)
    }
    if let source = inhibition.inhibitor(of: labels) {
      found.append(AlertMuting(.inhibition, Self.name(source)))
    } else if labels["alertname"] == EndpointDown.name,
      let cause = labels["endpoint"].flatMap({ blocked[$0] })
    {
      found.append(AlertMuting(.inhibition, "\(EndpointDown.name) \(cause)"))
    } else if isNew, let rule = awaited.first(where: { $0.fitsTarget(labels) }) {
      found.append(AlertMuting(.waiting, rule.source.map(\.description).joined(separator: ", ")))
    }
    return found
  }

  /// `EndpointDown database`, `QueueBacklog`.
  private static func name(_ labels: Labels) -> String {
    [labels["alertname"], labels["endpoint"]].compactMap { $0 }.joined(separator: " ")
  }

  /// How many of these each window that takes place keeps from being heard, by its title.
  func counts(_ alerts: [Labels]) -> [String: Int] {
    Dictionary(windows.map { window in (window.window.title, alerts.count { window.covers($0) }) }) {
      $0 + $1
    }
  }
}
