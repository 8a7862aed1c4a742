/// The recent samples of one system's series, in memory.
///
/// A value: a copy is a consistent snapshot that another thread can read while the original goes on. Taking
/// one is O(1); afterwards the original copies each page of 256 series when it first writes to it (not their samples),
/// and the catalog of series when the next one is added or dropped.
package struct Store: Sendable {
  private(set) var box = CatalogBox()
  private(set) var index = SelectionIndex()
  private(set) var pages: [Page] = []
  /// Sealed chunks that end before may go.
  private var limit = Int64.min
  /// The same for series that are kept longer than others, by their place.
  private var limits: [Int: Int64] = [:]
  /// Points appended since the store was made.
  package private(set) var appended: UInt64 = 0

  package init() {}

  /// Changes whenever a series is added or dropped: what was selected at the same version is still right.
  package var version: UInt64 { box.catalog.added.version }

  package var seriesCount: Int { box.catalog.seriesCount }

  package func seriesID(for labels: Labels) -> SeriesID? { box.catalog.find(labels) }

  package func labels(of id: SeriesID) -> Labels? {
    guard let place = box.catalog.place(id) else { return nil }
    return index.withTexts { $0.labels(at: place, in: box.catalog) }
  }

  /// The newest point of a series, stale markers included.
  package func last(of id: SeriesID) -> Point? {
    box.catalog.place(id).flatMap { pages[$0 / Page.size].last($0 % Page.size) }
  }

  // MARK: - Appending

  /// Adds a sample, and the series when it is new. False when it is refused: older than the series' newest
  /// sample, or another value at the same time.
  @discardableResult
  package mutating func append(_ labels: Labels, t: Int64, v: Double) -> Bool {
    append(ref: reference(labels), t: t, v: v)
  }

  /// The same for a series already known; false also when it has been dropped since.
  @discardableResult
  package mutating func append(ref: SeriesID, t: Int64, v: Double) -> Bool {
    guard let place = box.catalog.place(ref) else { return false }
    let limit = limits.isEmpty ? limit : limits[place] ?? limit
    let stored = writable(place / Page.size).append(place % Page.size, t: t, v: v, limit: limit)
    if stored { appended &+= 1 }
    return stored
  }

  /// Adds one sample at `t` to each of many series already known; those that are refused are left out. Some
  /// nanoseconds each when the series are in the order in which they were made.
  /// - Returns: how many were stored.
  @discardableResult
  package mutating func append(
    _ ids: UnsafeBufferPointer<SeriesID>, values: UnsafeBufferPointer<Double>, t: Int64
  ) -> Int {
    guard !pages.isEmpty else { return 0 }
    var stored = 0
    var number = -1
    var page = pages[0]
    let box = box
    let limit = limit
    for place in 0..<min(ids.count, values.count) {
      guard let index = box.catalog.place(ids[place]) else { continue }
      if index / Page.size != number {
        number = index / Page.size
        page = Page.none
        page = writable(number)
      }
      if page.append(index % Page.size, t: t, v: values[place], limit: limit) { stored &+= 1 }
    }
    appended &+= UInt64(stored)
    return stored
  }

  /// The same for arrays.
  @discardableResult
  package mutating func append(_ ids: [SeriesID], values: [Double], t: Int64) -> Int {
    ids.withUnsafeBufferPointer { ids in
      values.withUnsafeBufferPointer { values in append(ids, values: values, t: t) }
    }
  }

  /// Ends series at `t` with the stale marker, except those that have ended already.
  package mutating func markStale(_ ids: some Sequence<SeriesID>, t: Int64) {
    for id in ids {
      guard let last = last(of: id), !last.v.isStale else { continue }
      append(ref: id, t: t, v: staleNaN)
    }
  }

  // MARK: - Series

  /// The series' place, made when it is new: for those who append to the same series again and again.
  @discardableResult
  package mutating func reference(_ labels: Labels) -> SeriesID {
    if let known = box.catalog.find(labels) { return known }
    detach()
    let before = version
    let id = box.catalog.reference(labels)
    makePages(since: before)
    return id
  }

  /// The series of `texts` with the labels of `target` attached as Prometheus does with `honor_labels: false`
  /// (``Labels/attaching(_:)``); one for each, in their order, made when they are new.
  package mutating func references(_ texts: SeriesTexts, target: Labels) -> [SeriesID] {
    guard texts.count > 0 else { return [] }
    detach()
    let before = version
    let ids = box.catalog.references(texts, target: target)
    makePages(since: before)
    return ids
  }

  /// The series added since a version, in order: what has to be looked at to bring a selection up to date. Nil when
  /// series were dropped since, or more than `limit` added; to say so costs nothing.
  package func added(since version: UInt64, atMost limit: Int = .max) -> [SeriesID]? {
    let added = box.catalog.added
    guard added.version &- version <= UInt64(max(0, limit)) else { return nil }
    return added.indices(since: version)?.compactMap { box.catalog.id(at: Int($0)) }
  }

  /// Before series are added or dropped: a catalog of this store's own.
  private mutating func detach() {
    guard !isKnownUniquelyReferenced(&box) else { return }
    box = box.copy()
    index = index.copy()
  }

  /// Gives the series added since a version their pages, which then are looked at when the store is trimmed next: a
  /// series that never got a sample goes, too.
  private mutating func makePages(since version: UInt64) {
    while pages.count * Page.size < box.catalog.count { pages.append(Page()) }
    var number = -1
    for index in box.catalog.added.indices(since: version) ?? [] where Int(index) / Page.size != number {
      number = Int(index) / Page.size
      writable(number).oldest = .min
    }
  }

  /// A page that this store may write to.
  @inline(__always) private mutating func writable(_ number: Int) -> Page {
    if !isKnownUniquelyReferenced(&pages[number]) || !pages[number].isWritable {
      pages[number] = Page(taking: pages[number])
    }
    return pages[number]
  }

  /// Takes sealed chunks as they are when they are newer than all the series has; false when they are not.
  mutating func adopt(_ chunks: SealedChunks, _ id: SeriesID) -> Bool {
    guard let place = box.catalog.place(id) else { return false }
    let count = writable(place / Page.size).adopt(chunks, place % Page.size)
    appended &+= UInt64(count ?? 0)
    return count != nil
  }

  // MARK: - Forgetting

  /// Forgets samples before `limit` (by whole chunks) and series that have none after it. Looks only at pages in
  /// which something may be so old.
  ///
  /// - Parameter kept: series with a limit of their own, which holds until the next call. Samples that come with those
  ///   of many series are not theirs.
  package mutating func trim(before limit: Int64, keeping kept: [SeriesID: Int64] = [:]) {
    self.limit = limit
    limits = [:]
    for (id, limit) in kept { if let place = box.catalog.place(id) { limits[place] = limit } }
    var gone: [UInt32] = []
    for number in pages.indices where pages[number].oldest < limit {
      let page = writable(number)
      page.oldest = .max
      for slot in 0..<Page.size {
        let index = number * Page.size + slot
        guard index < box.catalog.count, box.catalog.id(at: index) != nil else { continue }
        if !page.trim(slot, before: limits[index] ?? limit) { gone.append(UInt32(truncatingIfNeeded: index)) }
      }
    }
    drop(gone)
  }

  /// Forgets samples after `limit`: for a clock that was set back, so that new samples are not refused.
  package mutating func rewind(to limit: Int64) {
    var gone: [UInt32] = []
    for index in 0..<box.catalog.count where box.catalog.id(at: index) != nil {
      let page = writable(index / Page.size)
      if !page.rewind(index % Page.size, to: limit) {
        gone.append(UInt32(truncatingIfNeeded: index))
      }
    }
    drop(gone)
  }

  private mutating func drop(_ gone: [UInt32]) {
    guard !gone.isEmpty else { return }
    detach()
    for index in gone {
      writable(Int(index) / Page.size).clear(Int(index) % Page.size)
      limits[Int(index)] = nil
    }
    let box = self.box
    index.withTexts { $0.forget(gone, in: box.catalog) }
    self.box.catalog.drop(gone)
    index.withTexts { $0.forgot(in: box.catalog) }
    if self.box.catalog.isMostlyGarbage {
      self.box = CatalogBox(self.box.catalog.compacted())
      index = SelectionIndex()
    }
  }
}
