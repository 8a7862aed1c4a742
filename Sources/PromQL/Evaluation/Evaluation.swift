import Metrics
import Values

/// One evaluation of an expression over one snapshot: holds what its steps share.
///
/// An expression's static type decides which of `number`, `vector` and `eachWindow` evaluates it.
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

  func checkCancelled() throws(EvaluationError) {
    if isCancelled?() ?? false { throw EvaluationError("the query was stopped before it was done") }
  }
}

// MARK: - Selectors

extension Evaluation {
  func selection(of selector: Selector) -> Selection {
    if let known = memory[selector.index, version: store.version] { return known }
    let found = store.select(selector.matchers).compactMap { id in
      store.labels(of: id).map { Selection.Found(id: id, labels: $0) }
    }
    let selection = Selection(version: store.version, series: found)
    memory.remember(selection, of: selector.index)
    return selection
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

  /// The newest sample of every series within the lookback that has not ended.
  func points(
    of selector: Selector, at time: Int64, _ each: (Selection.Found, Point) -> Void
  ) throws(EvaluationError) {
    if selector.extent == .smoothed { return try smoothedPoints(of: selector, at: time, each) }
    let at = shifted(time, selector.shift)
    let after = at.subtractingSaturating(options.lookback)
    let series = selection(of: selector).series
    try count(series.count)
    for found in series {
      if let point = store.newest(found.id, after: after, through: at), !point.v.isStale {
        each(found, point)
      }
    }
  }

  /// Calls `each` for every series that has points in the range.
  func eachWindow(
    of expr: Expr, at time: Int64, parameters: [Double] = [],
    _ each: (_ labels: Labels, _ bare: Labels, _ dropsName: Bool, _ window: Window) throws(EvaluationError) ->
      Void
  ) throws(EvaluationError) {
    switch expr {
    case .parenthesised(let inner, _): try eachWindow(of: inner, at: time, parameters: parameters, each)
    case .range(let range):
      let end = shifted(time, range.selector.shift)
      let start = end.subtractingSaturating(range.range)
      let extent = range.selector.extent
      let after = extent == .plain ? start : start.subtractingSaturating(options.lookback)
      let through = extent == .smoothed ? end.addingSaturating(options.lookback) : end
      var points = self.points
      self.points = []
      defer { self.points = points }
      for found in selection(of: range.selector).series {
        points.removeAll(keepingCapacity: true)
        store.read(found.id, after: after, through: through, into: &points)
        if points.contains(where: \.v.isStale) { points.removeAll(where: \.v.isStale) }
        guard !points.isEmpty else { continue }
        try count(points.count)
        var window = Window(points: points, start: start, end: end, time: time, parameters: parameters)
        window.extent = extent
        try each(found.labels, found.bare, false, window)
      }
    case .subquery(let subquery):
      let end = shifted(time, subquery.shift)
      let start = end.subtractingSaturating(subquery.range)
      for series in try steps(of: subquery, after: start, through: end) {
        let window = Window(points: series.points, start: start, end: end, time: time, parameters: parameters)
        try each(series.labels, series.labels.withoutMetricName, series.dropsName, window)
      }
    default: throw EvaluationError("a range vector was expected", at: expr.place)
    }
  }

  /// The inner expression at every multiple of the step in (start, end].
  private func steps(
    of subquery: Subquery, after start: Int64, through end: Int64
  ) throws(EvaluationError) -> [SeriesPoints] {
    let step = max(1, subquery.step ?? options.subqueryStep)
    var time = start.floorDivided(by: step).addingSaturating(1).multipliedSaturating(by: step)
    var gathered = Gathered()
    while time <= end {
      try checkCancelled()
      try count(1)
      if subquery.expr.valueType == .scalar {
        gathered.add(Element(.empty, try number(subquery.expr, at: time)), at: time)
      } else {
        let elements = try vector(subquery.expr, at: time)
        try count(elements.count)
        for element in elements { gathered.add(element, at: time) }
      }
      let (next, overflow) = time.addingReportingOverflow(step)
      if overflow { break }
      time = next
    }
    return gathered.series
  }
}

/// Puts the vectors of successive steps together, series by series.
struct Gathered {
  private(set) var series: [SeriesPoints] = []
  private var places: [Labels: Int] = [:]

  mutating func add(_ element: Element, at time: Int64) {
    if let place = places[element.labels] {
      series[place].points.append(Point(t: time, v: element.value))
      return
    }
    places[element.labels] = series.count
    var fresh = SeriesPoints(element.labels, [Point(t: time, v: element.value)])
    fresh.dropsName = element.dropsName
    series.append(fresh)
  }
}
