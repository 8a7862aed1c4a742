extension Page {
  /// The newest point.
  @inline(__always) func last(_ slot: Int) -> Point? {
    hasPoints(slot) ? Point(t: times[slot], v: values[slot]) : nil
  }

  /// Calls `body` with the plain points; the buffer is valid only there.
  @inline(__always)
  func withPlain<Result>(
    _ slot: Int, _ body: (UnsafeBufferPointer<Point>) throws -> Result
  ) rethrows -> Result {
    let count = Int(counts[slot])
    if let head = heads[slot] {
      return try head._withUnsafeGuaranteedRef {
        try body(UnsafeBufferPointer(start: $0.points, count: count))
      }
    }
    let point = Point(t: times[slot], v: values[slot])
    return try withUnsafePointer(to: point) {
      try body(UnsafeBufferPointer(start: $0, count: count))
    }
  }

  /// Where in the plain points those in (after, through] are; nil when some of them may be sealed.
  func plainRange(_ slot: Int, after: Int64, through: Int64) -> Range<Int>? {
    withPlain(slot) { plain in
      guard !plain.isEmpty || heads[slot] == nil else { return nil }
      if let first = plain.first, first.t > after, !chunks(slot).isEmpty { return nil }
      return plain.range(after: after, through: through)
    }
  }

  func chunks(_ slot: Int) -> SealedChunks {
    heads[slot]?._withUnsafeGuaranteedRef { $0.chunks } ?? .none
  }

  /// Appends the points in (after, through] to `points`, oldest first.
  func read(_ slot: Int, after: Int64, through: Int64, into points: inout [Point]) {
    guard hasPoints(slot), times[slot] > after else { return }
    withPlain(slot) { plain in
      if (plain.first?.t ?? .max) > after, let head = heads[slot] {
        head._withUnsafeGuaranteedRef {
          $0.chunks.read(after: after, through: through, into: &points)
        }
      }
      plain.copy(after: after, through: through, into: &points)
    }
  }

  /// The newest point in (after, through].
  func newest(_ slot: Int, after: Int64, through: Int64) -> Point? {
    guard hasPoints(slot), times[slot] > after else { return nil }
    if times[slot] <= through { return Point(t: times[slot], v: values[slot]) }
    return withPlain(slot) { plain in
      if let first = plain.first, first.t <= through {
        return plain.newest(after: after, through: through)
      }
      return chunks(slot).newest(after: after, through: through)
    }
  }
}
