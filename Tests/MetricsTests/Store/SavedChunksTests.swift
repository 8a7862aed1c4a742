import Metrics
import Testing

struct SavedChunksTests {
  private let up = Labels([("__name__", "up"), ("job", "api")])

  private func filled(_ times: Range<Int>) -> Store {
    var store = Store()
    for t in times {
      store.append(up, t: Int64(t) * 1000, v: Double(t % 10) / 10)
      if t % 3 == 0 {
        store.append(Labels([("__name__", "sum")]), t: Int64(t) * 1000 + 7, v: Double(t) * 0.1)
      }
    }
    return store
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 130, 700])
  func theyComeBackBitForBit(count: Int) throws {
    let store = filled(0..<count)
    for since in [-1, 0, 50_000, 127_000, 128_000, 400_000] as [Int64] {
      var other = Store()
      let damaged = other.load(store.exportChunks(since: since))
      #expect(damaged == 0)
      let wanted = store.export(since: since)
      #expect(other.export(since: .min).map(\.0) == wanted.map(\.0))
      #expect(other.export(since: .min).map(\.1) == wanted.map(\.1))
      for (labels, points) in wanted {
        let id = try #require(other.seriesID(for: labels))
        #expect(other.last(of: id) == points.last)
        let refused = other.append(ref: id, t: (points.last?.t ?? 0) - 1, v: 1)
        #expect(!refused)
        let stored = other.append(ref: id, t: (points.last?.t ?? 0) + 1, v: 1)
        #expect(stored)
        #expect(other.samples(id, after: since, through: .max).count == points.count + 1)
      }
    }
  }

  @Test func partsThatOverlapAreTakenOnce() throws {
    let store = filled(0..<500)
    var other = Store()
    for since in [400_000, -1, 300_000, 450_000] as [Int64] {
      let saved = store.exportChunks(since: since)
      if since == 400_000 { continue }
      other.load(saved)
    }
    #expect(other.export(since: .min).map(\.1) == store.export(since: .min).map(\.1))
    var grown = filled(0..<300)
    grown.load(store.exportChunks(since: 299_999))
    #expect(grown.export(since: .min).map(\.1) == store.export(since: .min).map(\.1))
  }

  @Test func damagedOnesAreSkipped() {
    let saved = filled(0..<700).exportChunks(since: -1)
    var random = Seeded(5)
    for _ in 0..<2000 {
      let damaged = saved.map { one in
        var bytes = one.bytes
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
        return SavedChunks(labels: one.labels, start: one.start, end: one.end, bytes: bytes)
      }
      var store = Store()
      let skipped = store.load(damaged)
      #expect(skipped == 2)
      #expect(store.seriesCount == 0)
    }
  }
}
