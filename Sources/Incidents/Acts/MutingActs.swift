import Values

/// Writes that silences and acknowledgements ran out; each is written once.
package struct RecordLapses: Act, Equatable {
  package var silences: [String]
  package var alerts: [AlertIdentity]

  package init(silences: [String] = [], alerts: [AlertIdentity] = []) {
    self.silences = silences
    self.alerts = alerts
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = Decision()
    for key in silences {
      guard let state = try record.entity(Silence.self, key), let fact = state.fact, state.isOpen,
        let end = state.end, end <= now
      else { continue }
      decision.append.append(
        Entry(SilenceEnded(silence: key, system: fact.system, expired: true), at: end))
    }
    for alert in alerts {
      guard let state = try record.entity(Alert.self, alert.key), state.isFiring, let fired = state.fired,
        let held = state.acknowledgement, let until = held.until, until <= now
      else { continue }
      let fact = AlertUnacknowledged(
        system: alert.system, rule: alert.rule, labels: alert.labels, activeAt: fired.activeAt,
        reason: held.reason, lapsed: held.by)
      decision.append.append(Entry(fact, at: until))
    }
    return decision
  }
}

/// Which windows of maintenance hold in a system now. What the record knows is left out; what it still has
/// open and does not hold, for it is over, was edited away, or ended while nobody watched, is ended.
package struct RecordMaintenance: Act {
  package var system: String
  package var current: [MaintenanceBegan]

  package init(system: String, current: [MaintenanceBegan]) {
    self.system = system
    self.current = current
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    var decision = Decision()
    let holding = Set(current.map(\.key))
    for key in try record.open(MaintenanceRecord.self) where !holding.contains(key) {
      guard let fact = try record.entity(MaintenanceRecord.self, key)?.fact, fact.system == system else {
        continue
      }
      let ended = MaintenanceEnded(
        system: fact.system, window: fact.window, start: fact.start, until: fact.until)
      decision.append.append(Entry(ended, at: min(now, max(fact.start, fact.until))))
    }
    for fact in current {
      guard try record.entity(MaintenanceRecord.self, fact.key) == nil else { continue }
      decision.append.append(Entry(fact, at: now))
    }
    return decision
  }
}
