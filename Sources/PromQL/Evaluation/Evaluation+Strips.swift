import Metrics

/// Selectors and functions over ranges along a timetable: each series is decoded once for many times, and a window
/// slides over its points. Answers are those of one time by itself, bit for bit.
extension Evaluation {
  /// What `value` makes of the newest sample of every series, for a node that reads one selector; nil where that has
  /// to be worked out for this time alone.
  func pointsAhead(
    _ slot: Int, of plan: SelectorPlan, at time: Int64, _ value: (Point) -> Double
  ) throws(EvaluationError) -> Vector? {
    let found = try strip(slot, plan, at: time) { (strip, selection) throws(EvaluationError) in
      try fill(&strip, selection, plan, reach: options.lookback, value)
    }
    guard let (strip, row, selection) = found else { return nil }
    try count(selection.ids.count)
    return strip.vector(row, selection.shape)
  }

  /// What `work` makes of the window of every series, for a node that reads one range; nil as above.
  func windowsAhead(
    _ slot: Int, of plan: Plan, at time: Int64, _ parameters: [Double], _ kind: WindowKind,
    _ work: (Window) -> Double?
  ) throws(EvaluationError) -> Vector? {
    guard case .range(let range) = plan.work else { return nil }
    let found = try strip(slot, range, at: time) { (strip, selection) throws(EvaluationError) in
      switch kind {
      case .counter(let perSecond):
        try slide(&strip, selection, range, parameters) { window, resets in
          window.extrapolated(resets: resets, perSecond: perSecond)
        }
      case .other: try slide(&strip, selection, range, parameters) { window, _ in work(window) }
      }
    }
    guard let (strip, row, selection) = found else { return nil }
    try count(strip.seen(row))
    return strip.vector(row, selection.shape)
  }

  /// The node's strip in which a time lies, made where it is not there.
  private func strip(
    _ slot: Int, _ plan: SelectorPlan, at time: Int64,
    _ fill: (inout Strip, Selection) throws(EvaluationError) -> Void
  ) throws(EvaluationError) -> (Strip, row: Int, Selection)? {
    guard memory.isAhead(slot), let timetable = memory.timetable, !isInSubquery,
      plan.selector.extent == .plain,
      plan.selector.shift.pin == nil
    else { return nil }
    let selection = selection(of: plan)
    if let known = memory.strips[slot], known.shape === selection.shape, let row = known.row(time) {
      return (known, row, selection)
    }
    let length = timetable.count(from: time, atMost: Strip.length(for: selection.ids.count))
    guard length > 0 else { return nil }
    memory.strips[slot] = nil
    var strip = Strip(selection.shape, from: time, step: timetable.step, count: length)
    try fill(&strip, selection)
    memory.strips[slot] = strip
    return (strip, 0, selection)
  }

  private func fill(
    _ strip: inout Strip, _ selection: Selection, _ plan: SelectorPlan, reach: Int64,
    _ value: (Point) -> Double
  ) throws(EvaluationError) {
    let shift = plan.selector.shift
    let (rows, first) = (strip.count, strip)
    try strip.fill { (filling) throws(EvaluationError) in
      try eachSeries(first, selection, shift, reach: reach) { place, points in
        var next = 0
        for row in 0..<rows {
          let at = shifted(first.time(row), shift)
          while next < points.count, points[next].t <= at { next &+= 1 }
          guard next > 0 else { continue }
          let point = points[next &- 1]
          guard point.t > at.subtractingSaturating(reach), !(point.v.isNaN && point.v.isStale) else {
            continue
          }
          filling.put(value(point), at: place, in: row)
        }
      }
    }
  }

  /// Lets a window slide over every series, without the markers of its ends.
  ///
  /// - Parameter work: of a window and the places in it where a counter is less than at the place before.
  @inline(__always)
  private func slide(
    _ strip: inout Strip, _ selection: Selection, _ plan: SelectorPlan, _ parameters: [Double],
    _ work: (Window, Resets) -> Double?
  ) throws(EvaluationError) {
    let shift = plan.selector.shift
    let (rows, first) = (strip.count, strip)
    var (live, resets): ([Point], [Int]) = ([], [])
    try strip.fill { (filling) throws(EvaluationError) in
      try eachSeries(first, selection, shift, reach: plan.range) { place, all in
        live.removeAll(keepingCapacity: true)
        let hasMarkers = all.contains { $0.v.isNaN && $0.v.isStale }
        if hasMarkers { live.append(contentsOf: all.lazy.filter { !$0.v.isStale }) }
        live.withUnsafeBufferPointer { live in
          let points = hasMarkers ? live : all
          Resets.find(in: points, &resets)
          resets.withUnsafeBufferPointer { resets in
            var (window, whole) = (Slide(), Slide())
            var fallen = Resets(places: resets)
            for row in 0..<rows {
              let time = first.time(row)
              let end = shifted(time, shift)
              let start = end.subtractingSaturating(plan.range)
              window.move(over: points, after: start, through: end)
              if hasMarkers {
                whole.move(over: all, after: start, through: end)
                filling.count(whole.count, in: row)
              } else {
                filling.count(window.count, in: row)
              }
              guard window.count > 0 else { continue }
              fallen.move(to: window)
              let inside = UnsafeBufferPointer(rebasing: points[window.low..<window.high])
              if let value = work(
                Window(points: inside, start: start, end: end, time: time, parameters: parameters), fallen)
              {
                filling.put(value, at: place, in: row)
              }
            }
          }
        }
      }
    }
  }

  /// Calls `each` with all points of every series that a strip can need.
  @inline(__always)
  private func eachSeries(
    _ strip: Strip, _ selection: Selection, _ shift: TimeShift, reach: Int64,
    _ each: (_ place: Int, UnsafeBufferPointer<Point>) -> Void
  ) throws(EvaluationError) {
    let after = shifted(strip.time(0), shift).subtractingSaturating(reach)
    let through = shifted(strip.time(strip.count - 1), shift)
    var scratch = takePoints()
    defer { keep(scratch) }
    for (place, id) in selection.ids.enumerated() {
      try checkCancelled()
      store.withPoints(of: id, after: after, through: through, scratch: &scratch) { points in
        if !points.isEmpty { each(place, points) }
      }
    }
  }
}

/// Which points lie in a window whose ends only ever move on.
private struct Slide {
  private(set) var low = 0
  private(set) var high = 0

  var count: Int { high &- low }

  /// Those in (after, through].
  @inline(__always)
  mutating func move(over points: UnsafeBufferPointer<Point>, after: Int64, through: Int64) {
    while high < points.count, points[high].t <= through { high &+= 1 }
    while low < high, points[low].t <= after { low &+= 1 }
  }
}

/// Where a counter fell within a window that moves on: a rate then need not look at every point.
struct Resets {
  /// Of all points of the series.
  private let places: UnsafeBufferPointer<Int>
  private var next = 0
  private var end = 0
  private var low = 0

  fileprivate init(places: UnsafeBufferPointer<Int>) { self.places = places }

  fileprivate static func find(in points: UnsafeBufferPointer<Point>, _ places: inout [Int]) {
    places.removeAll(keepingCapacity: true)
    for place in points.indices.dropFirst() where points[place].v < points[place &- 1].v {
      places.append(place)
    }
  }

  @inline(__always)
  fileprivate mutating func move(to window: Slide) {
    low = window.low
    while end < places.count, places[end] < window.high { end &+= 1 }
    while next < end, places[next] <= low { next &+= 1 }
  }

  /// Calls `body` with the place of each fall in the window, oldest first.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for index in next..<end { body(places[index] &- low) }
  }
}

/// What is known of a function over ranges.
enum WindowKind: Sendable {
  /// The increase of a counter, or how fast it is.
  case counter(perSecond: Bool)
  case other

  init(_ function: Function) {
    switch function.name {
    case "rate": self = .counter(perSecond: true)
    case "increase": self = .counter(perSecond: false)
    default: self = .other
    }
  }
}
