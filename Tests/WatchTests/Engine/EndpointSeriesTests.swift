import Metrics
import Probes
import Testing
import Values
import Wire

@testable import Watch

/// A page judged by one who remembers must leave in the store what one who does not would leave.
struct EndpointSeriesTests {
  private static let endpoint = Endpoint(name: "api", kind: .scrape, target: "http://10.0.0.5:80/metrics")
  private static let pages = [
    "a 1\nb{x=\"1\"} 2\n", "a 2\nb{x=\"1\"} 3\n", "b{x=\"1\"} 4\nc 1\n", "bad bad\n",
    "a 5\nb{x=\"1\"} 6\nc 7\n",
    "a 5 1000\nc 8\n", "a 6\nc 9\n",
    // One series written in several ways, and then in another.
    "a{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\nc 1\nc 2\n",
    "a{x=\"1\",y=\"2\"} 3\na{y=\"2\",x=\"1\"} 4\nc 3\nc 4\n",
    "a{y=\"2\",x=\"1\"} 5\nc 5\n", "c 6\nc 6\n",
  ]

  private func outcome(_ page: String) -> Outcome {
    .success(
      Response(
        status: 200, headers: [Header("Content-Type", "text/plain")], body: Array(page.utf8)))
  }

  private func contents(_ store: Store) -> [String] {
    store.select([]).map { id in
      let points = store.samples(id, after: .min, through: .max).map { point in
        "\(point.t):\(point.v.isStale ? "stale" : point.v.decimalText)"
      }
      return "\(store.labels(of: id) ?? .empty) \(points)"
    }.filter { !$0.contains("scrape_series_added") }.sorted()
  }

  @Test func memoryChangesNothingInTheStore() {
    var (plain, paged) = (Store(), Store())
    var (a, b) = (EndpointSeries(), EndpointSeries())
    var memory = ProbeMemory(generation: 1 << 40)
    for (round, page) in Self.pages.enumerated() {
      let at = Instant(milliseconds: Int64(round + 1) * 10_000)
      a.take(Self.endpoint.judge(outcome(page), at: at), target: Self.endpoint.targetLabels, in: &plain)
      let observation = Self.endpoint.judge(outcome(page), at: at, with: &memory)
      b.take(observation, target: Self.endpoint.targetLabels, in: &paged)
      #expect(contents(plain) == contents(paged))
    }
    #expect(contents(paged).contains { $0.hasPrefix("b{") && $0.contains("stale") })
  }

  @Test func seriesThatWereDroppedForTheirAgeAreMadeAgain() {
    let endpoint = Endpoint(name: "api", kind: .http, target: "http://10.0.0.5:80/")
    var (store, fresh) = (Store(), Store())
    var series = EndpointSeries()
    for round in 1...3 {
      let at = Instant(milliseconds: Int64(round) * 10_000)
      series.take(endpoint.judge(outcome("fine"), at: at), target: endpoint.targetLabels, in: &store)
    }
    store.trim(before: 1_000_000)
    #expect(contents(store).isEmpty)
    let late = endpoint.judge(outcome("fine"), at: Instant(milliseconds: 2_000_000))
    series.take(late, target: endpoint.targetLabels, in: &store)
    var other = EndpointSeries()
    other.take(late, target: endpoint.targetLabels, in: &fresh)
    #expect(contents(store) == contents(fresh) && !contents(fresh).isEmpty)
  }

  @Test func aReaderWhoMissedAPageCatchesUp() {
    var store = Store()
    var series = EndpointSeries()
    var memory = ProbeMemory(generation: 1 << 40)
    for (round, page) in Self.pages.enumerated() {
      let at = Instant(milliseconds: Int64(round + 1) * 10_000)
      let observation = Self.endpoint.judge(outcome(page), at: at, with: &memory)
      guard round == 4 else { continue }
      series.take(observation, target: Self.endpoint.targetLabels, in: &store)
    }
    let target = Self.endpoint.targetLabels
    for (name, value) in [("a", 5.0), ("c", 7)] {
      let id = store.seriesID(for: Labels(target.pairs.map { ($0.name, $0.value) } + [(.metricName, name)]))
      #expect(id.flatMap { store.last(of: $0) }?.v == value)
    }
  }
}
