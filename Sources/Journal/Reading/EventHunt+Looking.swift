import GRDB
import Incidents
import Values

/// A window of time after the other, from a place on.
extension EventHunt {
  /// The nearest on one side of a place; nil is from the newest, or from the oldest on.
  func slice(beyond place: EventPlace?, newer: Bool, limit: Int) throws -> EventSlice {
    var slice = EventSlice()
    var (place, size, seen) = (place, firstWindow, 0)
    while slice.events.count < limit {
      let window = driver.isRare ? nil : try window(of: size, beyond: place, newer: newer)
      let found = try events(
        beyond: place, upTo: window?.end, looking: window?.lookup ?? .all, newer: newer,
        limit: limit - slice.events.count)
      slice.events = newer ? slice.events + found : found + slice.events
      guard let window, let end = window.end else { break }
      place = end
      (seen, size) = (seen + window.cost, min(window.count * Self.growth, most - seen - window.cost))
      if size <= 0, slice.events.count < limit {
        slice.looked = end
        break
      }
    }
    return slice
  }

  /// How many there are in each span of time, looking from the newest, or from `until`, back.
  func tally(_ spans: EventSpans, until: Instant?) throws -> EventTally {
    var tally = EventTally(Array(repeating: 0, count: spans.count))
    var until = min(until ?? spans.end, spans.end, selection.until ?? spans.end)
    var (size, seen) = (firstWindow, 0)
    while true {
      let window =
        driver.isRare ? nil : try window(of: size, beyond: EventPlace(until, seq: .min), newer: false)
      let end = (window?.end?.occurred).flatMap { $0 > spans.start ? $0 : nil }
      let range = Self.range(max(end ?? spans.start, selection.from ?? spans.start), until)
      let terms = try terms(window?.lookup ?? .all)
      let sql = """
        SELECT (occurred - ?) / ?, count(*) FROM event \(driver.hint)
        WHERE \(terms.sql) AND \(range.sql) GROUP BY 1
        """
      let first: [Value] = [spans.start.milliseconds, spans.width.milliseconds]
      let rows = try Row.fetchCursor(
        db, sql: sql, arguments: StatementArguments(first + terms.values + range.values))
      while let row = try rows.next() {
        let place = try row.decode(Int.self, atIndex: 0)
        if tally.counts.indices.contains(place) {
          tally.counts[place] += try row.decode(Int.self, atIndex: 1)
        }
      }
      guard let window, let end else { return tally }
      until = end
      (seen, size) = (seen + window.cost, min(window.count * Self.growth, most - seen - window.cost))
      if size <= 0 {
        tally.looked = end
        return tally
      }
    }
  }

  // MARK: - Windows

  private struct Window {
    /// The last place that belongs to it; nil: it goes on for as long as there is anything.
    var end: EventPlace?
    /// How many events of the driver's it has, when it has an end.
    var count: Int
    /// What looking through it costs, in events that are read.
    var cost: Int
    var lookup: WordLookup
  }

  /// Gathering the places of a word among so many rows costs as much as reading an event.
  private static let cheap: Int64 = 15
  /// No window is made smaller for the sake of words.
  private static let fewest = 16

  /// So many events of the driver's, or fewer, where they lie so far apart that words cannot be looked up among them.
  private func window(of size: Int, beyond place: EventPlace?, newer: Bool) throws -> Window {
    var count = size
    while true {
      let end = try end(of: count, beyond: place, newer: newer)
      guard hasWords else { return Window(end: end, count: count, cost: count, lookup: .all) }
      let (from, to) = newer ? (place?.occurred, end?.occurred) : (end?.occurred, place?.occurred)
      let times = Self.range(selection.from, selection.until)
      let bounds = Self.range(from, to.map { $0 + .milliseconds(1) })
      let reach = try reach(("\(times.sql) AND \(bounds.sql)", times.values + bounds.values))
      let span = reach.upperBound.subtractingSaturating(reach.lowerBound)
      if span <= farthest {
        let cost = max(count, Int(clamping: span / Self.cheap))
        return Window(end: end, count: count, cost: cost, lookup: .among(reach))
      }
      guard count > Self.fewest else {
        return Window(end: end, count: count, cost: count, lookup: .each)
      }
      count = max(Self.fewest, count / Self.growth)
    }
  }

  /// The last of so many events of the driver's; nil when there are fewer.
  private func end(of count: Int, beyond place: EventPlace?, newer: Bool) throws -> EventPlace? {
    let (times, own) = (Self.range(selection.from, selection.until), driven)
    // Only the index of time has the order of those of one instant; by the others they all come at once.
    let hasOrder = driver.terms.isEmpty
    let near = hasOrder ? Self.beyond(place, newer: newer) : Self.beyondInstant(place, newer: newer)
    let direction = newer ? "ASC" : "DESC"
    let sql = """
      SELECT occurred, \(hasOrder ? "seq" : "NULL") FROM event \(driver.hint)
      WHERE \(own.sql) AND \(times.sql) AND \(near.sql)
      ORDER BY occurred \(direction)\(hasOrder ? ", seq \(direction)" : "") LIMIT 1 OFFSET ?
      """
    let row = try Row.fetchOne(
      db, sql: sql, arguments: StatementArguments(own.values + times.values + near.values + [count - 1]))
    return try row.map {
      EventPlace(
        Instant(milliseconds: try $0.decode(Int64.self, atIndex: 0)),
        seq: try $0.decode(Int64?.self, atIndex: 1) ?? (newer ? .max : .min))
    }
  }

  private static func beyond(_ place: EventPlace?, newer: Bool) -> Condition {
    guard let place else { return ("1", []) }
    let sign = newer ? ">" : "<"
    return (
      "occurred \(sign)= ? AND (occurred, seq) \(sign) (?, ?)",
      [place.occurred.milliseconds, place.occurred.milliseconds, place.seq]
    )
  }

  private static func beyondInstant(_ place: EventPlace?, newer: Bool) -> Condition {
    place.map { ("occurred \(newer ? ">" : "<") ?", [$0.occurred.milliseconds]) } ?? ("1", [])
  }

  private func events(
    beyond place: EventPlace?, upTo end: EventPlace?, looking lookup: WordLookup, newer: Bool, limit: Int
  ) throws -> [Event] {
    let times = Self.range(selection.from, selection.until)
    let near = Self.beyond(place, newer: newer)
    // The window's own end belongs to it.
    let far = end.map { end -> Condition in
      let sign = newer ? "<=" : ">="
      return (
        "occurred \(sign) ? AND (occurred, seq) \(sign) (?, ?)",
        [end.occurred.milliseconds, end.occurred.milliseconds, end.seq]
      )
    }
    let terms = try terms(lookup)
    let direction = newer ? "ASC" : "DESC"
    let sql = """
      SELECT \(EventRow.columns) FROM event \(driver.hint)
      WHERE \(terms.sql) AND \(times.sql) AND \(near.sql) AND \(far?.sql ?? "1")
      ORDER BY occurred \(direction), seq \(direction) LIMIT ?
      """
    let values = terms.values + times.values + near.values + (far?.values ?? []) + [limit]
    let events = try EventRow.events(db.makeStatement(sql: sql), StatementArguments(values))
    return newer ? events : events.reversed()
  }
}
