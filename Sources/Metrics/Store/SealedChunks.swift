/// The sealed chunks of a series behind one another, oldest first; never changed, only replaced.
struct SealedChunks: Sendable {
  /// A chunk takes no further samples when it has so many.
  static let full = 128

  static let none = SealedChunks(bytes: [])

  let bytes: [UInt8]

  var isEmpty: Bool { bytes.isEmpty }

  /// Calls `body` with each chunk, oldest first, until it returns false.
  @inline(__always)
  func forEach(_ body: (ChunkHeader, UnsafeRawBufferPointer) -> Bool) {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while let chunk = ChunkHeader(buffer, at: offset), body(chunk, buffer) { offset = chunk.next }
    }
  }

  var last: ChunkHeader? {
    var last: ChunkHeader?
    forEach { chunk, _ in
      last = chunk
      return true
    }
    return last
  }

  /// The beginning of the oldest chunk.
  var firstStart: Int64? { bytes.withUnsafeBytes { ChunkHeader($0, at: 0)?.start } }

  /// The end of the oldest chunk.
  var firstEnd: Int64? { bytes.withUnsafeBytes { ChunkHeader($0, at: 0)?.end } }

  /// With points at their end that are newer than all that are there; chunks that end before `limit` are left out.
  ///
  /// The points are merged with the chunks at the end that are no larger than what they are merged with, as a binary
  /// counter carries: every sample is encoded two or three times, and its header in the end paid with 127 others.
  func appending(_ points: UnsafeBufferPointer<Point>, dropping limit: Int64) -> SealedChunks {
    var writer = BitWriter()
    bytes.withUnsafeBytes { buffer in
      let kept = start(of: limit, in: buffer)
      let merged = mergeable(in: buffer, from: kept, with: points.count)
      let end = merged.first?.offset ?? buffer.count
      if end > kept {
        writer.bytes.reserveCapacity(end - kept + 256)
        writer.bytes += UnsafeRawBufferPointer(rebasing: buffer[kept..<end])
      }
      guard !merged.isEmpty else { return ChunkEncoder.encode(points, to: &writer) }
      withUnsafeTemporaryAllocation(of: Point.self, capacity: ChunkHeader.limit) { all in
        guard let base = all.baseAddress, let new = points.baseAddress else { return }
        var count = 0
        for chunk in merged {
          ChunkDecoder.decode(chunk, of: buffer, to: base + count)
          count += chunk.count
        }
        (base + count).initialize(from: new, count: points.count)
        ChunkEncoder.encode(UnsafeBufferPointer(start: base, count: count + points.count), to: &writer)
      }
    }
    return SealedChunks(bytes: Self.exact(writer.bytes))
  }

  /// The chunks at the end with which `count` new points are merged, oldest first.
  private func mergeable(
    in buffer: UnsafeRawBufferPointer, from start: Int, with count: Int
  ) -> [ChunkHeader] {
    var chunks: [ChunkHeader] = []
    var offset = start
    while let chunk = ChunkHeader(buffer, at: offset) {
      // A full one is never merged, nor is one before it.
      if chunk.count + count > Self.full {
        chunks.removeAll(keepingCapacity: true)
      } else {
        chunks.append(chunk)
      }
      offset = chunk.next
    }
    var total = count
    var first = chunks.count
    while first > 0, chunks[first - 1].count <= total, total + chunks[first - 1].count <= Self.full {
      first -= 1
      total += chunks[first].count
    }
    chunks.removeFirst(first)
    return chunks
  }

  /// With others behind them that are newer.
  func appending(_ others: SealedChunks) -> SealedChunks {
    isEmpty ? others : SealedChunks(bytes: Self.exact(bytes + others.bytes))
  }

  /// Without the chunks that end before `limit`.
  func dropping(before limit: Int64) -> SealedChunks {
    bytes.withUnsafeBytes { buffer in
      let kept = start(of: limit, in: buffer)
      guard kept > 0 else { return self }
      return SealedChunks(bytes: Array(buffer[kept...]))
    }
  }

  private func start(of limit: Int64, in buffer: UnsafeRawBufferPointer) -> Int {
    var kept = 0
    while let chunk = ChunkHeader(buffer, at: kept), chunk.end < limit { kept = chunk.next }
    return kept
  }

  /// A copy that takes no more memory than it needs.
  static func exact(_ bytes: some Collection<UInt8>) -> [UInt8] {
    bytes.isEmpty
      ? []
      : [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
        count = buffer.initialize(fromContentsOf: bytes)
      }
  }

  /// Appends the points in (after, through].
  func read(after: Int64, through: Int64, into points: inout [Point]) {
    guard !bytes.isEmpty else { return }
    forEach { chunk, buffer in
      if chunk.end <= after { return true }
      if chunk.start > through { return false }
      withUnsafeTemporaryAllocation(of: Point.self, capacity: chunk.count) { decoded in
        guard let base = decoded.baseAddress else { return }
        ChunkDecoder.decode(chunk, of: buffer, to: base)
        UnsafeBufferPointer(start: base, count: chunk.count).copy(
          after: after, through: through, into: &points)
      }
      return true
    }
  }

  /// The newest point in (after, through].
  func newest(after: Int64, through: Int64) -> Point? {
    guard !bytes.isEmpty else { return nil }
    var candidate: ChunkHeader?
    forEach { chunk, _ in
      guard chunk.start <= through else { return false }
      candidate = chunk
      return true
    }
    guard let candidate, candidate.end > after else { return nil }
    return bytes.withUnsafeBytes { buffer in
      ChunkDecoder.withPoints(candidate, of: buffer) { $0.newest(after: after, through: through) }
    }
  }
}

extension UnsafeBufferPointer<Point> {
  /// Appends the points in (after, through]; logarithmic to find, then linear.
  @inline(__always)
  func copy(after: Int64, through: Int64, into points: inout [Point]) {
    let range = range(after: after, through: through)
    if !range.isEmpty { points.append(contentsOf: UnsafeBufferPointer(rebasing: self[range])) }
  }

  /// Where the points in (after, through] are.
  @inline(__always) func range(after: Int64, through: Int64) -> Range<Int> {
    guard let first, let last, last.t > after, first.t <= through else { return 0..<0 }
    let low = first.t > after ? 0 : partition { $0.t > after }
    let high = last.t <= through ? count : partition { $0.t > through }
    return low < high ? low..<high : 0..<0
  }

  /// The newest point in (after, through].
  func newest(after: Int64, through: Int64) -> Point? {
    let end = partition { $0.t > through }
    return end > 0 && self[end - 1].t > after ? self[end - 1] : nil
  }
}

extension UnsafeBufferPointer {
  /// The index of the first element for which `after` holds, when it holds for all that follow, too.
  @inline(__always) func partition(_ after: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if after(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension SealedChunks {
  /// Whether headers follow one another to the end, and no chunk begins before the one before it has ended.
  var isSound: Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      var end: Int64?
      while offset < buffer.count {
        guard let chunk = ChunkHeader(buffer, at: offset), chunk.start > end ?? .min || end == nil else {
          return false
        }
        end = chunk.end
        offset = chunk.next
      }
      return offset > 0
    }
  }

  /// The chunks with points in (after, …), as they are where they begin later, and `plain` as a chunk behind them.
  func saving(after: Int64, plain: UnsafeBufferPointer<Point>) -> (start: Int64, end: Int64, bytes: [UInt8])?
  {
    var writer = BitWriter()
    var start: Int64?
    var end: Int64?
    func add(_ points: UnsafeBufferPointer<Point>) {
      let kept = UnsafeBufferPointer(rebasing: points[points.range(after: after, through: .max)])
      guard let first = kept.first, let last = kept.last else { return }
      ChunkEncoder.encode(kept, to: &writer)
      start = start ?? first.t
      end = last.t
    }
    forEach { chunk, buffer in
      if chunk.end <= after { return true }
      if chunk.start > after {
        writer.bytes += UnsafeRawBufferPointer(rebasing: buffer[chunk.offset..<chunk.next])
        start = start ?? chunk.start
        end = chunk.end
      } else {
        ChunkDecoder.withPoints(chunk, of: buffer, add)
      }
      return true
    }
    add(plain)
    guard let start, let end else { return nil }
    return (start, end, writer.bytes)
  }
}
