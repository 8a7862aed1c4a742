import Metrics

/// The samples that one evaluation of a rule writes.
struct Writing {
  /// Milliseconds since 1970.
  let at: Int64
  private(set) var ids: [SeriesID] = []
  /// The first series whose sample the store did not take.
  private(set) var refused: Labels?

  init(at: Int64) { self.at = at }

  /// Writes a sample into a series whose place is remembered; found by its labels where it is not, or not any more.
  mutating func write(
    _ value: Double, to known: inout SeriesID?, in store: inout Store, _ labels: () -> Labels
  ) {
    if let id = known, store.append(ref: id, t: at, v: value) {
      ids.append(id)
      return
    }
    let id = store.reference(labels())
    if known == id || !store.append(ref: id, t: at, v: value) { refused = refused ?? labels() }
    known = id
    ids.append(id)
  }
}
