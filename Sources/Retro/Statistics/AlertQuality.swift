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
  /// It fired between the start and the end of an incident of its system, for a moment at least.
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
  package static func all(in events: [Event], incidents: [Incident]) -> [AlertQuality] {
    var tally = AlertTally()
    for event in events { tally.receive(event) }
    var open = OpenSpans()
    for incident in incidents { open.add(incident) }
    return tally.rows(open: open)
  }
}

/// When each system had an incident.
struct OpenSpans {
  private var spans: [String: [IncidentSpan]] = [:]

  mutating func add(_ incident: Incident) {
    guard let span = IncidentSpan(incident) else { return }
    for system in incident.systems { spans[system, default: []].append(span) }
  }

  /// Whether an alert of the system belongs to one of them; nil as its end: it fires still.
  func hold(_ system: String, from start: Instant, until end: Instant?) -> Bool {
    (spans[system] ?? []).contains { $0.holds(from: start, until: end) }
  }
}

/// Every time that alerts fired, from their events one after the other; some hundred bytes each.
struct AlertTally {
  private struct Firing {
    let system: String
    let rule: String
    let level: Level
    let at: Instant
    let isMuted: Bool
    var isAcknowledged = false
    /// Nil: it fires still.
    var end: Instant?
  }

  private var ended: [Firing] = []
  /// By the alert's key.
  private var firing: [String: Firing] = [:]

  mutating func receive(_ event: Event) {
    switch event.kind {
    case AlertFired.kind:
      guard let fact = event.fact(AlertFired.self) else { return }
      end(fact.identity.key, at: event.occurred)
      firing[fact.identity.key] = Firing(
        system: fact.system, rule: fact.rule, level: fact.level, at: event.occurred,
        isMuted: fact.mutedBy != nil)
    case AlertAcknowledged.kind:
      guard let fact = event.fact(AlertAcknowledged.self) else { return }
      firing[fact.identity.key]?.isAcknowledged = true
    case AlertResolved.kind:
      guard let fact = event.fact(AlertResolved.self) else { return }
      end(fact.identity.key, at: event.occurred)
    default: break
    }
  }

  private mutating func end(_ key: String, at instant: Instant) {
    guard var one = firing.removeValue(forKey: key) else { return }
    one.end = instant
    ended.append(one)
  }

  func rows(open: OpenSpans) -> [AlertQuality] {
    var rows: [String: AlertQuality] = [:]
    for one in ended + firing.values {
      let key = one.system + "\u{0}" + one.rule
      var row = rows[key] ?? AlertQuality(system: one.system, rule: one.rule, level: one.level)
      let isInIncident = open.hold(one.system, from: one.at, until: one.end)
      row.fired += 1
      if one.isMuted { row.muted += 1 }
      if one.isAcknowledged { row.acknowledged += 1 }
      if isInIncident { row.inIncident += 1 }
      if one.end == nil {
        row.firing += 1
      } else if !one.isAcknowledged, !isInIncident, !one.isMuted {
        row.neverActedOn += 1
      }
      rows[key] = row
    }
    return rows.values.sorted {
      ($1.neverActedOn, $1.fired, $0.system, $0.rule) < ($0.neverActedOn, $0.fired, $1.system, $1.rule)
    }
  }
}
