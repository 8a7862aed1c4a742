import Glibc
import Values

/// Every function, one line each.
extension Function {
  static let registry: [Function] = windows + mathematics + choices + dates + shapes + refused

  private static let windows: [Function] = [
    Function("rate", [.matrix], .window { $0.difference(counter: true, perSecond: true) }),
    Function("increase", [.matrix], .window { $0.difference(counter: true, perSecond: false) }),
    Function("delta", [.matrix], .window { $0.difference(counter: false, perSecond: false) }),
    Function("irate", [.matrix], .window { $0.lastStep(perSecond: true) }),
    Function("idelta", [.matrix], .window { $0.lastStep(perSecond: false) }),
    Function("deriv", [.matrix], .window { $0.slope }),
    Function("predict_linear", [.matrix, .scalar], .window { $0.predicted(after: $0.parameter) }),
    Function("changes", [.matrix], .window { $0.extent == .plain ? $0.changes : $0.fromAnchor?.changes }),
    Function("resets", [.matrix], .window { $0.extent == .plain ? $0.resets : $0.fromAnchor?.resets }),
    Function("avg_over_time", [.matrix], .window { $0.average }),
    Function("sum_over_time", [.matrix], .window { $0.sum }),
    Function("min_over_time", [.matrix], .window { $0.minimum }),
    Function("max_over_time", [.matrix], .window { $0.maximum }),
    Function("count_over_time", [.matrix], .window { Double($0.points.count) }),
    Function("last_over_time", [.matrix], .window(keepsName: true) { $0.points.last?.v }),
    Function("first_over_time", [.matrix], .window(keepsName: true) { $0.points.first?.v }),
    Function("present_over_time", [.matrix], .window { _ in 1 }),
    Function("stddev_over_time", [.matrix], .window { $0.variance.squareRoot() }),
    Function("stdvar_over_time", [.matrix], .window { $0.variance }),
    Function("quantile_over_time", [.scalar, .matrix], .window { quantile($0.parameter, of: $0.values) }),
    Function("mad_over_time", [.matrix], experimental: true, .window { $0.medianDeviation }),
    Function(
      "double_exponential_smoothing", [.matrix, .scalar, .scalar], experimental: true,
      .window { $0.smoothed(by: $0.parameter, trend: $0.secondParameter) }),
    Function(
      "ts_of_first_over_time", [.matrix], experimental: true, .window { $0.time(of: $0.points.first) }),
    Function("ts_of_last_over_time", [.matrix], experimental: true, .window { $0.time(of: $0.points.last) }),
    Function("ts_of_min_over_time", [.matrix], experimental: true, .window { $0.timeOfExtreme { $0 <= $1 } }),
    Function("ts_of_max_over_time", [.matrix], experimental: true, .window { $0.timeOfExtreme { $0 >= $1 } }),
  ]

  private static let mathematics: [Function] = [
    Function("abs", [.vector], .each { Swift.abs($0) }),
    Function("ceil", [.vector], .each { $0.rounded(.up) }),
    Function("floor", [.vector], .each { $0.rounded(.down) }),
    Function("exp", [.vector], .each { exp($0) }),
    Function("ln", [.vector], .each { log($0) }),
    Function("log2", [.vector], .each { log2($0) }),
    Function("log10", [.vector], .each { log10($0) }),
    Function("sqrt", [.vector], .each { $0.squareRoot() }),
    Function("sgn", [.vector], .each { $0 < 0 ? -1 : $0 > 0 ? 1 : $0 }),
    Function("sin", [.vector], .each { sin($0) }),
    Function("cos", [.vector], .each { cos($0) }),
    Function("tan", [.vector], .each { tan($0) }),
    Function("asin", [.vector], .each { asin($0) }),
    Function("acos", [.vector], .each { acos($0) }),
    Function("atan", [.vector], .each { atan($0) }),
    Function("sinh", [.vector], .each { sinh($0) }),
    Function("cosh", [.vector], .each { cosh($0) }),
    Function("tanh", [.vector], .each { tanh($0) }),
    Function("asinh", [.vector], .each { asinh($0) }),
    Function("acosh", [.vector], .each { acosh($0) }),
    Function("atanh", [.vector], .each { atanh($0) }),
    Function("deg", [.vector], .each { $0 * 180 / .pi }),
    Function("rad", [.vector], .each { $0 * .pi / 180 }),
    Function("round", [.vector, .scalar], optional: 1, .eachWith { rounded($0, to: $1.first ?? 1) }),
    Function("clamp", [.vector, .scalar, .scalar], .eachWith { clamped($0, $1) }),
    Function("clamp_min", [.vector, .scalar], .eachWith { larger($0, $1.first ?? .nan) }),
    Function("clamp_max", [.vector, .scalar], .eachWith { smaller($0, $1.first ?? .nan) }),
    Function("pi", [], returns: .scalar, .number { _, _, _ in .pi }),
  ]

  private static let choices: [Function] = [
    Function("min_of", [.scalar, .scalar], returns: .scalar, experimental: true, .number(leastOf)),
    Function("max_of", [.scalar, .scalar], returns: .scalar, experimental: true, .number(greatestOf)),
    Function(
      "histogram_quantiles", [.vector, .string, .scalar], optional: -1, experimental: true,
      .elements(histogramQuantiles)),
  ]

  private static let dates: [Function] = [
    Function("time", [], returns: .scalar, .number { _, _, time in Double(time) / 1000 }),
    Function(
      "start", [], returns: .scalar, experimental: true, .number { query, _, _ in Double(query.start) / 1000 }
    ),
    Function(
      "end", [], returns: .scalar, experimental: true, .number { query, _, _ in Double(query.end) / 1000 }),
    Function(
      "step", [], returns: .scalar, experimental: true, .number { query, _, _ in Double(query.step) / 1000 }),
    Function(
      "range", [], returns: .scalar, experimental: true,
      .number { query, _, _ in Window.seconds(from: query.start, to: query.end) }),
    Function("timestamp", [.vector], .vector(timestamp)),
    Function("start_timestamp", [.vector], experimental: true, .vector(startTimestamp)),
    Function("minute", [.vector], optional: 1, .date { time, _ in time.minute }),
    Function("hour", [.vector], optional: 1, .date { time, _ in time.hour }),
    Function("day_of_week", [.vector], optional: 1, .date { time, _ in (time.daysSinceEpoch + 4) % 7 }),
    Function("day_of_month", [.vector], optional: 1, .date { time, _ in time.day }),
    Function("day_of_year", [.vector], optional: 1, .date { time, _ in time.dayOfYear }),
    Function(
      "days_in_month", [.vector], optional: 1,
      .date { time, _ in CivilTime.days(inMonth: time.month, ofYear: time.year) }),
    Function("month", [.vector], optional: 1, .date { time, _ in time.month }),
    Function("year", [.vector], optional: 1, .date { $0.year + $1 }),
  ]

  private static let shapes: [Function] = [
    Function("info", [.vector, .vector], optional: 1, experimental: true, .elements(info)),
    Function("absent", [.vector], .vector(absent)),
    Function("absent_over_time", [.matrix], .vector(absentOverTime)),
    Function("scalar", [.vector], returns: .scalar, .number(scalar)),
    Function("vector", [.scalar], .vector(vector)),
    Function("sort", [.vector], .vector(sort)),
    Function("sort_desc", [.vector], .vector(sortDescending)),
    Function("sort_by_label", [.vector, .string], optional: -1, experimental: true, .elements(sortByLabel)),
    Function(
      "sort_by_label_desc", [.vector, .string], optional: -1, experimental: true,
      .elements(sortByLabelDescending)),
    Function("label_replace", [.vector, .string, .string, .string, .string], .vector(labelReplace)),
    Function("label_join", [.vector, .string, .string, .string], optional: -1, .vector(labelJoin)),
    Function("histogram_quantile", [.scalar, .vector], .vector(histogramQuantile)),
    Function("histogram_fraction", [.scalar, .scalar, .vector], .vector(histogramFraction)),
  ]

  private static let refused: [Function] = [
    Function("histogram_avg", [.vector], .refused),
    Function("histogram_count", [.vector], .refused),
    Function("histogram_sum", [.vector], .refused),
    Function("histogram_stddev", [.vector], .refused),
    Function("histogram_stdvar", [.vector], .refused),
  ]
}
