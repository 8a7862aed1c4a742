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

  private func store(_ points: [Point]) -> Store {
    var store = Store()
    store.load([(labels, points)])
    return store
  }

  @Test func whatWasSavedComesBack() throws {
    let folder = try TestFolder()
    let database = try SampleStore(StateFolder(folder.path))
    var writer = SavedSamples.Writer(database)
    let first = points([0, -1.5, .infinity, 1e300])
    let saved = SavedSystem(store: store(first), alerts: [alert("A"), alert("B")])
    try writer.save(saved, of: "shop", at: now + .seconds(5))
    let later = [Point(t: now.milliseconds + 60_000, v: 7)]
    try writer.save(
      SavedSystem(store: store(first + later), alerts: [alert("B")]), of: "shop", at: now + .minutes(1))
    let loaded = try SavedSamples.load("shop", from: SampleStore(StateFolder(folder.path)))
    #expect(loaded.points(of: labels) == first + later)
    #expect(loaded.store.seriesCount == 1)
    #expect(loaded.alerts == [alert("B")], "pending timers are those of the last time")
    #expect(try SavedSamples.load("other", from: database).store.seriesCount == 0)
  }

  @Test func anEngineThatWasRestartedGoesOnWhereTheOneBeforeEnded() throws {
    let folder = try TestFolder()
    let database = try SampleStore(StateFolder(folder.path))
    var first = SavedSamples.Writer(database)
    try first.save(SavedSystem(store: store(points([1, 2]))), of: "shop", at: now + .seconds(5))
    var loaded = try SavedSamples.load("shop", from: database).store
    var second = SavedSamples.Writer(database)
    second.adopt(loaded, of: "shop", at: now + .seconds(20))
    loaded.append(labels, t: now.milliseconds + 30_000, v: 3)
    try second.save(SavedSystem(store: loaded), of: "shop", at: now + .seconds(60))
    var sizes: [Int] = []
    try database.readChunks(of: "shop", named: "samples/", since: now) { sizes.append($0.bytes.count) }
    #expect(sizes.count == 2 && sizes[1] < sizes[0], "only what is new: \(sizes)")
    let again = try SavedSamples.load("shop", from: database)
    #expect(again.points(of: labels).map(\.v) == [1, 2, 3])
  }

  @Test func anAnswerThatCameLateIsSavedTheNextTime() throws {
    let folder = try TestFolder()
    let database = try SampleStore(StateFolder(folder.path))
    var writer = SavedSamples.Writer(database)
    var samples = store(points([1]))
    try writer.save(SavedSystem(store: samples), of: "shop", at: now + .seconds(5))
    // Its request began before that save.
    samples.append(labels, t: now.milliseconds + 4_000, v: 2)
    try writer.save(SavedSystem(store: samples), of: "shop", at: now + .seconds(65))
    let loaded = try SavedSamples.load("shop", from: database)
    #expect(loaded.points(of: labels).map(\.v) == [1, 2])
  }

  @Test func aClockThatWasSetBackLosesNoNewSamples() throws {
    let folder = try TestFolder()
    let database = try SampleStore(StateFolder(folder.path))
    var writer = SavedSamples.Writer(database)
    try writer.save(SavedSystem(store: store(points([1, 2]))), of: "shop", at: now + .seconds(5))
    let back = now - .hours(1)
    let samples = store([Point(t: back.milliseconds, v: 7)])
    try writer.save(SavedSystem(store: samples), of: "shop", at: back + .seconds(5))
    let loaded = try SavedSamples.load("shop", from: database)
    #expect(loaded.points(of: labels).map(\.v) == [7, 1, 2], "those ahead are for the engine to forget")
  }

  @Test func aStaleMarkerStaysOne() throws {
    let folder = try TestFolder()
    let database = try SampleStore(StateFolder(folder.path))
    let bits: UInt64 = 0x7FF0_0000_0000_0002
    var writer = SavedSamples.Writer(database)
    try writer.save(
      SavedSystem(store: store(points([1, Double(bitPattern: bits)]))), of: "shop", at: now + .seconds(5))
    let loaded = try SavedSamples.load("shop", from: database)
    #expect(loaded.points(of: labels).last?.v.bitPattern == bits)
  }

  @Test func whatNoRuleCanReachIsDeleted() throws {
    let folder = try TestFolder()
    let database = try SampleStore(StateFolder(folder.path))
    var writer = SavedSamples.Writer(database)
    try writer.save(SavedSystem(store: store(points([1]))), of: "shop", at: now)
    try writer.save(SavedSystem(), of: "shop", at: now + .minutes(61))
    #expect(try SavedSamples.load("shop", from: database).store.seriesCount == 0)
  }
}

extension SavedSystem {
  fileprivate func points(of labels: Labels) -> [Point] {
    store.seriesID(for: labels).map { store.samples($0, after: .min, through: .max) } ?? []
  }
}
