import Incidents
import Retro
import Values

extension Ledger {
  /// What the journal, as it was read, says of an incident to whoever takes it over. Its timeline has to be the one
  /// that was read.
  ///
  /// - Parameter roles: those that its systems know, in their order.
  package func handOver(of incident: Incident, roles: [String], at now: Instant) -> HandOver {
    var sources = HandOver.Sources()
    sources.runs = runs
    sources.drafts = drafts
    sources.deliveries = deliveries
    sources.alerts = alerts.values.sorted { $0.key < $1.key }
    sources.silences = silences
    sources.events = timelineOf == incident.key ? timeline : []
    let head = head.map { RecordStamp(journal: $0.name, origin: $0.origin, count: $0.count, head: $0.hash) }
    return HandOver(incident, from: sources, roles: roles, head: head, made: now)
  }
}
