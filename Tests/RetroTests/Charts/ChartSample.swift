import Foundation
import Retro
import TestSupport
import Values

/// Charts with everything that one can have, by formula.
enum ChartSample {
  static let start = Instant(rfc3339: "2026-11-22T02:35:33Z") ?? Instant(milliseconds: 0)

  static func at(_ seconds: Int64) -> Instant { start + .seconds(seconds) }

  /// A rise over a threshold, one gap, firing, and events.
  static let errors = SeriesChart(
    title: "PackErrorRatePage", unit: .ratio, from: start, until: at(4500),
    lines: [
      .init(
        name: "pack_errors:ratio5m",
        points: (0...300).map { index in
          let seconds = Double(index * 15)
          let rise = 1 / (1 + exp(-(seconds - 1900) / 90)) - 1 / (1 + exp(-(seconds - 3600) / 120))
          let wave = 0.002 * sin(seconds / 40)
          return .init(
            at(Int64(index * 15)), (2600..<2800).contains(index * 15) ? nil : 0.004 + 0.067 * rise + abs(wave)
          )
        })
    ],
    thresholds: [.init(name: "PackErrorRatePage ≥ 5%", value: 0.05)],
    firing: [.init(name: "PackErrorRatePage", from: at(2040), until: at(3540))],
    marks: [
      .init(name: "declared S1", at: at(2070)),
      .init(name: "Flip NEXT_PUBLIC_ENABLE_PACK_PURCHASE done", at: at(2600)),
      .init(name: "update to Customers", at: at(2610)), .init(name: "Monitoring", at: at(3600)),
    ])

  /// Three lines, of which one is missing for a while, and one threshold.
  static let latencies = SeriesChart(
    title: "Latency by phase", unit: .seconds, from: start, until: at(4500),
    lines: ["connect", "processing", "transfer"].enumerated().map { number, name in
      .init(
        name: "probe_http_duration_seconds{phase=\"\(name)\"}",
        points: (0...150).map { index in
          let wave = sin(Double(index) / Double(9 + number * 7))
          return .init(
            at(Int64(index * 30)), number == 2 && index < 40 ? nil : 0.08 + 0.1 * Double(number) + 0.03 * wave
          )
        })
    },
    thresholds: [.init(name: "SlowPage > 0.4", value: 0.4)])
}

extension ChartSample {
  static let empty = SeriesChart(title: "Nothing", from: start, until: start, lines: [])

  /// Always 1, but in `gap`.
  static func flat(gap: Range<Int64>) -> SeriesChart {
    let points = (0...150).map { index -> SeriesChart.Point in
      let seconds = Int64(index * 30)
      return .init(at(seconds), gap.contains(seconds) ? nil : 1)
    }
    return SeriesChart(
      title: "Flat", from: start, until: at(4500), lines: [.init(name: "flat", points: points)])
  }

  /// Anything that can be said of a chart, ends of the number line and reversed times among it.
  static func random(using random: inout SplitMix64) -> SeriesChart {
    let ends: [Double?] = [
      nil, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
      .leastNonzeroMagnitude, 0, -0.0,
      1, 1e9,
    ]
    func value() -> Double? {
      Bool.random(using: &random)
        ? Double.random(in: -10...1000, using: &random) : ends.randomElement(using: &random) ?? nil
    }
    func instant() -> Instant {
      [Instant(milliseconds: .max), Instant(milliseconds: .min)].filter { _ in
        Int.random(in: 0..<30, using: &random) == 0
      }.first ?? at(Int64.random(in: -3000...9000, using: &random))
    }
    let names = [
      "a", "\u{1B}[31mred", "x\u{202E}y", "</svg><script>alert(1)</script>", "\"'&<", "long ".repeated(200),
    ]
    func name() -> String { names.randomElement(using: &random) ?? "" }
    func some<T>(_ most: Int, _ make: () -> T) -> [T] {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in make() }
    }
    let lines = some(12) {
      SeriesChart.Line(
        name: name(), points: some(400) { SeriesChart.Point(instant(), value()) }.sorted { $0.at < $1.at })
    }
    return SeriesChart(
      title: name(), unit: Figure.Unit.allCases.randomElement(using: &random) ?? .none, from: instant(),
      until: instant(), lines: lines,
      thresholds: some(4) { .init(name: name(), value: (value() ?? 3)) },
      firing: some(4) {
        .init(name: name(), from: instant(), until: Bool.random(using: &random) ? instant() : nil)
      },
      marks: some(40) { .init(name: name(), at: instant()) })
  }
}

extension String {
  func repeated(_ times: Int) -> String { String(repeating: self, count: times) }
}
