import Metrics

/// What reading a page costs: its series only delimited, all of it new and into an empty store, and seen before.
struct ExpositionMeasure {
  let page: [UInt8]
  /// The same series with other values.
  let next: [UInt8]

  private static let rounds = 5

  func run() throws {
    var limits = Exposition.Limits()
    limits.samples = .max
    limits.body = .max
    var (delimiting, cold, hot): ([Double], [Double], [Double]) = ([], [], [])
    var samples = 0
    var memory = PageMemory(format: .prometheusText, limits: limits)
    _ = try memory.read(page)
    for round in 0..<Self.rounds {
      delimiting.append(
        try Measure.seconds {
          samples = try Exposition.count(page, format: .prometheusText, limits: limits)
        })
      cold.append(try Measure.seconds { try store(limits) })
      let body = round % 2 == 0 ? next : page
      hot.append(try Measure.seconds { _ = try memory.read(body) })
    }
    let figures = ["bytes": Double(page.count), "samples": Double(samples)]
    try Measure.tell("delimited", figures, seconds: delimiting)
    try Measure.tell("into a cold store", figures, seconds: cold)
    try Measure.tell("seen before", figures, seconds: hot)
  }

  private func store(_ limits: Exposition.Limits) throws {
    var memory = PageMemory(format: .prometheusText, limits: limits)
    let reading = try memory.read(page)
    var store = Store()
    let series = store.references(reading.new, target: Labels([("instance", "a:1"), ("job", "bench")]))
    guard series.count == reading.values.count,
      store.append(series, values: reading.values, t: 1_700_000_000_000) == series.count
    else {
      throw Unmeasurable("the store took other series than the page has")
    }
  }
}
