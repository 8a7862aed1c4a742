import Alerting
import Host
import Journal
import Metrics
import Testing
import Values
import Watch

@Suite struct SavedSamplesTests {
  private let now = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)
  private let labels = Labels(["__name__": "queue_depth", "camelCase_odd": "a\"\\\n☃"])

  private func points(_ values: [Double]) -> [Point] {
    values.enumerated().map { Point(t: now.milliseconds + Int64($0) * 1000, v: $1) }
  }

  private func alert(_ rule: String) -> PersistedAlert {
    PersistedAlert(
      group: "g", rule: rule, labels: labels, state: .pending, activeAt: now, value: .infinity,
      annotations: ["summary": "s"], savedAt: now)
  }

  @Test func whatWasSavedComesBack() throws {
    let folder = try TestFolder()
    let store = try SampleStore(StateFolder(folder.path))
    let first = points([0, -1.5, .infinity, 1e300])
    let saved = SavedSystem(series: [(labels, first)], alerts: [alert("A"), alert("B")])
    try SavedSamples.save(saved, of: "shop", to: store, since: now, at: now + .seconds(5))
    let later = [Point(t: now.milliseconds + 60_000, v: 7)]
    try SavedSamples.save(
      SavedSystem(series: [(labels, later)], alerts: [alert("B")]), of: "shop", to: store,
      since: now + .seconds(5),
      at: now + .minutes(1))
    let loaded = try SavedSamples.load(
      "shop", from: SampleStore(StateFolder(folder.path)), at: now + .minutes(2))
    #expect(loaded.series.map(\.0) == [labels])
    #expect(loaded.series.first?.1 == first + later)
    #expect(loaded.alerts == [alert("B")], "pending timers are those of the last time")
    #expect(try SavedSamples.load("other", from: store, at: now).series.isEmpty)
  }

  @Test func aStaleMarkerStaysOne() throws {
    let folder = try TestFolder()
    let store = try SampleStore(StateFolder(folder.path))
    let bits: UInt64 = 0x7FF0_0000_0000_0002
    try SavedSamples.save(
      SavedSystem(series: [(labels, points([1, Double(bitPattern: bits)]))]), of: "shop", to: store,
      since: now,
      at: now + .seconds(5))
    let loaded = try SavedSamples.load("shop", from: store, at: now + .seconds(6))
    #expect(loaded.series.first?.1.last?.v.bitPattern == bits)
  }

  @Test func whatNoRuleCanReachIsDeleted() throws {
    let folder = try TestFolder()
    let store = try SampleStore(StateFolder(folder.path))
    try SavedSamples.save(
      SavedSystem(series: [(labels, points([1]))]), of: "shop", to: store, since: now, at: now)
    try SavedSamples.save(
      SavedSystem(), of: "shop", to: store, since: now, at: now + SavedSamples.kept + .minutes(1))
    #expect(try SavedSamples.load("shop", from: store, at: now).series.isEmpty)
  }
}
