import Metrics

/// What evaluations leave for the next ones of the same plans: found series, and what follows from labels alone.
///
/// Everything remembered is immutable and belongs to a shape; a node that meets another shape works it out anew.
struct QueryMemory: Sendable {
  /// What a node worked out from the shapes of its operands.
  enum Finding: Sendable {
    case nothing
    /// Labels made of labels, place by place.
    case derived(from: Shape, to: Shape)
    case grouping(Grouping)
    case pairing(Pairing)
    case union(SetPairing)
    case histograms(HistogramLayout)
  }

  /// A vector that holds for one time, while the store stays the same.
  struct Result: Sendable {
    let round: UInt64
    let time: Int64
    let vector: Vector
  }

  /// By selection number.
  private var selections: [Selection?]
  /// By node number.
  var findings: [Finding]
  /// The shape that a node's elements had the last time, where they are found out one by one.
  private var shapes: [Shape?]
  /// Names removed from the shape that goes out of a node at the end of an evaluation.
  private var results: [Result?]
  /// Whether several places want a node's vector at the same time.
  private let isShared: [Bool]
  /// The times that are to come; nil: nobody knows.
  private(set) var timetable: Timetable?
  /// By node number: what its series yield at the next of those times.
  var strips: [Strip?]
  /// Whether all samples are there already that a node of this number reads.
  private var reads: [Bool] = []
  /// The names of the metrics that it reads; nil: perhaps any.
  private let metrics: [Set<String>?]
  /// Counted up when the store may have changed in what the shared nodes read.
  var round: UInt64 = 0

  /// - Parameter written: metrics that are written while results are shared.
  init(_ planner: Planner, written: Set<String> = []) {
    selections = Array(repeating: nil, count: planner.selectionCount)
    findings = Array(repeating: .nothing, count: planner.uses.count)
    shapes = Array(repeating: nil, count: planner.uses.count)
    results = Array(repeating: nil, count: planner.uses.count)
    strips = Array(repeating: nil, count: planner.uses.count)
    metrics = planner.metrics
    isShared = zip(planner.uses, planner.metrics).map { uses, metrics in
      uses > 1 && (metrics.map { written.isDisjoint(with: $0) } ?? written.isEmpty)
    }
  }

  /// Leaves nothing behind: for moving a memory to where it is used, so that nothing is copied.
  mutating func take() -> QueryMemory {
    let taken = self
    self = QueryMemory()
    return taken
  }

  private init() {
    selections = []
    findings = []
    shapes = []
    results = []
    strips = []
    metrics = []
    isShared = []
  }

  // MARK: Series

  /// The series that a selector finds, looked for anew only when the store has other ones. While it finds the same
  /// ones, their shape stays the same.
  mutating func selection(_ number: Int, of matchers: [Matcher], in store: Store) -> Selection {
    if let old = selections[number], old.version == store.version { return old }
    let new =
      selections[number]?.renewed(by: matchers, in: store) ?? Selection(store.select(matchers), in: store)
    selections[number] = new
    return new
  }

  // MARK: Shapes

  /// A shape made of another one, made once.
  mutating func derived(_ slot: Int, from shape: Shape, _ make: (Shape) -> Shape) -> Shape {
    if case .derived(let from, let to) = findings[slot], from === shape { return to }
    let made = make(shape)
    findings[slot] = .derived(from: shape, to: made)
    return made
  }

  /// A vector of these elements; its shape is that of the time before when the labels are.
  mutating func vector(of elements: [Element], _ slot: Int) -> Vector {
    let values = elements.map(\.value)
    if let known = shapes[slot], known.fits(elements) { return Vector(known, values) }
    let shape = Shape(elements.map(\.labels), dropsName: elements.map(\.dropsName))
    shapes[slot] = shape
    return Vector(shape, values)
  }

  // MARK: Times to come

  /// From now on expressions are evaluated at these times; nil: at any. What was worked out ahead is forgotten.
  mutating func expect(_ timetable: Timetable?) {
    self.timetable = timetable
    strips = Array(repeating: nil, count: strips.count)
    guard let timetable else { return }
    reads = metrics.map { metrics in
      timetable.written.isEmpty || metrics.map { timetable.written.isDisjoint(with: $0) } ?? false
    }
  }

  func isAhead(_ slot: Int) -> Bool { timetable != nil && reads[slot] }

  // MARK: Results

  func isShared(_ slot: Int) -> Bool { isShared[slot] }

  func result(_ slot: Int, at time: Int64) -> Vector? {
    guard let result = results[slot], result.round == round, result.time == time else { return nil }
    return result.vector
  }

  mutating func share(_ vector: Vector, _ slot: Int, at time: Int64) {
    results[slot] = Result(round: round, time: time, vector: vector)
  }
}

extension Shape {
  /// With the metric names removed.
  var nameless: Shape { Shape(labels.map(\.withoutMetricName)) }

  /// With the names marked for removal at the end.
  var marked: Shape { Shape(labels, dropsName: Array(repeating: true, count: count)) }
}
