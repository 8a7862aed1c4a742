import Alerting
import Incidents
import Metrics
import Terminal
import Values
import Watch

extension World {
  /// What matchers would hide, or hide, of one system.
  struct Affected {
    var firing: [AlertItem] = []
    var pending: [AlertItem] = []
    /// Alerts that ended within the last day.
    var ended = 0
    /// How many of the system's alert rules they could hide, and how many there are.
    var rules = 0
    var ofRules = 0

    var now: [AlertItem] { firing + pending }
  }

  func affected(by matchers: SilenceMatchers, of system: String, at now: Instant) -> Affected {
    func fits(_ item: AlertItem) -> Bool {
      item.identity.system == system && matchers.matches(Labels(item.identity.labels))
    }
    let live = alertItems(at: now).filter(fits)
    var affected = Affected()
    affected.firing = live.filter { $0.state == .firing }
    affected.pending = live.filter { $0.state == .pending }
    affected.ended = resolvedItems(at: now, filter: RowFilter("")).count(where: fits)
    let rules = guide(system)?.alertNames ?? []
    affected.ofRules = rules.count
    affected.rules = rules.count { matchers.couldMatch(rule: $0) }
    return affected
  }

  /// Silences that hide something or will, the one that ends first before the others.
  func silences(at now: Instant) -> [Silence] {
    ledger.silences.filter { $0.state(at: now) != .expired }
      .sorted { ($0.end ?? now, $0.key) < ($1.end ?? now, $1.key) }
  }

  /// Why an alert is not to be heard at `now`. A silence that ran out since the engine last spoke hides
  /// nothing, and one that nobody has evaluated yet hides already.
  func mutings(of item: AlertItem, at now: Instant) -> [AlertMuting] {
    let told = (item.row?.mutings ?? []).filter { $0.until.map { $0 > now } ?? true }
    guard item.row == nil, item.state == .firing else { return told }
    let labels = Labels(item.identity.labels)
    return silences(at: now).compactMap { silence in
      guard let fact = silence.fact, fact.system == item.identity.system, silence.isActive(at: now),
        SilenceMatchers(stored: fact.matchers)?.matches(labels) == true
      else { return nil }
      return AlertMuting(
        .silence, silence.key, since: fact.start, until: silence.end, by: silence.by, reason: fact.comment)
    }
  }

  /// `2026-11-21 04:12:45Z (05:12 CET)`: the whole instant, and what clocks here will show.
  func whole(_ instant: Instant) -> String {
    guard let zone, zone.offset != 0 else { return instant.dateClockUTC }
    let local = CivilTime(instant, offset: zone.offset)
    return "\(instant.dateClockUTC) (\(local.hour.padded(2)):\(local.minute.padded(2)) \(zone.abbreviation))"
  }
}
