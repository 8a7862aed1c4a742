import Metrics
import Testing

struct SeriesTextsTests {
  /// Texts of series given as names and values; unlike a page, each text stands there once for each use.
  private func texts(_ series: [[(String, String)]]) -> SeriesTexts {
    var texts = SeriesTexts()
    func place(_ text: String) -> (Int32, Int32) {
      let start = texts.bytes.count
      texts.bytes += Array(text.utf8)
      return (Int32(start), Int32(text.utf8.count))
    }
    for labels in series {
      for (name, value) in labels {
        let name = place(name)
        let value = place(value)
        texts.places.append(
          .init(name: name.0, nameCount: name.1, value: value.0, valueCount: value.1))
      }
      texts.ends.append(Int32(texts.places.count))
    }
    return texts
  }

  private let target = Labels([("instance", "a:1"), ("job", "api")])

  @Test func theyNameTheSameSeriesAsTheirLabels() {
    let series = [
      [("__name__", "up"), ("zone", "b"), ("code", "200")],
      [("__name__", "up"), ("zone", "b"), ("code", "500")],
      [("code", "500"), ("__name__", "up"), ("zone", "b")],
      [("__name__", "down")],
      [("__name__", "up"), ("job", "own"), ("exported_job", "other")],
      [("__name__", "up"), ("zone", "")],
      [("__name__", "é"), ("zone", "ü"), ("e\u{301}", "x")],
      [],
    ]
    for target in [target, .empty] {
      var store = Store()
      let ids = store.references(texts(series), target: target)
      let wanted = series.map { Labels($0).attaching(target) }
      #expect(ids.map { store.labels(of: $0) } == wanted)
      #expect(ids[1] == ids[2])
      #expect(store.seriesCount == 7)
      var other = Store()
      let direct = wanted.map { other.reference($0) }
      #expect(direct.map(\.self) == other.references(texts(series), target: target))
      #expect(wanted.map { store.seriesID(for: $0) } == ids)
      #expect(wanted.map(\.fingerprint) == ids.map { store.labels(of: $0)?.fingerprint })
    }
  }

  @Test func anyMixOfLabelsNamesItsSeries() {
    var random = Seeded(3)
    var store = Store()
    var plain = Store()
    for _ in 0..<50 {
      let series = (0..<200).map { _ in
        let names = ["__name__", "a", "ab", "longer_name", "job", "z"].shuffled(using: &random)
        return names.prefix(Int.random(in: 0...6, using: &random)).map {
          (
            $0,
            ["", "1", "22", "longer value", "x y z w", "12345678"].randomElement(using: &random)
              ?? ""
          )
        }
      }
      let ids = store.references(texts(series), target: target)
      for (labels, id) in zip(series, ids) {
        let wanted = Labels(labels).attaching(target)
        #expect(store.labels(of: id) == wanted)
        #expect(plain.reference(wanted) == id)
      }
    }
  }

  @Test func placesOutsideTheBytesAreEmpty() {
    var texts = texts([[("a", "b")], [("c", "d")]])
    texts.places[0].value = 9999
    texts.places[1].nameCount = -5
    texts.ends[1] = 77
    var store = Store()
    #expect(store.references(texts, target: target).count == 2)
    texts.ends = [5, 1, 2]
    #expect(store.references(texts, target: target).count == 3)
  }

  @Test func aPageOfSamplesIsAppendedAtOnce() {
    var store = Store()
    let ids = store.references(
      texts((0..<1000).map { [("__name__", "x"), ("n", "\($0)")] }), target: target)
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
