import Values

/// What the axes of a chart stand for, and where round places on them are.
struct ChartScale {
  struct Tick: Equatable {
    /// 0 is the left or the bottom end, 1 the right or the top.
    var share: Double
    var label: String
  }

  /// In seconds; at least a second.
  let times: ClosedRange<Double>
  let values: ClosedRange<Double>
  private let unit: Figure.Unit

  /// From 0 where the values come near it, so that heights can be compared; else a little around them, so that
  /// what stays between 98% and 100% is more than a flat line. Thresholds are always in sight.
  init(_ chart: SeriesChart) {
    let from = chart.from.seconds
    times = from...max(from + 1, chart.until.seconds)
    unit = chart.unit
    var low = Double.infinity
    var high = -Double.infinity
    func include(_ value: Double) {
      guard value.isFinite else { return }
      low = min(low, value)
      high = max(high, value)
    }
    for threshold in chart.thresholds { include(threshold.value) }
    for line in chart.lines {
      for point in line.points where point.at >= chart.from && point.at <= chart.until {
        if let value = point.value { include(value) }
      }
    }
    values = Self.around(low, high)
  }

  private static func around(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    guard low <= high else { return 0...1 }
    let span = high - low
    let isFarFromZero = low > 0 && span < low / 4 || high < 0 && span < -high / 4
    let room = span > 0 ? span / 20 : max(abs(high) / 20, 1e-9)
    let bottom = isFarFromZero || low < 0 ? low - room : 0
    let top = isFarFromZero || high > 0 ? high + room : 0
    guard (top - bottom).isFinite, bottom < top else { return low == high ? 0...1 : low...high }
    return bottom...top
  }

  /// 0 to 1, also for what lies outside.
  func along(_ instant: Instant) -> Double { along(instant.seconds) }

  private func along(_ seconds: Double) -> Double {
    Scale(low: times.lowerBound, high: times.upperBound).share(of: seconds) ?? 0
  }

  /// 0 to 1, infinities at the ends; nil for NaN.
  func up(_ value: Double) -> Double? {
    Scale(low: values.lowerBound, high: values.upperBound).share(of: value)
  }

  /// Round values with distinct labels, from below.
  func valueTicks(atMost count: Int) -> [Tick] {
    let isLong = unit == .seconds && values.upperBound - values.lowerBound > 120
    let round =
      isLong ? Ticks.seconds(in: values, atMost: count) : Ticks.numbers(in: values, atMost: count)
    var ticks: [Tick] = []
    for value in round {
      // Steps of a tenth do not end where decimals do: 0.30000000000000004 and 1e-17 are 0.3 and 0.
      let label = Figure(abs(value) < (values.upperBound - values.lowerBound) / 1e6 ? 0 : value, unit: unit)
      guard let share = up(value), ticks.last?.label != label.description else { continue }
      ticks.append(Tick(share: share, label: label.description))
    }
    return ticks
  }

  /// Round times of UTC: `03:05Z`, a date at midnight.
  func timeTicks(atMost count: Int) -> [Tick] {
    let seconds = Ticks.seconds(in: times, atMost: count)
    let areFine = seconds.contains { $0.truncatingRemainder(dividingBy: 60) != 0 }
    let areYears = times.upperBound - times.lowerBound > 300 * 86_400
    return seconds.map { second in
      let at = Instant(seconds: second)
      let isMidnight = second.truncatingRemainder(dividingBy: 86_400) == 0
      let date = String(at.dateClockUTC.prefix { $0 != " " })
      let label =
        isMidnight ? (areYears ? date : String(date.suffix(5))) : areFine ? at.clockUTC : at.minuteUTC
      return Tick(share: along(second), label: label)
    }
  }
}
