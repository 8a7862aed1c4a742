import Metrics
import Testing

struct StoreTests {
  private let up = Labels([("__name__", "up"), ("job", "api")])

  @Test func samplesComeBackFromLeftOpenWindows() throws {
    var store = Store()
    for t in 1...1000 { store.append(up, t: Int64(t), v: Double(t)) }
    let id = try #require(store.seriesID(for: up))
    #expect(store.samples(id, after: 10, through: 20).map(\.t) == Array(11...20))
    #expect(store.samples(id, after: 0, through: 5000).count == 1000)
    #expect(store.samples(id, after: 1000, through: 5000).isEmpty)
    #expect(store.samples(id, after: 126, through: 130).map(\.v) == [127, 128, 129, 130])
    #expect(store.newest(id, after: 0, through: 500) == Point(t: 500, v: 500))
    #expect(store.newest(id, after: 500, through: 500) == nil)
    #expect(store.newest(id, after: 900, through: 5000)?.t == 1000)
  }

  @Test func oldAndContradictingSamplesAreRefused() {
    var store = Store()
    let stored1 = store.append(up, t: 10, v: 1)
    #expect(stored1)
    let stored2 = store.append(up, t: 10, v: 1)
    #expect(stored2)
    let stored3 = store.append(up, t: 10, v: 2)
    #expect(!stored3)
    let stored4 = store.append(up, t: 9, v: 1)
    #expect(!stored4)
    let stored5 = store.append(up, t: 11, v: .nan)
    #expect(stored5)
    #expect(store.export(since: 0).first?.1.count == 2)
  }

  @Test func aCopyIsASnapshotAndBothGoOn() throws {
    var store = Store()
    for t in 0..<300 { store.append(up, t: Int64(t), v: 1) }
    var copy = store
    let id = try #require(store.seriesID(for: up))
    for t in 300..<600 { store.append(up, t: Int64(t), v: 2) }
    #expect(copy.samples(id, after: -1, through: 9999).count == 300)
    for t in 300..<400 { copy.append(up, t: Int64(t), v: 3) }
    #expect(store.samples(id, after: 299, through: 9999).allSatisfy { $0.v == 2 })
    #expect(copy.samples(id, after: 299, through: 9999).map(\.v) == Array(repeating: 3, count: 100))
    #expect(store.samples(id, after: -1, through: 9999).count == 600)
  }

  @Test func selectionUsesEveryMatcher() {
    var store = Store()
    for (name, job, code) in [
      ("a", "x", "200"), ("a", "y", "500"), ("b", "x", "200"), ("a", "", "404"),
    ] {
      store.append(Labels([("__name__", name), ("job", job), ("code", code)]), t: 1, v: 1)
    }
    func count(_ matchers: Matcher...) -> Int { store.select(matchers).count }
    #expect(count(Matcher("__name__", "a")) == 3)
    #expect(count(Matcher("__name__", "a"), Matcher("job", "x")) == 1)
    #expect(count(Matcher("__name__", "a"), Matcher("job", "")) == 1)
    #expect(count(Matcher("__name__", "a"), Matcher("job", "x", negated: true)) == 2)
    #expect(count(Matcher("job", "", negated: true)) == 3)
    #expect(count(Matcher("code", "2..", predicate: Prefix("2"))) == 2)
    #expect(
      count(Matcher("__name__", "a"), Matcher("code", "2..", predicate: Prefix("2"), negated: true))
        == 2)
    #expect(count(Matcher("__name__", "c")) == 0)
    #expect(count() == 4)
  }

  private struct Prefix: TextPredicate {
    let text: String
    init(_ text: String) { self.text = text }
    func matches(_ other: String) -> Bool { other.hasPrefix(text) }
    var literals: [String]? { nil }
  }

  @Test func trimmingDropsEndedSeriesAndTheirPlacesAreUsedAgain() throws {
    var store = Store()
    let down = Labels([("__name__", "down")])
    store.append(up, t: 1, v: 1)
    store.append(down, t: 1000, v: 1)
    let old = try #require(store.seriesID(for: up))
    let version = store.version
    store.trim(before: 500)
    #expect(store.seriesCount == 1)
    #expect(store.version != version)
    #expect(store.select([Matcher("__name__", "up")]).isEmpty)
    #expect(store.values(of: "__name__") == ["down"])
    let other = Labels([("__name__", "other")])
    store.append(other, t: 1001, v: 7)
    let stored6 = store.append(ref: old, t: 1002, v: 9)
    #expect(!stored6)
    #expect(store.labels(of: old) == nil)
    #expect(
      store.select([Matcher("__name__", "other")]).compactMap { store.last(of: $0)?.v } == [7])
  }

  @Test func trimmingKeepsWhatIsYoungEnough() throws {
    var store = Store()
    for t in 0..<1000 { store.append(up, t: Int64(t), v: 1) }
    let id = try #require(store.seriesID(for: up))
    store.trim(before: 900)
    let kept = store.samples(id, after: -1, through: 9999)
    #expect(kept.suffix(100).map(\.t) == Array(900..<1000))
    #expect(kept.count < 300)
  }

  @Test func aSetBackClockCanForgetTheFuture() throws {
    var store = Store()
    for t in 0..<400 { store.append(up, t: Int64(t), v: 1) }
    store.append(Labels([("__name__", "young")]), t: 390, v: 1)
    store.rewind(to: 200)
    #expect(store.seriesCount == 1)
    let stored7 = store.append(up, t: 201, v: 5)
    #expect(stored7)
    let id = try #require(store.seriesID(for: up))
    #expect(store.samples(id, after: -1, through: 999).count == 202)
  }

  @Test func staleMarkersEndASeriesOnce() throws {
    var store = Store()
    store.append(up, t: 1, v: 1)
    let id = try #require(store.seriesID(for: up))
    store.markStale([id], t: 2)
    store.markStale([id], t: 3)
    let points = store.samples(id, after: 0, through: 9)
    #expect(points.count == 2)
    #expect(points.last?.v.isStale == true)
    #expect(!Double.nan.isStale)
  }

  @Test func exportedSeriesLoadAgain() {
    var store = Store()
    for t in 0..<200 { store.append(up, t: Int64(t), v: Double(t)) }
    store.append(Labels([("__name__", "old")]), t: 5, v: 1)
    var other = Store()
    other.load(store.export(since: 100))
    #expect(other.seriesCount == 1)
    #expect(other.export(since: 0).first?.1.map(\.t) == Array(101..<200))
  }
}
