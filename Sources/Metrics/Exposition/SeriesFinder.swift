/// Finds the series of a line, and where the last page had it. Made when a page first differs from the one before.
struct SeriesFinder {
  /// A sample's place in the last page.
  struct Place {
    var line: UInt32
    /// Among the samples.
    var sample: UInt32

    static let none = Place(line: .max, sample: .max)
  }

  private var table = SeriesTable()
  /// By number.
  private var places: [Place]

  /// Knows all series of `catalogue`, whose keys must be nothing else.
  init(_ catalogue: SeriesCatalogue) {
    table.reserve(catalogue.count)
    places = Array(repeating: .none, count: catalogue.count)
    for (number, key) in catalogue.keys.enumerated() {
      let hash = catalogue.hash(of: key)
      // A line that the first page had twice has two numbers; the first one stays.
      let isKnown = catalogue.bytes.withUnsafeBytes { buffer in
        guard let view = ByteView(buffer) else { return false }
        return table.find(hash) {
          catalogue.isSame($0, in: view, Int(key.start), key.length, key.bounds)
        } != nil
      }
      if !isKnown { table.insert(hash, number) { catalogue.hash(of: catalogue.keys[$0]) } }
    }
  }

  /// The number of the series on the line that was just read; nil when it is new.
  func number(of scanner: borrowing PageScanner, hash: UInt64, in catalogue: SeriesCatalogue) -> Int? {
    let (page, start, length) = (scanner.page, scanner.lineStart, scanner.valueStart &- scanner.lineStart)
    let bounds = scanner.bounds
    return table.find(hash) { catalogue.isSame($0, in: page, start, length, bounds) }
  }

  /// Takes the newest series of `catalogue`.
  mutating func addLast(of catalogue: SeriesCatalogue, hash: UInt64) {
    table.insert(hash, catalogue.count &- 1) { catalogue.hash(of: catalogue.keys[$0]) }
    places.append(.none)
  }

  func place(of number: Int) -> Place { number < places.count ? places[number] : .none }

  /// Learns where the last page had its series.
  mutating func learn(_ lines: [PageLine], _ numbers: [Int32]) {
    var sample = 0
    for (line, kept) in lines.enumerated() where kept.isSample && sample < numbers.count {
      let number = Int(numbers[sample])
      if number < places.count {
        places[number] = Place(
          line: UInt32(truncatingIfNeeded: line), sample: UInt32(truncatingIfNeeded: sample))
      }
      sample &+= 1
    }
  }
}
