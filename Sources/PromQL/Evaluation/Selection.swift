import Metrics

/// The series that a selector found in a store of one version.
struct Selection: Sendable {
  let version: UInt64
  let ids: [SeriesID]
  let shape: Shape

  /// So many additions are looked at one by one; more, and selecting anew is quicker.
  private static let fewAdditions = 32

  init(_ found: [SeriesID], in store: Store) {
    var ids: [SeriesID] = []
    var labels: [Labels] = []
    ids.reserveCapacity(found.count)
    labels.reserveCapacity(found.count)
    for id in found {
      guard let own = store.labels(of: id) else { continue }
      ids.append(id)
      labels.append(own)
    }
    self.init(version: store.version, ids: ids, shape: Shape(labels))
  }

  private init(version: UInt64, ids: [SeriesID], shape: Shape) {
    self.version = version
    self.ids = ids
    self.shape = shape
  }

  /// What it is in the store as that has become: the series added since are looked at, and where too many were, or
  /// some were dropped, all are selected anew. The same series keep their shape.
  func renewed(by matchers: [Matcher], in store: Store) -> Selection {
    guard let added = store.added(since: version, atMost: Self.fewAdditions) else {
      let found = store.select(matchers)
      return found == ids
        ? Selection(version: store.version, ids: ids, shape: shape) : Selection(found, in: store)
    }
    var ids = ids
    var labels: [Labels] = []
    for id in added {
      guard let own = store.labels(of: id), matchers.allSatisfy({ $0.matches(own) }) else { continue }
      ids.append(id)
      labels.append(own)
    }
    return Selection(
      version: store.version, ids: ids, shape: labels.isEmpty ? shape : Shape(shape.labels + labels))
  }
}
