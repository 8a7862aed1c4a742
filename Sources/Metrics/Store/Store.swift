import Values

/// The recent samples of one system's series, in memory.
///
/// A value: a copy is a consistent snapshot that another thread can read while the original goes on. Taking
/// one is O(1); the first append afterwards copies the table of series (not their samples).
package struct Store: Sendable {
  private struct Slot: Sendable {
    /// Not optional, so that reading it copies nothing; an empty place holds a series without points.
    var series: Series
    var generation: UInt32 = 0
    var isFree = false
  }

  private var slots: [Slot] = []
  private var free: [UInt32] = []
  private var ids: [Labels: SeriesID] = [:]
  private var postings = Postings()
  /// Changes whenever a series is added or dropped: what was selected at the same version is still right.
  package private(set) var version: UInt64 = 0
  /// Points appended since the store was made.
  package private(set) var appended: UInt64 = 0

  package init() {}

  package var seriesCount: Int { ids.count }

  package func seriesID(for labels: Labels) -> SeriesID? { ids[labels] }

  package func labels(of id: SeriesID) -> Labels? { place(id).map { slots[$0].series.labels } }

  /// The newest point of a series, stale markers included.
  package func last(of id: SeriesID) -> Point? { place(id).flatMap { slots[$0].series.last } }

  /// Adds a sample, and the series when it is new. False when it is refused: older than the series' newest
  /// sample, or another value at the same time.
  @discardableResult
  package mutating func append(_ labels: Labels, t: Int64, v: Double) -> Bool {
    append(ref: reference(labels), t: t, v: v)
  }

  /// The same for a series already known; false also when it has been dropped since.
  @discardableResult
  package mutating func append(ref: SeriesID, t: Int64, v: Double) -> Bool {
    let index = Int(ref.index)
    guard slots.indices.contains(index), slots[index].generation == ref.generation else { return false }
    let stored = slots[index].series.append(Point(t: t, v: v))
    if stored { appended &+= 1 }
    return stored
  }

  /// The series' place, made when it is new: for those who append to the same series again and again.
  package mutating func reference(_ labels: Labels) -> SeriesID {
    if let id = ids[labels] { return id }
    version &+= 1
    let index: UInt32
    if let freed = free.popLast() {
      index = freed
      slots[Int(index)].series = Series(labels: labels)
      slots[Int(index)].isFree = false
    } else {
      index = UInt32(truncatingIfNeeded: slots.count)
      slots.append(Slot(series: Series(labels: labels)))
    }
    let id = SeriesID(index: index, generation: slots[Int(index)].generation)
    ids[labels] = id
    postings.add(labels, index)
    return id
  }

  /// Ends series at `t` with the stale marker, except those that have ended already.
  package mutating func markStale(_ ids: some Sequence<SeriesID>, t: Int64) {
    for id in ids {
      guard let last = last(of: id), !last.v.isStale else { continue }
      append(ref: id, t: t, v: staleNaN)
    }
  }

  /// Forgets samples before `limit` (by whole chunks) and series that have none after it.
  package mutating func trim(before limit: Int64) {
    keep { $0.trim(before: limit) }
  }

  /// Forgets samples after `limit`: for a clock that was set back, so that new samples are not refused.
  package mutating func rewind(to limit: Int64) {
    keep { $0.rewind(to: limit) }
  }

  private mutating func keep(where survives: (inout Series) -> Bool) {
    for index in slots.indices where !slots[index].isFree && !survives(&slots[index].series) {
      let labels = slots[index].series.labels
      slots[index].series = Series(labels: .empty)
      slots[index].isFree = true
      slots[index].generation &+= 1
      ids[labels] = nil
      postings.remove(labels, UInt32(truncatingIfNeeded: index))
      free.append(UInt32(truncatingIfNeeded: index))
      version &+= 1
    }
  }

  /// The index of a series that is still there.
  private func place(_ id: SeriesID) -> Int? {
    let index = Int(id.index)
    guard slots.indices.contains(index), slots[index].generation == id.generation else { return nil }
    return index
  }
}

extension Store {
  /// All series that fit every matcher, in the order in which they were first seen.
  package func select(_ matchers: [Matcher]) -> [SeriesID] {
    let candidates = postings.candidates(matchers) ?? ids.values.map(\.index).sorted()
    return candidates.compactMap { index in
      guard slots.indices.contains(Int(index)) else { return nil }
      let labels = slots[Int(index)].series.labels
      guard matchers.allSatisfy({ $0.matches(labels) }) else { return nil }
      return SeriesID(index: index, generation: slots[Int(index)].generation)
    }
  }

  /// The points of a series in (from, to], oldest first, stale markers included.
  package func samples(_ id: SeriesID, after: Int64, through: Int64) -> [Point] {
    var points: [Point] = []
    read(id, after: after, through: through, into: &points)
    return points
  }

  /// Appends those points to `points`: for readers that use one buffer again and again.
  package func read(_ id: SeriesID, after: Int64, through: Int64, into points: inout [Point]) {
    guard let index = place(id) else { return }
    // Through the buffer, because a subscript would copy the series.
    slots.withUnsafeBufferPointer { $0[index].series.read(after: after, through: through, into: &points) }
  }

  /// The newest point of a series in (from, to], a stale marker included.
  package func newest(_ id: SeriesID, after: Int64, through: Int64) -> Point? {
    guard let index = place(id) else { return nil }
    return slots.withUnsafeBufferPointer { $0[index].series.newest(after: after, through: through) }
  }

  /// Every series with its points later than `since`, for persistence; series without any are left out.
  package func export(since: Int64) -> [(Labels, [Point])] {
    slots.compactMap { slot in
      var points: [Point] = []
      slot.series.read(after: since, through: .max, into: &points)
      return points.isEmpty ? nil : (slot.series.labels, points)
    }
  }

  /// Puts exported series back; samples that the store cannot take are skipped.
  package mutating func load(_ series: [(Labels, [Point])]) {
    for (labels, points) in series {
      let id = reference(labels)
      for point in points { append(ref: id, t: point.t, v: point.v) }
    }
  }

  /// All values of a label, sorted; with `__name__` all metric names. For completion.
  package func values(of label: String) -> [String] { postings.values(of: label) }

  package var labelNames: [String] { postings.names }
}
