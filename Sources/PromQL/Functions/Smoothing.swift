import Metrics

extension Evaluation {
  /// Vectors of smoothed selectors: the value at a time between two samples lies on the line between them; behind the
  /// last sample it stays within the lookback. Nothing is known before the first one.
  func smoothedPoints(of plan: SelectorPlan, at time: Int64, _ value: (Point) -> Double)
    throws(EvaluationError) -> Vector
  {
    let at = shifted(time, plan.selector.shift)
    let until = at.addingSaturating(options.lookback)
    let selection = selection(of: plan)
    try count(selection.ids.count)
    var points: [Point] = []
    var values: [Double] = []
    var places: [Int32] = []
    for (place, id) in selection.ids.enumerated() {
      points.removeAll(keepingCapacity: true)
      store.read(id, after: at.subtractingSaturating(options.lookback), through: until, into: &points)
      let next = points.first { $0.t > at && !$0.v.isStale }
      guard let last = points.last(where: { $0.t <= at }), !last.v.isStale else { continue }
      var point = Point(t: at, v: last.v)
      if last.t != at, let next { point.v = Window.interpolated(last, next, at: at, counter: false) }
      values.append(value(point))
      places.append(Int32(truncatingIfNeeded: place))
    }
    return Vector(selection.shape, values, at: places, isSorted: true)
  }

  /// Refuses functions that do not know what to do with samples beside the range.
  func checkExtent(_ call: CallPlan, _ matrix: Plan) throws(EvaluationError) {
    guard case .range(let range) = matrix.work, range.selector.extent != .plain else { return }
    let extent = range.selector.extent
    guard !Window.extents(of: call.function.name).contains(extent) else { return }
    let known = Function.all.map(\.name).filter { Window.extents(of: $0).contains(extent) }
    throw EvaluationError(
      "\(extent.rawValue) modifier can only be used with: \(known.joined(separator: ", "))"
        + " - not with \(call.function.name)", at: call.place)
  }
}
