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
  private let folder: TestFolder
  private let database: SampleStore

  init() throws {
    folder = try TestFolder()
    database = try SampleStore(StateFolder(folder.path))
  }

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

  /// As after a restart.
  private func load(_ system: String = "shop") throws -> SavedSystem {
    var samples = SavedSamples(try SampleStore(StateFolder(folder.path)))
    return try samples.load(system)
  }

  /// Rows of a kind, by the beginning of their names.
  private func rows(_ kind: String) throws -> [SampleStore.Chunk] {
    var rows: [SampleStore.Chunk] = []
    try database.readChunks(of: "shop", named: kind, since: Instant(milliseconds: .min)) { rows.append($0) }
    return rows
  }

  /// Many series, some of which begin late, end early or pause.
  private func fill(_ store: inout Store, _ seconds: Range<Int>, series: Int = 300) {
    for second in seconds {
      for number in 0..<series where number % 7 != 0 || !(200..<400).contains(second) {
        guard number % 5 != 0 || second >= 100 else { continue }
        store.append(
          Labels(["__name__": "m", "n": "\(number)"]), t: now.milliseconds + Int64(second) * 1000,
          v: Double(second * number % 97) / 10)
      }
    }
  }

  @Test func whatWasSavedComesBack() throws {
    var samples = SavedSamples(database)
    let first = points([0, -1.5, .infinity, 1e300])
    let saved = SavedSystem(store: store(first), alerts: [alert("A"), alert("B")])
    try samples.save(saved, of: "shop", at: now + .seconds(5))
    let later = [Point(t: now.milliseconds + 60_000, v: 7)]
    try samples.save(
      SavedSystem(store: store(first + later), alerts: [alert("B")]), of: "shop", at: now + .minutes(1))
    let loaded = try load()
    #expect(loaded.points(of: labels) == first + later)
    #expect(loaded.store.seriesCount == 1)
    #expect(loaded.alerts == [alert("B")], "pending timers are those of the last time")
    #expect(try load("other").store.seriesCount == 0)
  }

  @Test func finalChunksAreWrittenOnceAndTheRestIsReplaced() throws {
    var samples = SavedSamples(database)
    var store = Store()
    var sizes: [Int] = []
    for minute in 0..<12 {
      fill(&store, (minute * 60)..<(minute * 60 + 60))
      try samples.save(SavedSystem(store: store), of: "shop", at: now + .minutes(Int64(minute + 1)))
      #expect(try rows("open").count == 1)
      sizes.append(try rows("closed").reduce(0) { $0 + $1.bytes.count })
      #expect(try load().store.contents == store.contents)
    }
    #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 <= $1 })
    let largest = try rows("closed").map { SampleBlock.parts(of: $0.bytes).count }.max() ?? 0
    #expect(largest <= 300)
    let chunks = try rows("closed").map { SampleBlock.parts(of: $0.bytes).count }.reduce(0, +)
    #expect((1000...2000).contains(chunks), "about every 128 seconds one of each: \(chunks)")
  }

  /// What an objective counts over days comes back after every restart, and what others measured does not stay with it.
  @Test func seriesThatAreKeptLongerOutliveTheOthers() throws {
    let long = Labels(["__name__": "slo:total:rate", "slo": "API"])
    let kept = ["slo:total:rate": Span.days(2)]
    var store = Store()
    for run in 0..<8 {
      var samples = SavedSamples(database)
      store = try samples.load("shop").store
      for minute in (run * 240)..<(run * 240 + 240) {
        let at = now + .minutes(Int64(minute))
        store.append(labels, t: at.milliseconds, v: Double(minute % 13))
        store.append(long, t: at.milliseconds, v: Double(minute % 11))
        guard minute % 40 == 39 else { continue }
        let ids = SavedSystem(store: store, kept: kept).keptSeries.mapValues { (at - $0).milliseconds }
        store.trim(before: (at - .hours(1)).milliseconds, keeping: ids)
        try samples.save(SavedSystem(store: store, kept: kept), of: "shop", at: at)
      }
      let loaded = try load()
      #expect(loaded.points(of: long).count == (run + 1) * 240)
      #expect(loaded.points(of: long).last == store.export(since: .min).first { $0.0 == long }?.1.last)
    }
    // An hour by the rows, and a numbering's worth of them behind it.
    #expect(try load().points(of: labels).count < 500)
  }

  @Test func anEngineThatWasRestartedGoesOnWhereTheOneBeforeEnded() throws {
    var store = Store()
    var saved = 0
    var names = 0
    for run in 0..<6 {
      var samples = SavedSamples(database)
      let loaded = try samples.load("shop").store
      #expect(loaded.contents == store.contents)
      store = loaded
      let began = run * 150
      fill(&store, began..<(began + 120))
      try samples.save(SavedSystem(store: store), of: "shop", at: now + .seconds(Int64(began + 120)))
      let closed = try rows("closed")
      #expect(closed.reduce(0) { $0 + $1.bytes.count } >= saved)
      saved = closed.reduce(0) { $0 + $1.bytes.count }
      names = try rows("labels").map { SampleBlock.parts(of: $0.bytes).count }.reduce(0, +)
    }
    #expect(names == 300, "each name is written once")
    #expect(try load().store.contents == store.contents, "and a gap is a gap")
  }

  @Test func anAnswerThatCameLateIsSavedTheNextTime() throws {
    var samples = SavedSamples(database)
    var store = store(points((0..<200).map(Double.init)))
    try samples.save(SavedSystem(store: store), of: "shop", at: now + .seconds(300))
    // Its request began before that save.
    store.append(labels, t: now.milliseconds + 299_000, v: 2)
    try samples.save(SavedSystem(store: store), of: "shop", at: now + .seconds(360))
    #expect(try load().points(of: labels) == store.contents.first?.1)
  }

  @Test func aClockThatWasSetBackLosesNoNewSamples() throws {
    var samples = SavedSamples(database)
    var store = store(points((0..<300).map(Double.init)))
    try samples.save(SavedSystem(store: store), of: "shop", at: now + .seconds(305))
    let back = now + .seconds(50)
    store.rewind(to: (back - .seconds(5)).milliseconds)
    store.append(labels, t: back.milliseconds, v: 7)
    try samples.save(SavedSystem(store: store), of: "shop", at: back)
    #expect(try load().points(of: labels).map(\.v) == (0...45).map(Double.init) + [7])
    // It was set back while nobody watched.
    var next = SavedSamples(database)
    _ = try next.load("shop")
    store.rewind(to: now.milliseconds)
    try next.save(SavedSystem(store: store), of: "shop", at: now + .seconds(1))
    #expect(try load().points(of: labels).map(\.v) == [0])
  }

  @Test func aStaleMarkerStaysOne() throws {
    let bits: UInt64 = 0x7FF0_0000_0000_0002
    var samples = SavedSamples(database)
    try samples.save(
      SavedSystem(store: store(points([1, Double(bitPattern: bits)]))), of: "shop", at: now + .seconds(5))
    #expect(try load().points(of: labels).last?.v.bitPattern == bits)
  }

  @Test func whatNoRuleCanReachIsDeleted() throws {
    var samples = SavedSamples(database)
    try samples.save(SavedSystem(store: store(points([1]))), of: "shop", at: now)
    try samples.save(SavedSystem(), of: "shop", at: now + .minutes(61))
    #expect(try load().store.seriesCount == 0)
    #expect(try rows("open").isEmpty)
  }

  @Test func namesAreWrittenAnewBeforeThoseOfTheBeginningGo() throws {
    var samples = SavedSamples(database)
    var store = Store()
    for step in 0..<30 {
      let second = step * 600
      for t in second..<(second + 70) { fill(&store, t..<(t + 1), series: 9) }
      store.trim(before: now.milliseconds + Int64(second - 3600) * 1000)
      try samples.save(SavedSystem(store: store), of: "shop", at: now + .seconds(Int64(second + 70)))
      let kept = try load().store.contents
      for (labels, points) in store.contents {
        let found = kept.first { $0.0 == labels }?.1 ?? []
        #expect(found.suffix(points.count) == points[...], "\(step)")
      }
    }
    #expect(try rows("labels").count <= 4)
    #expect(try rows("closed").count <= 8)
  }

  @Test func damagedRowsAreLeftOutAndTheOthersLoaded() throws {
    var samples = SavedSamples(database)
    var store = Store()
    for minute in 0..<4 {
      fill(&store, (minute * 60)..<(minute * 60 + 60), series: 12)
      try samples.save(SavedSystem(store: store), of: "shop", at: now + .minutes(Int64(minute + 1)))
    }
    let whole = store.contents
    let all = try rows("")
    var random = Seeded(7)
    for row in all {
      var bytes = row.bytes
      if Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      } else {
        bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      }
      try database.saveChunks([row.with(bytes)])
      let loaded = try load().store.contents
      #expect(loaded.flatMap(\.1).count < whole.flatMap(\.1).count)
      #expect(loaded.count < whole.count || !row.name.hasPrefix("labels"))
      for (labels, points) in loaded {
        let saved = try #require(whole.first { $0.0 == labels }?.1)
        #expect(Set(points.map(\.t)).isSubset(of: Set(saved.map(\.t))))
      }
      // Whoever goes on after that writes what it has.
      var next = SavedSamples(database)
      var rest = try next.load("shop").store
      fill(&rest, 240..<340, series: 12)
      try next.save(SavedSystem(store: rest), of: "shop", at: now + .seconds(340))
      #expect(try load().store.contents == rest.contents)
      for written in try rows("")
      where !all.contains(where: { $0.name == written.name && $0.start == written.start }) {
        try database.saveChunks([written.with([])])
      }
      try database.saveChunks(all)
    }
  }
}

extension SampleStore.Chunk {
  fileprivate func with(_ bytes: [UInt8]) -> Self {
    Self(system: system, name: name, start: start, end: end, bytes: bytes)
  }
}

extension Store {
  /// All series by their labels.
  fileprivate var contents: [(Labels, [Point])] {
    export(since: .min).sorted { "\($0.0)" < "\($1.0)" }
  }
}

private func == (a: [(Labels, [Point])], b: [(Labels, [Point])]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
}

extension SavedSystem {
  fileprivate func points(of labels: Labels) -> [Point] {
    store.seriesID(for: labels).map { store.samples($0, after: .min, through: .max) } ?? []
  }
}

/// SplitMix64, after Steele, Lea and Flood.
private struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
