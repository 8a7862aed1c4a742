import Values

/// How often and how long an alert fires, and what of that is false: touches no incident.
package struct FiringTally: Equatable, Sendable {
  package private(set) var fires = 0
  package private(set) var falseFires = 0
  /// Together; series that fire at the same time count each.
  package private(set) var firing = Span.zero
  package private(set) var falseFiring = Span.zero
  /// When it fires first in each incident.
  private var first: [Instant?]
  private let incidents: [PastIncident]
  private let end: Instant

  /// - Parameter end: of what fires to the last.
  init(incidents: [PastIncident], end: Instant) {
    self.incidents = incidents
    self.end = end
    first = Array(repeating: nil, count: incidents.count)
  }

  mutating func add(from: Instant, until: Instant?) {
    fires += 1
    let length = (until ?? end) - from
    firing = firing + length
    var isFalse = true
    for (index, incident) in incidents.enumerated() where incident.touches(from: from, until: until) {
      isFalse = false
      first[index] = min(first[index] ?? from, from)
    }
    guard isFalse else { return }
    falseFires += 1
    falseFiring = falseFiring + length
  }

  /// Nil without incidents: then nothing says what is false.
  package var judged: (falseFires: Int, falseFiring: Span)? {
    incidents.isEmpty ? nil : (falseFires, falseFiring)
  }

  package func meetings(of rule: String, in system: String?) -> [Backtest.Meeting] {
    zip(incidents, first).map { incident, fires in
      Backtest.Meeting(
        incident: incident.key, started: incident.started, fires: fires,
        fired: incident.firing(of: rule, in: system))
    }
  }
}
