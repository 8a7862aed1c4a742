import Metrics
import Testing

/// Some series are kept for longer than others.
struct KeepingTests {
  private let short = Labels([.metricName: "requests"])
  private let long = Labels([.metricName: "slo:total:rate"])

  private func points(_ store: Store, _ labels: Labels) -> Int {
    store.seriesID(for: labels).map { store.samples($0, after: .min, through: .max).count } ?? 0
  }

  @Test func aSeriesWithItsOwnLimitOutlivesTheOthers() throws {
    var store = Store()
    for second in 0..<20_000 {
      store.append(short, t: Int64(second) * 1000, v: Double(second % 7))
      store.append(long, t: Int64(second) * 1000, v: Double(second % 5))
      guard second % 60 == 0 else { continue }
      let kept = try #require(store.seriesID(for: long))
      let now = Int64(second) * 1000
      store.trim(before: now - 3_600_000, keeping: [kept: now - 15_000_000])
    }
    // By whole chunks, so a little more than asked.
    #expect((3600..<4200).contains(points(store, short)))
    #expect((15_000..<15_600).contains(points(store, long)))
  }
}
