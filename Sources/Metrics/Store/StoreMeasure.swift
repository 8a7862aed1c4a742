/// What a store holds and what it takes.
package struct StoreMeasure: Equatable, Sendable {
  package var series = 0
  /// Points that are not compressed, and the most that one series has of them.
  package var plainPoints = 0
  package var mostPlainPoints = 0
  package var sealedPoints = 0
  /// Everything the sealed points take: their bytes with all headers, and what memory for them is allotted in.
  package var sealedBytes = 0

  package init() {}
}

extension Store {
  /// Counts what is there. Linear in series and chunks.
  package var measure: StoreMeasure {
    var measure = StoreMeasure()
    measure.series = seriesCount
    for place in 0..<box.catalog.count where box.catalog.id(at: place) != nil {
      let page = pages[place / Page.size]
      let slot = place % Page.size
      measure.plainPoints += Int(page.counts[slot])
      measure.mostPlainPoints = max(measure.mostPlainPoints, Int(page.counts[slot]))
      let chunks = page.chunks(slot)
      guard !chunks.isEmpty else { continue }
      chunks.forEach { chunk, _ in
        measure.sealedPoints += chunk.count
        return true
      }
      // An array's header is 32 bytes; malloc adds 8 and rounds up to 16.
      measure.sealedBytes += (chunks.bytes.count + 32 + 8 + 15) / 16 * 16
    }
    return measure
  }
}
