/// The way in for the new series of a page: from bytes to series without a string.
extension Catalog {
  /// The series of `texts` with the labels of `target` attached, new ones added; one for each, in their order.
  mutating func references(_ texts: SeriesTexts, target: Labels) -> [SeriesID] {
    reserve(series: texts.count, pairs: texts.places.count &+ texts.count &* target.count)
    return texts.bytes.withUnsafeBytes { bytes in
      texts.places.withUnsafeBufferPointer { places in
        references(bytes, places, texts.ends, target: target)
      }
    }
  }

  /// The table is searched for a batch of series at once, because each search mostly waits for memory.
  private mutating func references(
    _ bytes: UnsafeRawBufferPointer, _ places: UnsafeBufferPointer<SeriesTexts.Place>,
    _ ends: [Int32],
    target: Labels
  ) -> [SeriesID] {
    let attached = target.pairs.map {
      Pair(name: symbols.intern($0.name), value: symbols.intern($0.value))
    }
    var reader = TextReader(attached: attached, symbols: symbols)
    var ids: [SeriesID] = []
    ids.reserveCapacity(ends.count)
    var waited: UInt64 = 0
    var start = 0
    var next = 0
    while next < ends.count {
      let batchEnd = min(next + TextReader.batch, ends.count)
      reader.empty()
      for index in next..<batchEnd {
        let end = min(max(Int(ends[index]), start), places.count)
        reader.read(UnsafeBufferPointer(rebasing: places[start..<end]), bytes, &symbols)
        start = end
      }
      for index in 0..<reader.found.count { waited |= touch(reader.found[index].fingerprint) }
      for index in 0..<reader.found.count {
        let found = reader.found[index]
        let pairs = reader.pairs(of: found)
        if found.isIrregular {
          ids.append(reference(labels(pairs).attaching(target)))
        } else {
          ids.append(
            find(pairs, fingerprint: found.fingerprint)
              ?? insert(pairs, fingerprint: found.fingerprint))
        }
      }
      next = batchEnd
    }
    // Never so, but the compiler does not know: without it the reads would go.
    if waited == 1 { ids.reserveCapacity(ids.count) }
    return ids
  }

  private func labels(_ pairs: UnsafeBufferPointer<Pair>) -> Labels {
    Labels(unsorted: pairs.map { Label(symbols.text(of: $0.name), symbols.text(of: $0.value)) })
  }
}
