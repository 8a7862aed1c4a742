/// Prometheus' text format, version 0.0.4, as a well-behaved exporter writes it: families and series sorted.
enum Exposition {
  static func text(
    counters: [SeriesName: Double], gauges: [SeriesName: Double], histograms: [SeriesName: Histogram]
  ) -> String {
    var families: [(metric: String, type: String, lines: [String])] = []
    func add(_ name: SeriesName, _ type: String, _ lines: [String]) {
      if families.last?.metric == name.metric, let last = families.indices.last {
        families[last].lines += lines
      } else {
        families.append((name.metric, type, lines))
      }
    }
    for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
      add(name, "counter", ["\(name.text()) \(number(value))"])
    }
    for (name, value) in gauges.sorted(by: { $0.key < $1.key }) {
      add(name, "gauge", ["\(name.text()) \(number(value))"])
    }
    for (name, histogram) in histograms.sorted(by: { $0.key < $1.key }) {
      add(name, "histogram", lines(of: histogram, name))
    }
    return
      families
      .sorted { $0.metric < $1.metric }
      .map { "# TYPE \($0.metric) \($0.type)\n" + $0.lines.map { $0 + "\n" }.joined() }
      .joined()
  }

  private static func lines(of histogram: Histogram, _ name: SeriesName) -> [String] {
    var lines = zip(Histogram.bounds, histogram.buckets).map { bound, count in
      name.text(suffix: "_bucket", adding: .init(name: "le", value: number(bound))) + " \(count)"
    }
    lines.append(
      name.text(suffix: "_bucket", adding: .init(name: "le", value: "+Inf")) + " \(histogram.count)")
    lines.append("\(name.text(suffix: "_sum")) \(number((histogram.sum * 1e6).rounded() / 1e6))")
    lines.append("\(name.text(suffix: "_count")) \(histogram.count)")
    return lines
  }

  /// Shortest form that reads back the same; whole numbers without a point.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if let whole = Int64(exactly: value), abs(value) < 1e15 { return String(whole) }
    return "\(value)"
  }
}
