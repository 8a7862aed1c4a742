/// Forgetting: only by a store that alone refers to the page.
extension Page {
  /// Drops sealed chunks that end before `limit`; false when the series has no sample after it.
  func trim(_ slot: Int, before limit: Int64) -> Bool {
    guard hasPoints(slot), times[slot] >= limit else { return false }
    oldest = min(oldest, times[slot])
    guard let head = heads[slot]?.takeUnretainedValue(), let end = head.chunks.firstEnd else {
      return true
    }
    if end >= limit {
      oldest = min(oldest, end)
      return true
    }
    let kept = head.chunks.dropping(before: limit)
    let count = Int(counts[slot])
    let room = max(4, count)
    let fresh = Head.make(kept, capacity: room)
    fresh.points.initialize(from: head.points, count: count)
    replace(slot, with: fresh, room: room)
    if let end = kept.firstEnd { oldest = min(oldest, end) }
    return true
  }

  /// Drops what is newer than `limit`; false when nothing is left.
  func rewind(_ slot: Int, to limit: Int64) -> Bool {
    guard hasPoints(slot), times[slot] > limit else { return true }
    var kept: [Point] = []
    read(slot, after: .min, through: limit, into: &kept)
    clear(slot)
    for point in kept { _ = append(slot, t: point.t, v: point.v, limit: .min) }
    return !kept.isEmpty
  }
}
