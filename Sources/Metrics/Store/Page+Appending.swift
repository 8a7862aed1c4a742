/// Writing to a page: only by a store that alone refers to it.
extension Page {
  /// Whether the sample is now in the series: an older one, or another value at the newest time, is refused.
  ///
  /// Constant time, but that every 16th sample seals those before it.
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
    let most = chunks.isEmpty ? Self.firstSeal(slot) : Self.plainLimit
    if count >= most, let old {
      let points = UnsafeBufferPointer(start: old.points, count: count)
      let sealed = chunks.appending(points, dropping: limit)
      if let end = sealed.firstEnd { oldest = min(oldest, end) }
      replace(slot, with: Head.make(sealed, capacity: 4), room: 4)
      counts[slot] = 0
    } else {
      // Most series have few points or many: a size between would only be one more to allocate.
      let room = count < 4 ? 4 : most
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
  private static func firstSeal(_ slot: Int) -> Int { plainLimit - (slot &* 5) % 8 }

  /// Takes sealed chunks as they are when they are newer than all the series has.
  /// - Returns: how many samples that were; nil when the chunks cannot be taken.
  func adopt(_ new: SealedChunks, _ slot: Int) -> Int? {
    guard let last = new.last, let start = new.firstStart, !hasPoints(slot) || times[slot] < start else {
      return nil
    }
    let plain = Int(counts[slot])
    var chunks = self.chunks(slot)
    if plain > 0 { chunks = withPlain(slot) { chunks.appending($0, dropping: .min) } }
    var count = 0
    new.forEach { chunk, _ in
      count += chunk.count
      return true
    }
    let newest = new.bytes.withUnsafeBytes { ChunkDecoder.withPoints(last, of: $0) { $0.last } }
    guard let newest, newest.t == last.end else { return nil }
    replace(slot, with: Head.make(chunks.appending(new), capacity: 4), room: 4)
    counts[slot] = 0
    times[slot] = newest.t
    values[slot] = newest.v
    if let end = self.chunks(slot).firstEnd { oldest = min(oldest, end) }
    return count
  }
}
