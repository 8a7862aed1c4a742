import Metrics
import Testing

struct SavedPartsTests {
  private let up = Labels([("__name__", "up"), ("job", "api")])

  /// The parts of the only series, later than `after`.
  private func parts(_ store: Store, after: Int64) -> (closed: [UInt8], open: [UInt8], end: Int64?) {
    var (closed, open): ([UInt8], [UInt8]) = ([], [])
    let end = store.seriesID(for: up).flatMap {
      store.appendParts(of: $0, after: after, closed: &closed, open: &open)
    }
    return (closed, open, end)
  }

  /// Saves every `step` samples, and loads each time what a disk would hold.
  @Test(arguments: [1, 5, 12, 40, 300])
  func whatIsFinalIsWrittenOnce(step: Int) throws {
    var store = Store()
    var disk: [UInt8] = []
    var until = Int64.min
    for count in 1...1000 {
      store.append(up, t: Int64(count) * 1000, v: Double(count % 13) / 10)
      guard count % step == 0 else { continue }
      let (closed, open, end) = parts(store, after: until)
      #expect((end == nil) == closed.isEmpty)
      disk += closed
      until = end ?? until
      #expect(!open.isEmpty || until == Int64(count) * 1000)
      var loaded = Store()
      let id = loaded.reference(up)
      let isTaken = loaded.adopt(parts: disk + open, of: id)
      #expect(isTaken)
      #expect(loaded.samples(id, after: .min, through: .max) == store.export(since: .min).first?.1)
      #expect(loaded.closedEnd(of: id) ?? .min == until)
    }
    #expect(until > 800_000)
  }

  @Test func partsThatOverlapAreTakenOnceAndOthersNotAtAll() throws {
    var store = Store()
    for count in 0..<500 { store.append(up, t: Int64(count) * 1000, v: Double(count)) }
    let all = parts(store, after: .min)
    let some = parts(store, after: 100_500)
    var loaded = Store()
    let id = loaded.reference(up)
    let cases: [(parts: [UInt8], isTaken: Bool)] = [
      (all.closed, true), (some.closed, true), (some.open, true), (some.open + all.closed, false),
      ([], false),
      (Array(all.open.dropLast()), false),
    ]
    for (parts, wanted) in cases {
      let isTaken = loaded.adopt(parts: parts, of: id)
      #expect(isTaken == wanted)
    }
    #expect(loaded.samples(id, after: .min, through: .max) == store.export(since: .min).first?.1)
    #expect(loaded.samples(id, after: .min, through: .max).count == 500)
  }
}
