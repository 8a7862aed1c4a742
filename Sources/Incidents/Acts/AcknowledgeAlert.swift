import Values

/// Takes an alert in hand; also answers the `respond` clock of the incidents of its system.
package struct AcknowledgeAlert: Act {
  package var alert: AlertIdentity
  package var reason: String?
  package var until: Instant?

  package init(_ alert: AlertIdentity, reason: String? = nil, until: Instant? = nil) {
    self.alert = alert
    self.reason = reason
    self.until = until
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Alert.self, alert.key), state.isFiring, let fired = state.fired else {
      throw Refusal("\(alert.rule) of \(alert.system) does not fire now.")
    }
    if let held = state.acknowledgement, held.until.map({ $0 > now }) ?? true {
      throw Refusal("\(alert.rule) was acknowledged by \(held.by) at \(held.at.minuteUTC).")
    }
    if let until, until <= now {
      throw Refusal("\(until.dateClockUTC) is past; an acknowledgement holds until later than now.")
    }
    var entries = [
      Entry(
        AlertAcknowledged(
          system: alert.system, rule: alert.rule, labels: alert.labels, activeAt: fired.activeAt,
          reason: reason,
          until: until), at: now)
    ]
    for incident in try record.openIncidents(of: alert.system) {
      guard let clock = incident.clock("respond"), clock.met == nil else { continue }
      entries.append(
        Entry(ClockMet(clock: "respond", due: clock.due, by: now), at: now, incident: incident.key))
    }
    return Decision(append: entries)
  }
}

/// Puts an acknowledged alert back where everybody sees that nobody has it.
package struct UnacknowledgeAlert: Act {
  package var alert: AlertIdentity
  package var reason: String?

  package init(_ alert: AlertIdentity, reason: String? = nil) {
    self.alert = alert
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Alert.self, alert.key), state.acknowledgement != nil,
      let fired = state.fired
    else { throw Refusal("\(alert.rule) of \(alert.system) is not acknowledged.") }
    let fact = AlertUnacknowledged(
      system: alert.system, rule: alert.rule, labels: alert.labels, activeAt: fired.activeAt, reason: reason)
    return Decision(append: [Entry(fact, at: now)])
  }
}
