import Alerting
import Incidents
import Metrics
import Values

/// What keeps alerts from being heard: silences, maintenance, inhibition.
extension WatchedSystem {
  /// Begins and ends windows of maintenance, and notices silences that begin and end.
  mutating func advanceMuting(at now: Instant) -> [WatchEffect] {
    let before = muting.windows.compactMap { $0.fact(folder.name)?.key }
    guard muting.advance(to: now) else { return [] }
    let current = muting.held(at: now).compactMap { $0.fact(folder.name) }
    touch()
    var changes: [EndpointChanged] = []
    for index in endpoints.indices where !endpoints[index].isCheck {
      let name = endpoints[index].endpoint.name
      if let change = endpoints[index].maintain(note(of: name, at: now), at: now) {
        changes.append(fact(change, of: endpoints[index].endpoint))
      }
    }
    var effects: [WatchEffect] = []
    if !changes.isEmpty { effects.append(.record(RecordTransitions(endpoints: changes, at: now))) }
    if !hasRecordedMaintenance || before != current.map(\.key) {
      hasRecordedMaintenance = true
      effects.insert(.recordMaintenance(RecordMaintenance(system: folder.name, current: current)), at: 0)
    }
    return effects
  }

  /// `Patch night until 04:00Z`; nil for an endpoint that no window covers.
  func note(of endpoint: String, at now: Instant) -> String? {
    let held = muting.held(at: now).filter { $0.covers(endpoint: endpoint) }
    guard let last = held.max(by: { ($0.current?.end ?? now) < ($1.current?.end ?? now) }) else { return nil }
    return "\(last.window.title) until \(last.current?.end.minuteUTC ?? "")"
  }

  func mutings(at now: Instant) -> Mutings {
    var firing: [Labels] = []
    if !folder.inhibitRules.isEmpty {
      firing = groups.flatMap { $0.group.instances.lazy.filter { $0.state == .firing }.map(\.labels) }
    }
    let blocked = endpoints.compactMap { watched in
      watched.monitor.blockedBy.map { (watched.endpoint.name, $0) }
    }
    return Mutings(
      muting, folder.inhibitRules, awaited: awaited(at: now), firing: firing,
      blocked: Dictionary(blocked) { first, _ in first }, at: now)
  }

  /// Inhibit rules of which a source could fire as soon as its group is evaluated: just after a start what
  /// they would mute must not be heard before it is known.
  private func awaited(at now: Instant) -> [InhibitRule] {
    guard let until = muting.waitsUntil, now < until else { return [] }
    let unknown = groups.filter { $0.group.evaluatedAt == nil }
      .flatMap { $0.group.definition.rules.filter(\.isAlerting).map(\.name) }
    guard !unknown.isEmpty else { return [] }
    return folder.inhibitRules.filter { rule in
      unknown.contains { name in rule.source.allSatisfy { $0.name != "alertname" || $0.matches(name) } }
    }
  }

  /// Says of alerts that begin to fire what keeps them from being heard.
  func muted(_ fired: [AlertFired], at now: Instant) -> [AlertFired] {
    guard !fired.isEmpty else { return [] }
    let mutings = mutings(at: now)
    return fired.map { fact in
      var fact = fact
      fact.mutedBy = mutings.reasons(for: Labels(fact.labels), isNew: true).first?.phrase
      return fact
    }
  }

  /// Whether something keeps an alert of ours from being heard.
  func mutes(_ alert: AlertIdentity, at now: Instant) -> Bool {
    !mutings(at: now).reasons(for: Labels(alert.labels), isNew: true).isEmpty
  }

  func maintenanceRows(_ mutings: Mutings) -> [MaintenanceRow] {
    let counts = mutings.counts(groups.flatMap { $0.group.instances.map(\.labels) })
    return muting.windows.compactMap { $0.row(muting: counts[$0.window.title] ?? 0) }
      .sorted { ($0.isHeld ? 0 : 1, $0.start, $0.title) < ($1.isHeld ? 0 : 1, $1.start, $1.title) }
  }
}
