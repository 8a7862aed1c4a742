import Incidents
import Values

/// An incident as a backtest measures by it: when it was, and what fired in it.
package struct PastIncident: Equatable, Sendable {
  package struct PastAlert: Equatable, Sendable {
    package let system: String
    package let rule: String
    package let fired: Instant
    /// Nil: it fired on.
    package let ended: Instant?

    package init(system: String, rule: String, fired: Instant, ended: Instant?) {
      self.system = system
      self.rule = rule
      self.fired = fired
      self.ended = ended
    }
  }

  package let key: String
  package let title: String
  package let started: Instant
  package let declared: Instant
  /// Nil while it is open.
  package let closed: Instant?
  /// Those of its systems that fired in it, in the order in which they began.
  package let alerts: [PastAlert]

  package init(
    key: String, title: String, started: Instant, declared: Instant, closed: Instant?, alerts: [PastAlert]
  ) {
    self.key = key
    self.title = title
    self.started = started
    self.declared = declared
    self.closed = closed
    self.alerts = alerts
  }

  /// - Parameter events: of its timeline. Nil for what was never declared.
  package init?(_ incident: Incident, events: [Event]) {
    guard let declared = incident.declaredAt else { return nil }
    var alerts: [PastAlert] = []
    for (index, event) in events.enumerated() {
      guard let fact = event.fact(AlertFired.self) else { continue }
      let end = events[(index + 1)...].first { later in
        later.fact(AlertResolved.self).map { $0.identity == fact.identity } ?? false
      }
      alerts.append(
        PastAlert(system: fact.system, rule: fact.rule, fired: event.occurred, ended: end?.occurred))
    }
    self.init(
      key: incident.key, title: incident.title, started: incident.started ?? declared, declared: declared,
      closed: incident.closed, alerts: alerts)
  }

  /// Whether something that lasted from `from` until `until` was at least for a moment within it.
  package func touches(from: Instant, until: Instant?) -> Bool {
    from <= closed ?? Instant(milliseconds: .max) && until.map { $0 > started } ?? true
  }

  /// When a rule of a system first fired in it; nil when it did not.
  package func firing(of rule: String, in system: String?) -> Instant? {
    alerts.first { alert in
      alert.rule == rule && system.map { $0 == alert.system } ?? true
        && touches(from: alert.fired, until: alert.ended)
    }?.fired
  }
}
