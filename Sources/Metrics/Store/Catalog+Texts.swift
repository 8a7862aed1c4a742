/// The way in for the new series of a page: from bytes to series without a string.
extension Catalog {
  /// The series of `texts` with the labels of `target` attached, new ones added; one for each, in their order.
  ///
  /// The table is searched for a batch of series at once, because each search mostly waits for memory.
  mutating func references(_ texts: SeriesTexts, target: Labels) -> [SeriesID] {
    // Most series have a name and some labels; how many, nobody knows before they are read.
    reserve(series: texts.count, pairs: texts.count &* (4 &+ target.count))
    let attached = target.pairs.map {
      Pair(name: symbols.intern($0.name), value: symbols.intern($0.value))
    }
    var reader = TextReader(attached: attached, symbols: symbols)
    var ids: [SeriesID] = []
    ids.reserveCapacity(texts.count)
    var waited: UInt64 = 0
    texts.bytes.withUnsafeBytes { bytes in
      guard let page = ByteView(bytes) else { return }
      var scanner = PageScanner(page, format: texts.format, limits: .none)
      var next = 0
      while next < texts.lines.count {
        let batchEnd = min(next + TextReader.batch, texts.lines.count)
        reader.empty()
        for line in texts.lines[next..<batchEnd] where line.isSample {
          scanner.readSeries(again: line)
          reader.read(scanner.series, page, &symbols)
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
    }
    // Never so, but the compiler does not know: without it the reads would go.
    if waited == 1 { ids.reserveCapacity(ids.count) }
    return ids
  }

  private func labels(_ pairs: UnsafeBufferPointer<Pair>) -> Labels {
    Labels(unsorted: pairs.map { Label(symbols.text(of: $0.name), symbols.text(of: $0.value)) })
  }
}
