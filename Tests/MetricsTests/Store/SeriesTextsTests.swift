import Metrics
import Testing

struct SeriesTextsTests {
  /// Series as a page names them.
  private func texts(_ series: [[(String, String)]]) throws -> SeriesTexts {
    let lines = series.map { labels in
      "{" + labels.map { "\($0.quotedAsInGo)=\($1.quotedAsInGo)" }.joined(separator: ",") + "} 1\n"
    }
    var memory = PageMemory(format: .prometheusText)
    return try memory.read(Array(lines.joined().utf8)).new
  }

  private let target = Labels([("instance", "a:1"), ("job", "api")])

  @Test func theyNameTheSameSeriesAsTheirLabels() throws {
    let series = [
      [("__name__", "up"), ("zone", "b"), ("code", "200")],
      [("__name__", "up"), ("zone", "b"), ("code", "500")],
      [("code", "500"), ("__name__", "up"), ("zone", "b")],
      [("__name__", "down")],
      [("__name__", "up"), ("job", "own"), ("exported_job", "other")],
      [("__name__", "up"), ("zone", "")],
      [("__name__", "é"), ("zone", "ü"), ("e\u{301}", "x")],
      [("__name__", "up"), ("path", "c:\\d \"e\"\n"), ("zone", "b")],
      [("__name__", "up"), ("path", "c:\\d \"e\"\n"), ("zone", "c")],
    ]
    for target in [target, .empty] {
      var store = Store()
      let ids = store.references(try texts(series), target: target)
      let wanted = series.map { Labels($0).attaching(target) }
      #expect(ids.map { store.labels(of: $0) } == wanted)
      #expect(ids[1] == ids[2])
      #expect(store.seriesCount == 8)
      var other = Store()
      let direct = wanted.map { other.reference($0) }
      #expect(direct.map(\.self) == other.references(try texts(series), target: target))
      #expect(wanted.map { store.seriesID(for: $0) } == ids)
      #expect(wanted.map(\.fingerprint) == ids.map { store.labels(of: $0)?.fingerprint })
    }
  }

  @Test func anyMixOfLabelsNamesItsSeries() throws {
    var random = Seeded(3)
    var store = Store()
    var plain = Store()
    for _ in 0..<50 {
      let series = (0..<200).map { _ in
        let names = ["a", "ab", "longer_name", "job", "z"].shuffled(using: &random)
        let values = ["", "1", "22", "longer value", "x \"y\" z w", "12345678"]
        let labels = names.prefix(Int.random(in: 0...5, using: &random)).map {
          ($0, values.randomElement(using: &random) ?? "")
        }
        return ([("__name__", "up")] + labels).shuffled(using: &random)
      }
      let ids = store.references(try texts(series), target: target)
      for (labels, id) in zip(series, ids) {
        let wanted = Labels(labels).attaching(target)
        #expect(store.labels(of: id) == wanted)
        #expect(plain.reference(wanted) == id)
      }
    }
  }

  @Test func aPageOfSamplesIsAppendedAtOnce() throws {
    var store = Store()
    let ids = store.references(
      try texts((0..<1000).map { [("__name__", "x"), ("n", "\($0)")] }), target: target)
    for t: Int64 in 1...100 {
      let stored = store.append(ids, values: ids.indices.map { Double($0) + Double(t) }, t: t)
      #expect(stored == 1000)
    }
    let refused = store.append(ids, values: ids.map { _ in 0 }, t: 50)
    #expect(refused == 0)
    #expect(store.appended == 100_000)
    for (index, id) in ids.enumerated() {
      #expect(
        store.samples(id, after: 0, through: 100).map(\.v) == (1...100).map { Double(index + $0) })
    }
  }
}
