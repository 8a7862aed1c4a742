extension Store {
  /// All series that fit every matcher, in the order in which they were first seen.
  package func select(_ matchers: [Matcher]) -> [SeriesID] {
    index.withPostings(box.catalog) { postings, catalog in postings.select(matchers, in: catalog) }
  }

  /// The points of a series in (from, to], oldest first, stale markers included.
  package func samples(_ id: SeriesID, after: Int64, through: Int64) -> [Point] {
    var points: [Point] = []
    read(id, after: after, through: through, into: &points)
    return points
  }

  /// Appends those points to `points`: for readers that use one buffer again and again.
  package func read(_ id: SeriesID, after: Int64, through: Int64, into points: inout [Point]) {
    guard let place = box.catalog.place(id) else { return }
    pages[place / Page.size].read(place % Page.size, after: after, through: through, into: &points)
  }

  /// Calls `body` with those points, without copying them when they are all plain; else they are put into `scratch`,
  /// which is emptied first. The buffer is valid only in `body`.
  package func withPoints<Result>(
    of id: SeriesID, after: Int64, through: Int64, scratch: inout [Point],
    _ body: (UnsafeBufferPointer<Point>) throws -> Result
  ) rethrows -> Result {
    guard let place = box.catalog.place(id) else {
      return try body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let page = pages[place / Page.size]
    let slot = place % Page.size
    if let plain = page.plainRange(slot, after: after, through: through) {
      return try page.withPlain(slot) { try body(UnsafeBufferPointer(rebasing: $0[plain])) }
    }
    scratch.removeAll(keepingCapacity: true)
    page.read(slot, after: after, through: through, into: &scratch)
    return try scratch.withUnsafeBufferPointer(body)
  }

  /// The newest point of a series in (from, to], a stale marker included.
  package func newest(_ id: SeriesID, after: Int64, through: Int64) -> Point? {
    guard let place = box.catalog.place(id) else { return nil }
    return pages[place / Page.size].newest(place % Page.size, after: after, through: through)
  }

  /// All values of a label, sorted; with `__name__` all metric names. For completion.
  package func values(of label: String) -> [String] {
    index.withPostings(box.catalog) { postings, catalog in
      guard let name = catalog.symbols.find(label) else { return [] }
      return postings.values(of: name).map { postings.text(of: $0, in: catalog) }.sorted()
    }
  }

  package var labelNames: [String] {
    index.withPostings(box.catalog) { postings, catalog in
      postings.names.map { postings.text(of: $0, in: catalog) }.sorted()
    }
  }
}
