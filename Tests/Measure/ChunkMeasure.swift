import Metrics

/// How many bytes a sample takes once its chunk is sealed: the same page scraped again and again.
struct ChunkMeasure {
  let pages: [[UInt8]]

  func run() throws {
    var store = Store()
    var time: Int64 = 1_700_000_000_000
    for page in pages {
      for sample in try Exposition.parse(page, format: .prometheusText).get().samples {
        store.append(sample.labels, t: time, v: sample.value)
      }
      // Scrapes are never on the dot.
      time += 5_000 + (time / 5_000 % 7 == 0 ? 3 : 0)
    }
    let measure = store.measure
    try Measure.tell(
      "chunks",
      [
        "scrapes": Double(pages.count), "series": Double(measure.series),
        "samples": Double(measure.sealedPoints), "bytes": Double(measure.sealedBytes),
        "plain at most": Double(measure.mostPlainPoints),
      ])
  }
}
