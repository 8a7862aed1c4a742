/// One series: full chunks, and the head that grows.
struct Series: Sendable {
  /// The part of a chunk that belongs to this series.
  struct Run: Sendable {
    var chunk: Chunk
    var count: Int
  }

  private static let chunkSize = 128

  let labels: Labels
  private(set) var sealed: [Run] = []
  private(set) var head = Run(chunk: .none, count: 0)
  private(set) var last: Point?

  init(labels: Labels) { self.labels = labels }

  /// Whether the sample is now in the series: an older one, or another value at the newest time, is refused.
  mutating func append(_ point: Point) -> Bool {
    if let last {
      if point.t == last.t { return point.v.bitPattern == last.v.bitPattern }
      guard point.t > last.t else { return false }
    }
    if !head.chunk.append(point, after: head.count) {
      if head.count >= Self.chunkSize {
        sealed.append(head)
        head = Run(chunk: Chunk(capacity: Self.chunkSize), count: 0)
      } else {
        let grown = head.count >= head.chunk.capacity ? max(4, head.chunk.capacity * 4) : head.chunk.capacity
        head.chunk = Chunk(copying: head.chunk, count: head.count, capacity: min(grown, Self.chunkSize))
      }
      guard head.chunk.append(point, after: head.count) else { return false }
    }
    head.count += 1
    last = point
    return true
  }

  /// Drops whole chunks that end before `limit`; false when nothing is left.
  mutating func trim(before limit: Int64) -> Bool {
    guard let last, last.t >= limit else { return false }
    let old = sealed.prefix { ($0.chunk.first($0.count).last?.t ?? .min) < limit }.count
    if old > 0 { sealed.removeFirst(old) }
    return true
  }

  /// Drops what is newer than `limit`; false when nothing is left.
  mutating func rewind(to limit: Int64) -> Bool {
    guard let last, last.t > limit else { return true }
    var kept: [Point] = []
    read(after: .min, through: limit, into: &kept)
    self = Series(labels: labels)
    return kept.reduce(true) { append($1) && $0 } && !kept.isEmpty
  }

  /// Appends the points in (after, through] to `points`, oldest first. Logarithmic to find, then linear.
  func read(after: Int64, through: Int64, into points: inout [Point]) {
    guard let last, last.t > after else { return }
    // Mostly the newest points are asked for: full chunks that end before are passed over from behind.
    var first = sealed.count
    while first > 0, (sealed[first - 1].chunk.first(sealed[first - 1].count).last?.t ?? .min) > after {
      first -= 1
    }
    for index in first..<sealed.count { copy(sealed[index], after: after, through: through, into: &points) }
    copy(head, after: after, through: through, into: &points)
  }

  private func copy(_ run: Run, after: Int64, through: Int64, into points: inout [Point]) {
    let buffer = run.chunk.first(run.count)
    guard let first = buffer.first, let last = buffer.last, last.t > after, first.t <= through else { return }
    let low = first.t > after ? 0 : buffer.partition { $0.t > after }
    let high = last.t <= through ? buffer.count : buffer.partition { $0.t > through }
    if low < high { points.append(contentsOf: buffer[low..<high]) }
  }

  /// The newest point in (after, through].
  func newest(after: Int64, through: Int64) -> Point? {
    guard let last, last.t > after else { return nil }
    if last.t <= through { return last }
    if let found = newest(in: head, through: through) { return found.t > after ? found : nil }
    for run in sealed.reversed() {
      if let found = newest(in: run, through: through) { return found.t > after ? found : nil }
    }
    return nil
  }

  private func newest(in run: Run, through: Int64) -> Point? {
    let buffer = run.chunk.first(run.count)
    guard let first = buffer.first, first.t <= through else { return nil }
    let end = buffer.partition { $0.t > through }
    return end > 0 ? buffer[end - 1] : nil
  }
}

extension UnsafeBufferPointer {
  /// The index of the first element for which `after` holds, when it holds for all that follow, too.
  func partition(_ after: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if after(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
