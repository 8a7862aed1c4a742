import Console
import Incidents
import Playbooks
import Retro
import Values

/// The events of a journal in memory, and what retros make of them.
extension TestJournal: EventSource {
  func extent() -> EventExtent? {
    let times = events.map(\.occurred)
    guard let first = times.min(), let last = times.max() else { return nil }
    return EventExtent(count: Int64(events.count), first: first, last: last)
  }

  func kinds() -> [String] { Set(events.map(\.kind)).sorted() }

  private func found(_ selection: EventSelection) -> [Event] {
    events.filter { event in
      (selection.from.map { event.occurred >= $0 } ?? true)
        && (selection.until.map { event.occurred < $0 } ?? true)
        && selection.terms.allSatisfy { matches(event, $0.test) != $0.isNegated }
    }.sorted { $0.place < $1.place }
  }

  private func matches(_ event: Event, _ test: EventSelection.Test) -> Bool {
    switch test {
    case .kinds(let kinds): return kinds.contains(event.kind)
    case .actors(let handles): return handles.contains(event.actor.handle)
    case .systems(let names): return event.system.map(names.contains) ?? false
    case .incidents(let keys): return event.incident.map(keys.contains) ?? false
    case .tickets(let keys): return event.ticket.map(keys.contains) ?? false
    case .text(let words):
      var filter = EventFilter()
      filter.terms = [.init(.text(words))]
      return filter.matches(event, at: event.occurred)
    }
  }

  func slice(
    _ selection: EventSelection, beyond place: EventPlace?, newer: Bool, limit: Int
  ) -> EventSlice {
    let all = found(selection).filter { event in
      place.map { newer ? event.place > $0 : event.place < $0 } ?? true
    }
    return EventSlice(newer ? Array(all.prefix(limit)) : Array(all.suffix(limit)))
  }

  func tally(_ selection: EventSelection, in spans: EventSpans, until: Instant?) -> EventTally {
    var tally = EventTally(Array(repeating: 0, count: spans.count))
    for event in found(selection) {
      if let place = spans.place(of: event.occurred) { tally.counts[place] += 1 }
    }
    return tally
  }

  func marks(of ids: [String]) -> [String: EventMark] {
    Dictionary(ids.compactMap { id in entity(EventMark.self, id).map { (id, $0) } }) { $1 }
  }

  func pinned() -> [Event] {
    events.filter { entity(EventMark.self, $0.id)?.pinned != nil }.sorted { $0.place < $1.place }
  }

  // MARK: - Retros

  func runs(of incident: String) -> [Run] {
    keys(Run.self).compactMap { entity(Run.self, $0) }.filter { $0.incident == incident }
  }

  func report(of key: String, at now: Instant) -> IncidentReport? {
    let ledger = ledger(focus: key)
    return ledger.incident(key).map {
      IncidentReport(
        $0, events: ledger.timeline,
        stamp: .init(journal: "main", origin: "00", count: Int64(events.count), head: "9f3a61c2d4e5f6a7"),
        zone: .init(offset: 7200, name: "CEST"), made: now)
    }
  }

  func statistics(from: Instant?, until now: Instant) -> RetroStatistics {
    let reports = ledger(focus: nil).incidents.compactMap { report(of: $0.key, at: now) }
    return RetroStatistics(
      reports, runs: keys(Run.self).compactMap { entity(Run.self, $0) }, transitions: events, from: from,
      until: now)
  }
}
