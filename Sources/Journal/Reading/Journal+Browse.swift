import GRDB
import Incidents
import Values

extension Journal {
  /// Events that match on one side of a place, the nearest; nil is from the newest, or from the oldest on.
  ///
  /// Looks among some thousand events that no index tells apart, and then says how far it has looked.
  package func slice(
    _ selection: EventSelection, beyond place: EventPlace?, newer: Bool, limit: Int
  ) throws -> EventSlice {
    try read { try EventHunt(selection, $0).slice(beyond: place, newer: newer, limit: max(1, limit)) }
  }

  /// How many match in each span of time, from the newest back; as far as one look reaches.
  /// - Parameter until: counts what happened before it only.
  package func tally(
    _ selection: EventSelection, in spans: EventSpans, until: Instant? = nil
  ) throws -> EventTally {
    try read { try EventHunt(selection, $0).tally(spans, until: until) }
  }

  /// Nil for a journal without events.
  package func extent() throws -> EventExtent? {
    try read { db in
      guard let first = try Int64.fetchOne(db, sql: "SELECT min(occurred) FROM event"),
        let last = try Int64.fetchOne(db, sql: "SELECT max(occurred) FROM event")
      else { return nil }
      // No row is ever deleted, so that the last one's number is how many there are.
      return EventExtent(
        count: try Progress.lastPlace(db), first: Instant(milliseconds: first),
        last: Instant(milliseconds: last))
    }
  }

  /// Every kind that there is, by name. O(kinds · log events).
  package func kinds() throws -> [String] {
    try read { db in
      try String.fetchAll(
        db,
        sql: """
          WITH RECURSIVE known(kind) AS (
            SELECT min(kind) FROM event
            UNION ALL
            SELECT (SELECT min(kind) FROM event WHERE kind > known.kind) FROM known WHERE kind IS NOT NULL)
          SELECT kind FROM known WHERE kind IS NOT NULL
          """)
    }
  }

  /// What was said later of these events, by their ids.
  package func marks(of ids: [String]) throws -> [String: EventMark] {
    var marks: [String: EventMark] = [:]
    for id in ids { marks[id] = try entity(EventMark.self, key: id) }
    return marks
  }

  /// Events that somebody pinned and nobody unpinned since, of the newest 1,000 such words; oldest first.
  package func pinned() throws -> [Event] {
    let said = try events(matching: EventQuery(kinds: [EventPinned.kind], limit: 1000))
    var pinned: [String: Bool] = [:]
    for event in said.sorted(by: { $0.seq < $1.seq }) {
      if let fact = event.fact(EventPinned.self) { pinned[fact.target] = fact.pinned }
    }
    let found = try pinned.filter(\.value).keys.compactMap { try event(id: $0) }
    return found.sorted { $0.place < $1.place }
  }
}
