/// Walks one or more origins' chains, row by row in (origin, seq) order, and says what is wrong first.
struct ChainCheck {
  private var origin: String?
  private var last: ChainRow?
  /// Events whose text is gone, by id, until an erasure accounts for each.
  private(set) var erased: [String: (seq: Int64, origin: String)] = [:]

  init() {}

  /// The sentence about `row`, or nil when it is what its forerunner and its own columns say.
  mutating func receive(_ row: ChainRow) -> String? {
    if origin != row.origin {
      origin = row.origin
      last = nil
    }
    defer { last = row }
    let expected = (last?.seq ?? 0) &+ 1
    if row.seq < expected { return "its number is not that of the next event, \(expected)." }
    if row.seq > expected {
      return row.seq == expected &+ 1
        ? "event \(expected) is missing." : "events \(expected) to \(row.seq &- 1) are missing."
    }
    if row.prev != last?.hash {
      return "it does not follow the event before it; one of the two was replaced or moved."
    }
    if row.hash != row.computedHash { return "its columns are not those that were hashed." }
    switch (row.body, row.salt) {
    case (let body?, let salt?):
      if ChainRow.digest(salt: salt, body: body) != row.digest { return "its text is not what was written." }
    case (nil, nil):
      erased[row.id] = (row.seq, row.origin)
    default:
      return "its text or its salt is gone and the other is there; an erasure takes both."
    }
    return nil
  }

  /// Strikes out what an `event.erased` accounts for.
  mutating func account(forErasureOf id: String) {
    erased[id] = nil
  }
}
