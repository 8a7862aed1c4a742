extension Store {
  /// Every series with its points later than `since`, for persistence; series without any are left out.
  package func export(since: Int64) -> [(Labels, [Point])] {
    (0..<box.catalog.count).compactMap { place in
      guard let id = box.catalog.id(at: place) else { return nil }
      let points = samples(id, after: since, through: .max)
      return points.isEmpty ? nil : labels(of: id).map { ($0, points) }
    }
  }

  /// Puts exported series back; samples that the store cannot take are skipped.
  package mutating func load(_ series: [(Labels, [Point])]) {
    for (labels, points) in series {
      let id = reference(labels)
      for point in points { append(ref: id, t: point.t, v: point.v) }
    }
  }

  /// Every series with its samples later than `since`, compressed: sealed chunks as they are, and the plain points in
  /// the same code. Series without any are left out.
  package func exportChunks(since: Int64) -> [SavedChunks] {
    (0..<box.catalog.count).compactMap { place in
      guard let id = box.catalog.id(at: place) else { return nil }
      let page = pages[place / Page.size]
      let slot = place % Page.size
      guard let last = page.last(slot), last.t > since else { return nil }
      let saved = page.withPlain(slot) { page.chunks(slot).saving(after: since, plain: $0) }
      guard let saved, let labels = labels(of: id) else { return nil }
      return SavedChunks(labels: labels, start: saved.start, end: saved.end, chunks: saved.bytes)
    }
  }

  /// Puts saved chunks back, in the order of their times within a series. Those that are newer than all the series has
  /// are taken as they are; of others the samples that the store can take.
  /// - Returns: how many were skipped because their bytes are damaged.
  @discardableResult
  package mutating func load(_ saved: [SavedChunks]) -> Int {
    var damaged = 0
    for one in saved {
      guard let chunks = one.chunks else {
        damaged += 1
        continue
      }
      let id = reference(one.labels)
      if adopt(chunks, id) { continue }
      var points: [Point] = []
      chunks.read(after: .min, through: .max, into: &points)
      for point in points { append(ref: id, t: point.t, v: point.v) }
    }
    return damaged
  }
}
