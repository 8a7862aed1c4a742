/// Writing to a page: only by a store that alone refers to it.
extension Page {
  /// Whether the sample is now in the series: an older one, or another value at the newest time, is refused.
  ///
  /// Constant time, but that every 32nd sample seals those before it.
  /// - Parameter limit: sealed chunks that end before it may go.
  @inline(__always) func append(_ slot: Int, t: Int64, v: Double, limit: Int64) -> Bool {
    let count = counts[slot]
    if count < rooms[slot], t > times[slot] {
      guard let head = heads[slot] else { return false }
      let points = head._withUnsafeGuaranteedRef { $0.points }
      (points + Int(count)).initialize(to: Point(t: t, v: v))
      counts[slot] = count &+ 1
      times[slot] = t
      values[slot] = v
      return true
    }
    return appendSlowly(slot, t: t, v: v, limit: limit)
  }

  @inline(never) private func appendSlowly(_ slot: Int, t: Int64, v: Double, limit: Int64) -> Bool {
    let count = Int(counts[slot])
    if hasPoints(slot) {
      if t == times[slot] { return v.bitPattern == values[slot].bitPattern }
      guard t > times[slot] else { return false }
      makeRoom(slot, count, limit: limit)
      if let head = heads[slot] {
        let points = head._withUnsafeGuaranteedRef { $0.points }
        (points + Int(counts[slot])).initialize(to: Point(t: t, v: v))
      }
    } else {
      oldest = min(oldest, t)
    }
    counts[slot] &+= 1
    times[slot] = t
    values[slot] = v
    return true
  }

  /// Gives the series a head of its own with room for one more point.
  private func makeRoom(_ slot: Int, _ count: Int, limit: Int64) {
    let old = heads[slot]?.takeUnretainedValue()
    let chunks = old?.chunks ?? .none
    if count >= Self.plainLimit || (chunks.isEmpty && count >= Self.firstSeal(slot)), let old {
      let points = UnsafeBufferPointer(start: old.points, count: count)
      let sealed = chunks.appending(points, dropping: limit)
      if let end = sealed.firstEnd { oldest = min(oldest, end) }
      replace(slot, with: Head.make(sealed, capacity: 4), room: 4)
      counts[slot] = 0
    } else {
      let room = min(max(4, count < 4 ? 4 : count * 2), Self.plainLimit)
      let head = Head.make(chunks, capacity: room)
      if let old {
        head.points.initialize(from: old.points, count: count)
      } else {
        head.points.initialize(to: Point(t: times[slot], v: values[slot]))
      }
      replace(slot, with: head, room: room)
    }
  }

  func replace(_ slot: Int, with head: Head, room: Int) {
    heads[slot]?.release()
    heads[slot] = Unmanaged.passRetained(head)
    rooms[slot] = UInt8(truncatingIfNeeded: room)
  }

  /// When a series is sealed for the first time: some earlier than others, so that series that began together do not
  /// all have to be sealed at once ever after.
  private static func firstSeal(_ slot: Int) -> Int { plainLimit - (slot &* 7) % 16 }
}
