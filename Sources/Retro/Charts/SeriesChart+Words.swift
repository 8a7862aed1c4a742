import Values

/// What a chart shows, in words: for its legend, and for who does not see it.
extension SeriesChart {
  /// More lines than this cannot be told apart; the first ones are drawn and the rest is said.
  static let maximumLines = 8
  /// Events with a letter each.
  static let maximumMarks = 26

  /// `a` to `z`.
  static func letter(_ index: Int) -> String {
    Unicode.Scalar(UInt32(97 + index % 26)).map { String($0) } ?? "?"
  }

  /// A time of day; with its date where the chart is of more than one day.
  func clock(_ instant: Instant) -> String {
    let days = [from, until].map { $0.dateClockUTC.prefix { $0 != " " } }
    return days[0] == days[1] ? instant.clockUTC : instant.dateClockUTC
  }

  var timesInWords: String { "\(from.dateClockUTC) to \(until.dateClockUTC)" }

  /// `5.2% to 7.1%`, `231`, `no data`.
  func range(of line: Line) -> String {
    var low: Double?
    var high: Double?
    for point in line.points where point.at >= from && point.at <= until {
      guard let value = point.value, !value.isNaN else { continue }
      low = min(low ?? value, value)
      high = max(high ?? value, value)
    }
    guard let low, let high else { return "no data" }
    return extent(low, high)
  }

  /// `5.2% to 7.1%`, or one figure where both are alike.
  func extent(_ low: Double, _ high: Double) -> String {
    let ends = [low, high].map { Figure($0, unit: unit).description }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  func words(_ line: Line) -> String { "\(line.name): \(range(of: line))" }

  func words(_ threshold: Threshold) -> String {
    let figure = Figure(threshold.value, unit: unit).description
    return threshold.name.isEmpty ? figure : "\(threshold.name) (at \(figure))"
  }

  func words(_ firing: Firing) -> String {
    let end = firing.until.map { "to \(clock($0))" } ?? "on, not over at the end"
    return "\(firing.name) fired from \(clock(firing.from)) \(end)"
  }

  func words(_ mark: Mark) -> String { "\(clock(mark.at)) \(mark.name)" }

  /// Whole sentences, raw text of others within them.
  package var description: String {
    var sentences = ["\(title), \(timesInWords)."]
    if !remark.isEmpty { sentences.append(remark) }
    if lines.isEmpty { sentences.append("No series was kept.") }
    sentences += lines.map { words($0) + "." }
    sentences += thresholds.map { "Threshold: \(words($0))." }
    sentences += firing.map { words($0) + "." }
    sentences += marks.map { "Event: \(words($0))." }
    return sentences.joined(separator: " ")
  }

  /// Firing within the chart's times, as shares of them; one still firing lasts to the end.
  func firingShares(_ scale: ChartScale) -> [(from: Double, until: Double)] {
    firing.compactMap { one in
      let end = one.until ?? until
      guard end >= from, one.from <= until, end >= one.from else { return nil }
      return (scale.along(one.from), scale.along(end))
    }
  }

  /// The events that are drawn: the first within the chart's times.
  var shownMarks: [Mark] {
    Array(marks.filter { $0.at >= from && $0.at <= until }.prefix(Self.maximumMarks))
  }

  /// Whole sentences below the chart: its remark, and lines and events beyond what can be told apart.
  var asides: [String] {
    var sentences = remark.isEmpty ? [] : [remark]
    if lines.count > Self.maximumLines {
      sentences.append("\(Self.maximumLines) of \(lines.count) lines are drawn.")
    }
    if shownMarks.count < marks.count {
      sentences.append("\(shownMarks.count) of \(marks.count) events are drawn.")
    }
    return sentences
  }
}
