import Metrics

extension Evaluation {
  /// Vectors of smoothed selectors: the value at a time between two samples lies on the line between them; behind the
  /// last sample it stays within the lookback. Nothing is known before the first one.
  func smoothedPoints(
    of selector: Selector, at time: Int64, _ each: (Selection.Found, Point) -> Void
  ) throws(EvaluationError) {
    let at = shifted(time, selector.shift)
    let until = at.addingSaturating(options.lookback)
    let series = selection(of: selector).series
    try count(series.count)
    var points: [Point] = []
    for found in series {
      points.removeAll(keepingCapacity: true)
      store.read(found.id, after: at.subtractingSaturating(options.lookback), through: until, into: &points)
      let next = points.first { $0.t > at && !$0.v.isStale }
      guard let last = points.last(where: { $0.t <= at }), !last.v.isStale else { continue }
      if last.t == at || next == nil {
        each(found, Point(t: at, v: last.v))
      } else if let next {
        each(found, Point(t: at, v: Window.interpolated(last, next, at: at, counter: false)))
      }
    }
  }

  /// Refuses functions that do not know what to do with samples beside the range.
  func checkExtent(_ call: Call, _ matrix: Expr) throws(EvaluationError) {
    guard case .range(let range) = matrix.unwrapped, range.selector.extent != .plain else { return }
    let extent = range.selector.extent
    guard !Window.extents(of: call.function.name).contains(extent) else { return }
    let known = Function.all.map(\.name).filter { Window.extents(of: $0).contains(extent) }
    throw EvaluationError(
      "\(extent.rawValue) modifier can only be used with: \(known.joined(separator: ", "))"
        + " - not with \(call.function.name)", at: call.place)
  }
}
