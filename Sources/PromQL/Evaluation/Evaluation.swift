import Metrics
import Values

/// One evaluation of plans over one snapshot: holds what its steps share.
///
/// A plan's static type decides which of `number`, `vector` and `eachWindow` evaluates it.
final class Evaluation {
  let store: Store
  let options: EvaluationOptions
  /// Milliseconds; of an instant query all the same.
  let start: Int64
  let end: Int64
  let step: Int64
  var memory: QueryMemory
  private(set) var annotations: [Annotation] = []
  private var noted = Set<Annotation>()
  private let isCancelled: (@Sendable () -> Bool)?
  private var samples = 0
  private var points: [Point] = []
  /// Whether the inner expression of a subquery is evaluated, whose times are no timetable's.
  private(set) var isInSubquery = false
  /// For nodes whose labels can meet: at which place each label set was first seen, by the node's number.
  private var origins: [Int: (shape: Shape, places: [Int32])] = [:]

  init(
    store: Store, options: EvaluationOptions, start: Int64, end: Int64, step: Int64,
    memory: QueryMemory, isCancelled: (@Sendable () -> Bool)?
  ) {
    self.store = store
    self.options = options
    self.start = start
    self.end = end
    self.step = step
    self.memory = memory
    self.isCancelled = isCancelled
  }

  var isRange: Bool { end > start }

  func note(_ weight: Annotation.Weight, _ message: String, at place: Place) {
    let annotation = Annotation(weight: weight, message: message, place: place)
    if noted.insert(annotation).inserted { annotations.append(annotation) }
  }

  /// Counts samples that were looked at, and stops an evaluation that holds too many or was cancelled.
  func count(_ more: Int) throws(EvaluationError) {
    samples &+= more
    guard samples <= options.sampleLimit else {
      throw EvaluationError(
        "the query looks at more than \(options.sampleLimit) samples; narrow its selectors or its range")
    }
  }

  /// A buffer to read points into, which is kept for the next one.
  func takePoints() -> [Point] {
    defer { points = [] }
    return points
  }

  func keep(_ buffer: [Point]) { points = buffer }

  func checkCancelled() throws(EvaluationError) {
    if isCancelled?() ?? false { throw EvaluationError("the query was stopped before it was done") }
  }
}

// MARK: - Labels

extension Evaluation {
  /// A vector of elements that were made one by one, for a node.
  func vector(of elements: [Element], _ slot: Int) -> Vector { memory.vector(of: elements, slot) }

  /// The shape without metric names: removed at once, or marked for the end.
  func nameless(_ shape: Shape, _ slot: Int) -> Shape {
    memory.derived(slot, from: shape) { options.delaysNameRemoval ? $0.marked : $0.nameless }
  }

  /// The vector itself, unless two of its elements have the same labels.
  func unique(_ vector: Vector) throws(EvaluationError) -> Vector {
    if let (first, _) = vector.twins(in: vector.shape) { throw Self.twice(vector.labels(first)) }
    return vector
  }

  /// As ``unique(_:)``, and over all steps: two series must not become one even at different times. So Prometheus
  /// has it for functions over ranges, which it evaluates series by series instead of step by step.
  func distinct(_ vector: Vector, _ slot: Int) throws(EvaluationError) -> Vector {
    let shape = vector.shape
    guard !shape.isUnique, !options.delaysNameRemoval else { return try unique(vector) }
    var seen = origins[slot]?.shape === shape ? origins[slot]?.places ?? [] : []
    if seen.isEmpty { seen = Array(repeating: -1, count: shape.count) }
    origins[slot] = nil
    for index in vector.values.indices {
      let place = vector.place(index)
      let identity = Int(shape.identities[place])
      if seen[identity] >= 0, seen[identity] != place { throw Self.twice(vector.labels(index)) }
      seen[identity] = Int32(truncatingIfNeeded: place)
    }
    origins[slot] = (shape, seen)
    return vector
  }

  static func twice(_ labels: Labels) -> EvaluationError {
    EvaluationError("vector cannot contain metrics with the same labelset: \(labels) comes twice")
  }

  /// The result with the names removed that were only marked for removal.
  func named(_ vector: Vector) throws(EvaluationError) -> Vector {
    if vector.shape.dropsName.isEmpty { return vector }
    let elements = vector.elements.map {
      $0.dropsName ? Element($0.labels.withoutMetricName, $0.value) : $0
    }
    return try unique(Vector(Shape(elements.map(\.labels)), vector.values))
  }
}

// MARK: - Selectors

extension Evaluation {
  func selection(of plan: SelectorPlan) -> Selection {
    memory.selection(plan.selection, of: plan.selector.matchers, in: store)
  }

  /// The time at which something is looked for that is asked for at `time`.
  func shifted(_ time: Int64, _ shift: TimeShift) -> Int64 {
    let pinned: Int64
    switch shift.pin {
    case .time(let milliseconds)?: pinned = milliseconds
    case .start?: pinned = start
    case .end?: pinned = end
    case nil: pinned = time
    }
    return pinned.subtractingSaturating(shift.offset)
  }

  /// What `value` makes of the newest sample of every series within the lookback that has not ended.
  func points(
    of plan: SelectorPlan, at time: Int64, _ value: (Point) -> Double
  ) throws(EvaluationError) -> Vector {
    if plan.selector.extent == .smoothed { return try smoothedPoints(of: plan, at: time, value) }
    let at = shifted(time, plan.selector.shift)
    let after = at.subtractingSaturating(options.lookback)
    let selection = selection(of: plan)
    try count(selection.ids.count)
    var values: [Double] = []
    var places: [Int32] = []
    values.reserveCapacity(selection.ids.count)
    places.reserveCapacity(selection.ids.count)
    for (place, id) in selection.ids.enumerated() {
      guard let point = store.newest(id, after: after, through: at), !(point.v.isNaN && point.v.isStale)
      else { continue }
      values.append(value(point))
      places.append(Int32(truncatingIfNeeded: place))
    }
    return Vector(selection.shape, values, at: places, isSorted: true)
  }

  /// Calls `each` for every series that has points in the range, with its place in the shape of all of them.
  func eachWindow(
    of plan: Plan, at time: Int64, parameters: [Double] = [],
    _ each: (_ shape: Shape, _ place: Int, _ window: Window) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    switch plan.work {
    case .range(let range):
      let end = shifted(time, range.selector.shift)
      let start = end.subtractingSaturating(range.range)
      let extent = range.selector.extent
      let after = extent == .plain ? start : start.subtractingSaturating(options.lookback)
      let through = extent == .smoothed ? end.addingSaturating(options.lookback) : end
      let selection = selection(of: range)
      var points = takePoints()
      defer { keep(points) }
      var failure: EvaluationError?
      var seen = 0
      for (place, id) in selection.ids.enumerated() {
        store.withPoints(of: id, after: after, through: through, scratch: &points) { found in
          guard !found.isEmpty else { return }
          do throws(EvaluationError) {
            seen &+= found.count
            if seen > 10_000 {
              try count(seen)
              seen = 0
            }
            try Self.withoutStale(found) { points throws(EvaluationError) in
              var window = Window(
                points: points, start: start, end: end, time: time, parameters: parameters)
              window.extent = extent
              try each(selection.shape, place, window)
            }
          } catch {
            failure = error
          }
        }
        if let failure { throw failure }
      }
      try count(seen)
    case .subquery(let subquery):
      let end = shifted(time, subquery.subquery.shift)
      let start = end.subtractingSaturating(subquery.subquery.range)
      let series = try steps(of: subquery, after: start, through: end)
      let shape = memory.vector(
        of: series.map { Element($0.labels, 0, dropsName: $0.dropsName) }, plan.slot
      ).shape
      for (place, one) in series.enumerated() {
        try one.points.withUnsafeBufferPointer { buffer throws(EvaluationError) in
          try each(
            shape, place, Window(points: buffer, start: start, end: end, time: time, parameters: parameters))
        }
      }
    default: throw EvaluationError("a range vector was expected", at: plan.place)
    }
  }

  /// Calls `body` with the points that are no stale markers, unless there are none.
  @inline(__always)
  private static func withoutStale(
    _ points: UnsafeBufferPointer<Point>, _ body: (UnsafeBufferPointer<Point>) throws(EvaluationError) -> Void
  ) throws(EvaluationError) {
    // Markers are NaNs, which are rare: the quicker question first.
    guard points.contains(where: { $0.v.isNaN && $0.v.isStale }) else { return try body(points) }
    let live = points.filter { !$0.v.isStale }
    guard !live.isEmpty else { return }
    try live.withUnsafeBufferPointer { live throws(EvaluationError) in try body(live) }
  }

  /// The inner expression at every multiple of the step in (start, end].
  private func steps(
    of plan: SubqueryPlan, after start: Int64, through end: Int64
  ) throws(EvaluationError) -> [SeriesPoints] {
    let step = max(1, plan.subquery.step ?? options.subqueryStep)
    var time = start.floorDivided(by: step).addingSaturating(1).multipliedSaturating(by: step)
    var gathered = Gathered()
    let isInner = isInSubquery
    isInSubquery = true
    defer { isInSubquery = isInner }
    while time <= end {
      try checkCancelled()
      try count(1)
      let vector = try value(plan.inner, at: time)
      try count(vector.count)
      gathered.add(vector, at: time)
      let (next, overflow) = time.addingReportingOverflow(step)
      if overflow { break }
      time = next
    }
    return gathered.series
  }

  /// A scalar's value or a vector, as a vector.
  func value(_ plan: Plan, at time: Int64) throws(EvaluationError) -> Vector {
    plan.type == .scalar
      ? Vector(.single, [try number(plan, at: time)]) : try vector(plan, at: time)
  }
}
