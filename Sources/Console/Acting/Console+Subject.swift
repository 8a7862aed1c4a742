import Incidents
import Terminal
import Values
import Watch

/// What `a i s p u r y` act upon.
extension Console {
  /// Rows are ordered without regard to the moment but for acknowledgements that end; the snapshot's own
  /// time is near enough to find the selected one.
  var lately: Instant {
    world.snapshots.values.map(\.at).max() ?? Instant(milliseconds: 0)
  }

  var subject: Subject {
    switch screen {
    case .dashboard: dashboard.subject(world, at: lately)
    case .alerts: alerts.subject(world, at: lately)
    case .incident: incident.shown(world).map { .incident($0.key) } ?? .none
    case .playbook: playbook.incident(world).map { .incident($0) } ?? .none
    case .comms: comms.incident(world).map { .incident($0) } ?? .none
    case .tickets: tickets.key.map { .ticket($0) } ?? .none
    case .timeline: timeline.incidents.selected.map { .incident($0) } ?? .none
    }
  }

  /// The alert in focus, or the one that an endpoint in focus raised.
  var subjectAlert: AlertIdentity? {
    switch subject {
    case .alert(let identity): return identity
    case .endpoint(let system, let name):
      return world.snapshots[system]?.alerts.first {
        $0.identity.rule == "EndpointDown" && $0.identity.labels.values.contains(name)
      }?.identity
    case .incident, .routine, .ticket, .none: return nil
    }
  }

  /// The incident in focus, or the open one of the system in focus.
  var subjectIncident: String? {
    switch subject {
    case .incident(let key): key
    case .ticket: ticketsIncident
    case .alert, .endpoint, .routine: subjectSystem.flatMap { world.ledger.openIncidents(of: $0).first?.key }
    case .none: nil
    }
  }

  var subjectSystem: String? {
    switch subject {
    case .alert(let identity): identity.system
    case .endpoint(let system, _), .routine(let system, _): system
    case .incident(let key): world.ledger.incident(key)?.systems.first
    case .ticket(let key): world.ticket(key)?.ticket.system
    case .none: nil
    }
  }

  /// What `r` polls: the endpoint in focus, or those of the alert's system.
  var probes: [(system: String, endpoint: String)] {
    switch subject {
    case .endpoint(let system, let name): return [(system, name)]
    case .alert(let identity):
      let rows = world.snapshots[identity.system]?.endpoints ?? []
      let named = rows.filter { identity.labels.values.contains($0.name) }
      return (named.isEmpty ? rows : named).map { (identity.system, $0.name) }
    case .incident(let key):
      let systems = world.ledger.incident(key)?.systems ?? []
      return systems.flatMap { system in
        (world.snapshots[system]?.endpoints ?? []).map { (system, $0.name) }
      }
    case .ticket(let key):
      guard let system = world.ticket(key)?.ticket.system else { return [] }
      return (world.snapshots[system]?.endpoints ?? []).map { (system, $0.name) }
    case .routine, .none: return []
    }
  }

  mutating func probeNow() -> [Effect] {
    probes.map { .probe(system: $0.system, endpoint: $0.endpoint) }
  }

  var copyText: String? {
    switch subject {
    case .alert(let identity):
      guard let item = world.item(identity.key, at: lately) else { return nil }
      let parts = [Marks.word(item.level), identity.rule, identity.system, item.figures, item.summary]
      return parts.filter { !$0.isEmpty }.joined(separator: " ")
    case .endpoint(let system, let name): return world.endpoint(system, name)?.target
    case .incident(let key):
      if screen == .incident, let line = incident.selectedLine(world) { return line.copied }
      return world.ledger.incident(key).map {
        "\($0.key) \($0.severity.rawValue) \($0.status.rawValue) \($0.title)"
      }
    case .routine(let system, let title): return "\(system) \(title)"
    case .ticket(let key): return key
    case .none: return nil
    }
  }

  mutating func copySubject(at now: Instant) -> [Effect] {
    guard let text = copyText else { return [] }
    return copy(text, at: now)
  }

  /// Copies one text, made inert as everything that leaves for a terminal.
  mutating func copy(_ text: String, at now: Instant) -> [Effect] {
    shell.say("copied: \(Inert.terminal(text).truncatedMiddle(to: 60))", at: now, tone: .done)
    return [.copy(text)]
  }
}
