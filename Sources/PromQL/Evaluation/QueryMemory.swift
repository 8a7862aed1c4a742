import Metrics

/// What one evaluation leaves for the next of the same expression: found series, and labels made of labels.
struct QueryMemory: Sendable {
  /// Good while the store's version stays the same; by the selector's number.
  private var selections: [Int: Selection] = [:]
  /// Groups and signatures by the element's labels, one table per node.
  private var derived: [Int: [Labels: Labels]] = [:]

  subscript(selector: Int, version version: UInt64) -> Selection? {
    guard let selection = selections[selector], selection.version == version else { return nil }
    return selection
  }

  mutating func remember(_ selection: Selection, of selector: Int) { selections[selector] = selection }

  /// The labels that `make` makes of `labels` at a node, made once.
  mutating func labels(_ labels: Labels, at node: Int, _ make: (Labels) -> Labels) -> Labels {
    if let known = derived[node]?[labels] { return known }
    let made = make(labels)
    if derived[node]?.count ?? 0 > 100_000 { derived[node] = nil }
    derived[node, default: [:]][labels] = made
    return made
  }
}

/// The series that a selector found in a store of one version.
struct Selection: Sendable {
  let version: UInt64
  let series: [Found]
  /// Whether their labels stay different without the metric's name.
  let isUniqueWithoutName: Bool

  struct Found: Sendable {
    let id: SeriesID
    let labels: Labels
    let bare: Labels
  }

  init(version: UInt64, series: [Found]) {
    self.version = version
    self.series = series
    isUniqueWithoutName = Set(series.map(\.bare)).count == series.count
  }
}
