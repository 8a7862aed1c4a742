import Incidents
import Playbooks
import Values

/// Everything that an export says of one incident: the incident, its timeline, and which journal it was
/// read from, up to where.
package struct IncidentReport: Sendable {
  /// The journal as it was when the export was made; stamped into it, so that it can be held against the
  /// journal later.
  package typealias Stamp = RecordStamp

  package let incident: Incident
  /// In the order in which they happened.
  package let events: [Event]
  let index: EventIndex
  package internal(set) var timeline: Timeline
  /// Firings and ends of alerts, in the order in which they happened.
  let alertTurns: [(turn: TimelineReading.AlertTurn, at: Instant)]
  package let stamp: Stamp
  package let zone: Zone
  package let made: Instant
  /// What somebody attached as evidence, and the texts by their digests; what is not there is not kept any more.
  package let evidence: [AttachedEvidence]
  let texts: [String: String]
  /// What people wrote for the retro.
  package let retro: WrittenRetro
  /// What is to be done afterwards, in the order of lists.
  package let actions: [ActionItem]
  /// Executions of playbooks that are bound to it, in the order of their starts.
  package let runs: [Run]
  /// Requests that it explains, in the order of their numbers.
  package let tickets: [AffectedTicket]
  /// The series that were kept as evidence.
  package let charts: [SeriesChart]
  /// What of the series is missing, as whole sentences.
  package let chartRemarks: [String]
  /// What readers outside are not told, by kind; nil where nothing was left out for them.
  package internal(set) var removed: [Removal]?
  /// Where the events that tell them were left out.
  var presetKeyTimes: [KeyTime]?

  /// - Parameters:
  ///   - events: the incident's own, and its systems' transitions; in any order.
  ///   - texts: what evidence and commands' outputs name, by digest.
  package init(
    _ incident: Incident, events: [Event], texts: [String: String] = [:], runs: [Run] = [],
    tickets: [AffectedTicket] = [], charts: [SeriesChart] = [], chartRemarks: [String] = [], stamp: Stamp,
    zone: Zone, made: Instant
  ) {
    self.incident = incident
    self.texts = texts
    self.runs = runs
    self.tickets = tickets
    self.charts = charts
    self.chartRemarks = chartRemarks
    let events = events.isOrdered ? events : events.sorted(by: Event.happensFirst)
    self.events = events
    index = EventIndex(events)
    evidence = AttachedEvidence.all(
      in: index.events([EvidenceAttached.kind, EventRetracted.kind], in: events))
    var retro = WrittenRetro(key: incident.key)
    var actions: [String: ActionItem] = [:]
    let told = index.events(
      [
        RetroWritten.kind, RetroAppended.kind, ActionAdded.kind, ActionChanged.kind,
        IncidentStatusChanged.kind, ClockMet.kind, ClockDismissed.kind,
      ], in: events)
    for event in told.sorted(by: { $0.seq < $1.seq }) where event.incident == incident.key {
      retro.apply(event)
      for key in ActionItem.keys(of: event) { actions[key, default: ActionItem(key: key)].apply(event) }
    }
    self.retro = retro
    self.actions = actions.values.sorted(by: ActionItem.comesFirst)
    self.stamp = stamp
    self.zone = zone
    self.made = made
    let reading = TimelineReading(events)
    alertTurns = reading.alerts
    timeline = Timeline(reading)
  }
}

extension Event {
  fileprivate static func happensFirst(_ left: Event, _ right: Event) -> Bool {
    (left.occurred, left.seq) < (right.occurred, right.seq)
  }
}

extension [Event] {
  /// Whether they are in the order in which they happened: those that come from a journal are.
  fileprivate var isOrdered: Bool {
    indices.dropFirst().allSatisfy { place in
      // Their times alone: a copy of both would cost more than the comparison.
      let (before, after) = (self[place - 1].occurred, self[place].occurred)
      return before == after ? self[place - 1].seq <= self[place].seq : before < after
    }
  }
}
