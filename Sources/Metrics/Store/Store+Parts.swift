/// Saving a series in two parts: what is final is written once, the little behind it again and again.
extension Store {
  /// Appends the samples later than `after`, compressed: to `closed` the chunks that no later sample changes, to `open`
  /// all behind them, plain points in the same code.
  /// - Returns: the time of the last sample in `closed`, nil when it has none of the series.
  package func appendParts(
    of id: SeriesID, after: Int64, closed: inout [UInt8], open: inout [UInt8]
  ) -> Int64? {
    guard let place = box.catalog.place(id) else { return nil }
    let page = pages[place / Page.size]
    let slot = place % Page.size
    guard let last = page.last(slot), last.t > after else { return nil }
    return page.withPlain(slot) {
      page.chunks(slot).appendParts(after: after, plain: $0, closed: &closed, open: &open)
    }
  }

  /// Where the chunks of a series end that no later sample changes.
  package func closedEnd(of id: SeriesID) -> Int64? {
    guard let place = box.catalog.place(id) else { return nil }
    return pages[place / Page.size].chunks(place % Page.size).closedEnd
  }

  /// Puts parts back, oldest first: as they are when they are newer than all the series has, else the samples that the
  /// store can take.
  /// - Returns: false when nothing was taken because the bytes are no chunks in the order of their times.
  @discardableResult
  package mutating func adopt(parts: [UInt8], of id: SeriesID) -> Bool {
    let chunks = SealedChunks(bytes: SealedChunks.exact(parts))
    guard chunks.isSound else { return false }
    if adopt(chunks, id) { return true }
    var points: [Point] = []
    chunks.read(after: .min, through: .max, into: &points)
    for point in points { append(ref: id, t: point.t, v: point.v) }
    return true
  }
}

extension SealedChunks {
  /// Where the last chunk ends that is more than half full: neither it nor one before it is ever merged with others.
  var closedEnd: Int64? {
    var end: Int64?
    forEach { chunk, _ in
      if chunk.count > Self.full / 2 { end = chunk.end }
      return true
    }
    return end
  }

  /// See ``Store/appendParts(of:after:closed:open:)``.
  func appendParts(
    after: Int64, plain: UnsafeBufferPointer<Point>, closed: inout [UInt8], open: inout [UInt8]
  ) -> Int64? {
    let closedEnd = closedEnd ?? .min
    var last: Int64?
    forEach { chunk, buffer in
      if chunk.end <= after { return true }
      let isClosed = chunk.end <= closedEnd
      if isClosed { last = chunk.end }
      if chunk.start > after {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[chunk.offset..<chunk.next])
        if isClosed { closed += bytes } else { open += bytes }
      } else {
        ChunkDecoder.withPoints(chunk, of: buffer) { points in
          if isClosed {
            Self.encode(points, after: after, to: &closed)
          } else {
            Self.encode(points, after: after, to: &open)
          }
        }
      }
      return true
    }
    Self.encode(plain, after: after, to: &open)
    return last
  }

  private static func encode(_ points: UnsafeBufferPointer<Point>, after: Int64, to bytes: inout [UInt8]) {
    let range = points.range(after: after, through: .max)
    guard !range.isEmpty else { return }
    var writer = BitWriter()
    swap(&writer.bytes, &bytes)
    ChunkEncoder.encode(UnsafeBufferPointer(rebasing: points[range]), to: &writer)
    swap(&writer.bytes, &bytes)
  }
}
