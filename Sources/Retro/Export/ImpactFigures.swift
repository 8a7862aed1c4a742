import Incidents
import Values

/// An alert that fired, and until when.
package struct AlertFiring: Equatable, Sendable {
  package let fact: AlertFired
  package let at: Instant
  /// Nil: it had not ended by the last event.
  package var ended: Instant?
}

/// A time during which an endpoint was down.
package struct EndpointOutage: Codable, Equatable, Sendable {
  /// `system/endpoint`.
  package let endpoint: String
  package let from: Instant
  /// Nil: it was down still at the last event.
  package var until: Instant?
  package let reason: String?
}

extension IncidentReport {
  /// Those that belong to the incident (``IncidentSpan``), in the order in which they fired. O(n).
  package var firings: [AlertFiring] {
    var found: [AlertFiring] = []
    var open: [String: Int] = [:]
    for (turn, at) in alertTurns {
      switch turn {
      case .fired(let fact):
        open["\(fact.identity.key) \(fact.activeAt.milliseconds)"] = found.count
        found.append(AlertFiring(fact: fact, at: at))
      case .ended(let fact):
        let name = "\(fact.identity.key) \(fact.activeAt.milliseconds)"
        if let place = open.removeValue(forKey: name) { found[place].ended = at }
      }
    }
    return found.filter { incident.holds(from: $0.at, until: $0.ended) }
  }

  /// Those that belong to the incident, in the order in which they began. O(n).
  package var outages: [EndpointOutage] {
    var found: [EndpointOutage] = []
    var open: [String: Int] = [:]
    for event in events(EndpointChanged.kind) {
      guard let fact = event.fact(EndpointChanged.self) else { continue }
      let name = "\(fact.system)/\(fact.endpoint)"
      if fact.to == "down" {
        guard open[name] == nil else { continue }
        open[name] = found.count
        found.append(EndpointOutage(endpoint: name, from: event.occurred, reason: fact.reason))
      } else if let place = open.removeValue(forKey: name) {
        found[place].until = event.occurred
      }
    }
    return found.filter { incident.holds(from: $0.from, until: $0.until) }
  }
}
