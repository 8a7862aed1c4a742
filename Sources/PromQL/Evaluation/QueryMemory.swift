import Metrics

/// What one evaluation leaves for the next of the same expression: found series, and labels made of labels.
struct QueryMemory: Sendable {
  /// Good while the store's version stays the same; by the selector's number.
  private var selections: [Int: Selection] = [:]
  /// Groups and signatures by the element's labels, one table per node.
  private var derived: [Int: [Labels: Labels]] = [:]

  /// By the aggregation's number.
  private var groupings: [Int: Grouping] = [:]

  subscript(selector: Int, version version: UInt64) -> Selection? {
    guard let selection = selections[selector], selection.version == version else { return nil }
    return selection
  }

  mutating func remember(_ selection: Selection, of selector: Int) { selections[selector] = selection }

  /// How elements fall into groups: of the same labels in the same order, as the time before.
  mutating func grouping(of elements: [Element], at node: Int, _ make: (Labels) -> Labels) -> Grouping {
    if let known = groupings[node], known.fits(elements) { return known }
    let made = Grouping(elements, make)
    groupings[node] = made
    return made
  }

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

  /// A class, so that walking over thousands of them touches one reference each.
  final class Found: Sendable {
    let id: SeriesID
    let labels: Labels
    let bare: Labels

    init(id: SeriesID, labels: Labels) {
      self.id = id
      self.labels = labels
      bare = labels.withoutMetricName
    }
  }

  init(version: UInt64, series: [Found]) {
    self.version = version
    self.series = series
    isUniqueWithoutName = Set(series.map(\.bare)).count == series.count
  }
}

/// Which group each element of a vector belongs to.
struct Grouping: Sendable {
  /// The elements' labels.
  private let inputs: [Labels]
  /// For each of them the number of its group.
  let places: [Int]
  let groups: [Labels]

  init(_ elements: [Element], _ make: (Labels) -> Labels) {
    inputs = elements.map(\.labels)
    var numbers: [Labels: Int] = [:]
    var places: [Int] = []
    var groups: [Labels] = []
    for labels in inputs {
      let group = make(labels)
      let place = numbers[group] ?? groups.count
      if place == groups.count {
        numbers[group] = place
        groups.append(group)
      }
      places.append(place)
    }
    self.places = places
    self.groups = groups
  }

  func fits(_ elements: [Element]) -> Bool {
    guard elements.count == inputs.count else { return false }
    for index in elements.indices where elements[index].labels != inputs[index] { return false }
    return true
  }
}
