/// Lines over time with thresholds, axes and marks for what happened.
package struct LineChart: Hashable, Sendable {
  package struct Sample: Hashable, Sendable {
    /// Seconds.
    package let time: Double
    /// Nil, and NaN, break the line.
    package let value: Double?

    package init(time: Double, value: Double?) {
      self.time = time
      self.value = value
    }
  }

  package struct Series: Hashable, Sendable {
    package var samples: [Sample]
    package var slot: Slot

    /// - Parameter samples: in the order of time.
    package init(_ samples: [Sample], slot: Slot = .chart0) {
      self.samples = samples
      self.slot = slot
    }
  }

  package struct Threshold: Hashable, Sendable {
    package var value: Double
    /// Shown at the right end of its line: `page ≥ 5%`.
    package var label: String
    package var slot: Slot

    package init(_ value: Double, label: String = "", slot: Slot = .threshold) {
      self.value = value
      self.label = label
      self.slot = slot
    }
  }

  /// Something that happened, on the axis of time: `▲pending`.
  package struct Mark: Hashable, Sendable {
    package var time: Double
    package var label: String
    package var style: Style

    package init(time: Double, label: String, style: Style = .text) {
      self.time = time
      self.label = label
      self.style = style
    }
  }

  package var series: [Series]
  package var thresholds: [Threshold]
  package var marks: [Mark]
  /// The span of time shown, in seconds.
  package var times: ClosedRange<Double>
  /// The values shown; nil: from 0, or the smallest when negative, to the largest value or threshold.
  package var values: ClosedRange<Double>?

  package init(
    _ series: [Series], times: ClosedRange<Double>, values: ClosedRange<Double>? = nil,
    thresholds: [Threshold] = [], marks: [Mark] = []
  ) {
    self.series = series
    self.thresholds = thresholds
    self.marks = marks
    self.times = times
    self.values = values
  }

  /// What the bottom and the top of the chart stand for.
  package var shownValues: ClosedRange<Double> {
    if let values { return values }
    var all = thresholds.map(\.value)
    for line in series { all += line.samples.filter { times.contains($0.time) }.compactMap(\.value) }
    all = all.filter(\.isFinite)
    let low = min(0, all.min() ?? 0)
    let high = max(low, all.max() ?? 0)
    return low...(high > low ? high + (high - low) * 0.05 : low + 1)
  }
}
