import Metrics
import Testing

struct PageMemoryTests {
  /// A reader that keeps labels by number, as the engine does.
  private struct Follower {
    var memory: PageMemory
    var generation: UInt64 = 0
    var labels: [Labels] = []

    init(_ format: Exposition.Format = .prometheusText) { memory = PageMemory(format: format) }

    mutating func read(_ page: [UInt8]) -> Result<[Sample], ExpositionError> {
      do throws(ExpositionError) {
        let reading = try memory.read(page)
        if reading.generation != generation { labels = [] }
        generation = reading.generation
        #expect(Int(reading.firstNew) == labels.count)
        labels += reading.new.labels
        #expect(labels == reading.catalogue.texts().labels)
        #expect(reading.numbers.count == reading.values.count)
        #expect(reading.timestamps.isEmpty || reading.timestamps.count == reading.values.count)
        return .success(
          reading.numbers.indices.map { index in
            Sample(
              labels[Int(reading.numbers[index])], reading.values[index],
              timestamp: reading.timestamps.isEmpty ? nil : reading.timestamps[index])
          })
      } catch {
        return .failure(error)
      }
    }

    mutating func texts(_ page: String) -> [String] {
      switch read(Array(page.utf8)) {
      case .success(let samples): samples.map { "\($0.labels) \($0.value.decimalText)" }
      case .failure(let error): ["\(error)"]
      }
    }
  }

  @Test func aPageSeenBeforeSharesItsNumbers() throws {
    var memory = PageMemory(format: .prometheusText)
    let first = try memory.read(Array("# TYPE a gauge\na 1\nb{c=\"d\"} 2\n".utf8))
    let second = try memory.read(Array("# TYPE a gauge\na 10\nb{c=\"d\"} 2e3\n".utf8))
    #expect(first.numbers == [0, 1])
    #expect(first.new.labels.map(\.description) == ["a", "b{c=\"d\"}"])
    #expect(first.metadata?.types == ["a": "gauge"])
    #expect(second.shape == first.shape && second.numbers == first.numbers)
    #expect(second.values == [10, 2000])
    #expect(second.new.count == 0 && second.firstNew == 2 && second.metadata == nil)
  }

  @Test func seriesKeepTheirNumbersWhereverTheyStand() throws {
    var memory = PageMemory(format: .prometheusText)
    _ = try memory.read(Array("a 1\nb 2\nc 3\nd 4\n".utf8))
    let moved = try memory.read(Array("d 4\nnew 5\nb 2\nc 3\n".utf8))
    #expect(moved.numbers == [3, 4, 1, 2])
    #expect(moved.values == [4, 5, 2, 3])
    #expect(moved.new.labels.map(\.description) == ["new"])
  }

  @Test(arguments: [
    ("a{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\n", ["a{x=\"1\", y=\"2\"} 1"], 1),
    (
      "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"1.0\"} 2\n", ["h_bucket{le=\"1.0\"} 1"], 1
    ),
    (
      "h_bucket{le=\"1\"} 1\nh_bucket{le=\"1.0\"} 2\n", ["h_bucket{le=\"1\"} 1", "h_bucket{le=\"1.0\"} 2"], 0
    ),
    ("a{ x = \"1\" } 1\na{x=\"1\",} 2\n{\"a\",\"x\"=\"1\"} 3\n", ["a{x=\"1\"} 1"], 2),
    ("a{x=\"\"} 1\na 2\n", ["a 1"], 1),
    ("a{x=\"1\",x=\"2\"} 1\na{x=\"2\"} 2\n", ["a{x=\"2\"} 1"], 1),
  ])
  func oneSeriesHoweverItIsWritten(page: String, lines: [String], duplicates: Int) throws {
    let scrape = try Exposition.parse(Array(page.utf8), format: .prometheusText).get()
    #expect(scrape.samples.map { "\($0.labels) \($0.value.decimalText)" } == lines)
    #expect(scrape.duplicates == duplicates)
    var store = Store()
    var memory = PageMemory(format: .prometheusText)
    var ids: [SeriesID] = []
    for t: Int64 in 1...2 {
      let reading = try memory.read(Array(page.utf8))
      #expect(reading.samplesScraped == lines.count + duplicates)
      ids += store.references(reading.new, target: .empty)
      store.append(reading.numbers.map { ids[Int($0)] }, values: reading.values, t: t)
    }
    #expect(store.seriesCount == lines.count)
    for sample in scrape.samples {
      let id = try #require(store.seriesID(for: sample.labels))
      #expect(store.samples(id, after: 0, through: 2).map(\.v) == [sample.value, sample.value])
    }
  }

  @Test(arguments: [
    "a 1\nmetric{__name__=\"\"} 3.14\n", "a 1\n{\"\"} 4\n", "a 1\nb{__name__=\"\",c=\"d\"} 1\n",
  ])
  func aSampleWithoutANameFailsTheScrape(page: String) throws {
    let error = ExpositionError(line: 2, what: "a sample has no metric name")
    var memory = PageMemory(format: .prometheusText)
    #expect(throws: error) { try memory.read(Array(page.utf8)) }
    _ = try memory.read(Array("a 1\nb 2\n".utf8))
    #expect(throws: error) { try memory.read(Array(page.utf8)) }
    // The parser's verdict is another matter.
    #expect(try Exposition.parse(Array(page.utf8), format: .prometheusText).get().samples.count == 2)
  }

  @Test func exemplarsFollowTheirSamplesPastDuplicates() throws {
    let page = "a_total 1 # {id=\"x\"} 2\na_total 2 # {id=\"y\"} 2\nb_total 1 # {id=\"z\"} 2\n# EOF\n"
    let scrape = try Exposition.parse(Array(page.utf8), format: .openMetrics).get()
    #expect(scrape.samples.map(\.value) == [1, 1])
    #expect(scrape.exemplars.map(\.sample) == [0, 1])
    #expect(scrape.exemplars.map { $0.labels["id"] } == ["x", "z"])
  }

  @Test func theTypeAboveALineCounts() {
    var follower = Follower()
    #expect(follower.texts("# TYPE h histogram\nh{le=\"1\"} 1\n") == ["h{le=\"1.0\"} 1"])
    #expect(follower.texts("# TYPE h gauge\nh{le=\"1\"} 1\n") == ["h{le=\"1\"} 1"])
    #expect(follower.texts("h{le=\"1\"} 1\n") == ["h{le=\"1\"} 1"])
  }

  @Test func aPrefixOfALineIsNotTheLine() {
    var follower = Follower()
    #expect(follower.texts("a 1\n# x\n") == ["a 1"])
    #expect(follower.texts("a1 1\n# xy\n") == ["a1 1"])
    #expect(follower.texts("a  7\n") == ["a 7"])
    #expect(follower.texts("a 7 12\n") == ["a 7"])
    #expect(follower.texts("a\n") == ["line 1: a value is missing: the end of the line stands in its place"])
    #expect(follower.texts("a 8\n") == ["a 8"])
  }

  @Test func churnStartsTheNumbersAnew() throws {
    var memory = PageMemory(format: .prometheusText)
    var generations: Set<UInt64> = []
    for round in 0..<200 {
      let page = (0..<50).map { "m{pod=\"\(round)-\($0)\"} 1\n" }.joined()
      let reading = try memory.read(Array(page.utf8))
      generations.insert(reading.generation)
      #expect(reading.catalogue.count <= 1150)
    }
    #expect(generations.count > 2)
  }

  @Test func exemplarsAreKept() throws {
    var memory = PageMemory(format: .openMetrics)
    for _ in 0..<2 {
      let reading = try memory.read(
        Array("# TYPE a counter\nb 1\na_total 1 # {id=\"x\"} 2 3.5\n# EOF\n".utf8))
      #expect(
        reading.exemplars == [Exemplar(sample: 1, labels: Labels([("id", "x")]), value: 2, timestamp: 3500)])
    }
  }

  @Test func everySequenceOfPagesIsReadAsByAFreshMemory() {
    for format in [Exposition.Format.prometheusText, .openMetrics] {
      for seed in 0..<40 {
        var pages = RandomPages(seed: UInt64(seed), format: format)
        var follower = Follower(format)
        for _ in 0..<25 {
          let page = pages.next()
          var fresh = Follower(format)
          let (known, expected) = (follower.read(page), fresh.read(page))
          let isSame =
            switch (known, expected) {
            case (.success(let a), .success(let b)):
              a.map(\.labels) == b.map(\.labels) && a.map(\.timestamp) == b.map(\.timestamp)
                && a.map(\.value.bitPattern) == b.map(\.value.bitPattern)
            case (.failure(let a), .failure(let b)): a == b
            default: false
            }
          #expect(isSame, "seed \(seed): \(String(decoding: page, as: UTF8.self)) \(known) \(expected)")
          guard isSame else { return }
        }
      }
    }
  }
}
