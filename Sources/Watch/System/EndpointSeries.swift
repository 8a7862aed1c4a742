import Metrics
import Probes

/// Where the samples of one endpoint go in its system's store, so that a poll like the last one needs no
/// look-up.
struct EndpointSeries: Sendable {
  private var generation: UInt64 = 0
  private var shape: UInt64 = 0
  /// By the page's own numbers.
  private var known: [SeriesID] = []
  /// Of the page's samples, in order, while its shape stays.
  private var order: [SeriesID] = []
  /// Of the samples outside of the page, by their places in the observation.
  private var named: [(labels: Labels, id: SeriesID)] = []
  /// What the last poll had without a time of its own, of the page and outside of it; what the next one lacks
  /// has ended.
  private var inPage: [SeriesID] = []
  private var outside: [SeriesID] = []

  /// Appends a poll's samples under one timestamp, and marks what it no longer has as stale.
  ///
  /// Linear in the samples, without hashing where the poll has the series of the one before.
  mutating func take(_ observation: Observation, target: @autoclosure () -> Labels, in store: inout Store) {
    let now = observation.at.milliseconds
    let lasting = take(observation.samples, at: now, in: &store)
    let paged: [SeriesID]
    if let page = observation.page {
      paged = take(page, at: now, target: target, in: &store)
    } else {
      paged = []
    }
    endMissing(paged, lasting, at: now, in: &store)
  }

  /// Appends the samples outside of the page; returns the series of those without a time of their own.
  private mutating func take(_ samples: [Sample], at now: Int64, in store: inout Store) -> [SeriesID] {
    if isLikeLast(samples) {
      let stored = store.append(outside, values: samples.map(\.value), t: now)
      if stored == outside.count || outside.allSatisfy({ store.last(of: $0) != nil }) { return outside }
    }
    let ids = place(samples, in: &store)
    for (sample, id) in zip(samples, ids) {
      store.append(ref: id, t: sample.timestamp ?? now, v: sample.value)
    }
    return zip(samples, ids).compactMap { $0.timestamp == nil ? $1 : nil }
  }

  /// Whether they are of the same series as the last ones, and none has or had a time of its own.
  private func isLikeLast(_ samples: [Sample]) -> Bool {
    guard samples.count == named.count, samples.count == outside.count else { return false }
    return zip(samples, named).allSatisfy { $0.timestamp == nil && $0.labels == $1.labels }
  }

  /// The samples without labels of a page are found by their places, else by their labels.
  private mutating func place(_ samples: [Sample], in store: inout Store) -> [SeriesID] {
    var ids: [SeriesID] = []
    ids.reserveCapacity(samples.count)
    for (place, sample) in samples.enumerated() {
      if place < named.count, named[place].labels == sample.labels, store.last(of: named[place].id) != nil {
        ids.append(named[place].id)
        continue
      }
      let id = store.reference(sample.labels)
      if place < named.count { named[place] = (sample.labels, id) } else { named.append((sample.labels, id)) }
      ids.append(id)
    }
    named.removeLast(named.count - samples.count)
    return ids
  }

  private mutating func take(
    _ page: PageReading, at now: Int64, target: () -> Labels, in store: inout Store
  ) -> [SeriesID] {
    let isSame = page.generation == generation && page.shape == shape && order.count == page.numbers.count
    if !isSame { arrange(page, target: target, in: &store) }
    if !append(page, at: now, in: &store) {
      // Series that were dropped for their age are made again.
      known = store.references(page.catalogue.texts(), target: target())
      order = ids(of: page)
      _ = append(page, at: now, in: &store)
    } else if isSame, !inPage.isEmpty {
      return inPage
    }
    guard !page.timestamps.isEmpty else { return order }
    return zip(order, page.timestamps).compactMap { $1 == nil ? $0 : nil }
  }

  /// Learns the page's new series, or all of them where something was missed.
  private mutating func arrange(_ page: PageReading, target: () -> Labels, in store: inout Store) {
    if page.generation == generation, known.count == page.firstNew {
      known += store.references(page.new, target: target())
    } else {
      known = store.references(page.catalogue.texts(), target: target())
    }
    generation = page.generation
    shape = page.shape
    order = ids(of: page)
  }

  private func ids(of page: PageReading) -> [SeriesID] {
    // A first page names its series in the order of their numbers.
    if page.numbers.count == known.count, page.numbers.enumerated().allSatisfy({ $0 == $1 }) { return known }
    return page.numbers.compactMap { known.indices.contains(Int($0)) ? known[Int($0)] : nil }
  }

  /// False when a series is no longer in the store.
  private func append(_ page: PageReading, at now: Int64, in store: inout Store) -> Bool {
    var stored = 0
    if page.timestamps.isEmpty {
      stored = store.append(order, values: page.values, t: now)
    } else {
      for (place, id) in order.enumerated() where place < page.timestamps.count {
        if store.append(ref: id, t: page.timestamps[place] ?? now, v: page.values[place]) { stored += 1 }
      }
    }
    return stored == order.count || order.allSatisfy { store.last(of: $0) != nil }
  }

  private mutating func endMissing(
    _ paged: [SeriesID], _ lasting: [SeriesID], at now: Int64, in store: inout Store
  ) {
    if paged != inPage || lasting != outside {
      let gone = Set(inPage).union(outside).subtracting(paged).subtracting(lasting)
      store.markStale(gone, t: now)
      inPage = paged
      outside = lasting
    }
  }

  /// Forgets what it knows of the page and of the labels: the endpoint was defined anew. What the next poll
  /// lacks still ends.
  mutating func forgetPlaces() {
    generation = 0
    shape = 0
    known = []
    order = []
    named = []
  }
}
