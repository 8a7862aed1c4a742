import GRDB

extension Journal {
  /// Takes the words of older events into the index of words, newest first: a journal of before there was one has
  /// those of its newest events from its opening on, and the others by this, a bit at a time, so that no act waits
  /// long (some 20 µs an event).
  /// - Returns: how many events are left.
  @discardableResult
  package func indexOlderWords(_ count: Int = 2000) throws -> Int64 {
    let left = try read { try Words.isThere($0) ? (try Meta.words.integer($0) ?? 1) &- 1 : 0 }
    guard left > 0 else { return 0 }
    return try write { try Words.addOlder(Int64(clamping: count), $0.db) }
  }
}
