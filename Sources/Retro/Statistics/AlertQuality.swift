import Incidents
import Values

/// What became of the times that a rule fired: whether anybody needed to hear of it.
package struct AlertQuality: Equatable, Sendable {
  package let system: String
  package let rule: String
  package let level: Level
  package internal(set) var fired = 0
  /// Somebody acknowledged it while it fired.
  package internal(set) var acknowledged = 0
  /// An incident of its system was open, or was declared, while it fired.
  package internal(set) var inIncident = 0
  /// Neither: it came and went, and nobody did anything.
  package internal(set) var neverActedOn = 0
  /// Muted when it began to fire, so that nobody was told.
  package internal(set) var muted = 0
  /// Still firing; not among those that nobody acted on.
  package internal(set) var firing = 0

  init(system: String, rule: String, level: Level) {
    self.system = system
    self.rule = rule
    self.level = level
  }
}

extension AlertQuality {
  /// By system and rule, the ones that most often came to nothing first.
  ///
  /// - Parameters:
  ///   - events: transitions and acknowledgements of alerts, in the order in which they happened.
  ///   - incidents: those that were open at some time in it.
  ///   - now: until when a firing alert has fired.
  package static func all(in events: [Event], incidents: [Incident], until now: Instant) -> [AlertQuality] {
    struct Firing {
      let fact: AlertFired
      let at: Instant
      var wasAcknowledged = false
    }
    var rows: [String: AlertQuality] = [:]
    var firing: [String: Firing] = [:]
    func end(_ one: Firing, at end: Instant?) {
      let key = one.fact.system + "\u{0}" + one.fact.rule
      var row =
        rows[key] ?? AlertQuality(system: one.fact.system, rule: one.fact.rule, level: one.fact.level)
      row.fired += 1
      let wasInIncident = incidents.contains { incident in
        guard incident.systems.contains(one.fact.system), let declared = incident.declaredAt else {
          return false
        }
        return declared <= end ?? now && incident.closed.map { $0 >= one.at } ?? true
      }
      if one.fact.mutedBy != nil { row.muted += 1 }
      if one.wasAcknowledged { row.acknowledged += 1 }
      if wasInIncident { row.inIncident += 1 }
      if end == nil {
        row.firing += 1
      } else if !one.wasAcknowledged, !wasInIncident, one.fact.mutedBy == nil {
        row.neverActedOn += 1
      }
      rows[key] = row
    }
    for event in events {
      if let fact = event.fact(AlertFired.self) {
        if let open = firing[fact.identity.key] { end(open, at: event.occurred) }
        firing[fact.identity.key] = Firing(fact: fact, at: event.occurred)
      } else if let fact = event.fact(AlertAcknowledged.self) {
        firing[fact.identity.key]?.wasAcknowledged = true
      } else if let fact = event.fact(AlertResolved.self),
        let open = firing.removeValue(forKey: fact.identity.key)
      {
        end(open, at: event.occurred)
      }
    }
    for open in firing.values { end(open, at: nil) }
    return rows.values.sorted {
      ($1.neverActedOn, $1.fired, $0.system, $0.rule) < ($0.neverActedOn, $0.fired, $1.system, $1.rule)
    }
  }
}
