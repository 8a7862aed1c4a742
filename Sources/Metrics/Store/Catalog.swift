/// Which series there are: their labels as pairs of symbols, and a table that finds them.
///
/// Places of dropped series are used again under a new generation. Every series added since the last one was dropped
/// is in ``added``, so that whoever keeps something about all series can catch up.
struct Catalog: ~Copyable {
  /// One label as the numbers of its texts.
  struct Pair: Equatable, BitwiseCopyable {
    var name: UInt32
    var value: UInt32
  }

  struct Entry: BitwiseCopyable {
    var start: UInt32
    /// `free` for a place without a series.
    var count: UInt32
    var generation: UInt32

    static let free = UInt32.max
  }

  var symbols: Symbols
  private var entries: Column<Entry>
  /// The pairs of all series, each series' in the order of their names' bytes.
  private var pairs: Column<Pair>
  private var table: HashTable
  private var free: [UInt32] = []
  private(set) var added = AdditionLog()
  /// Pairs of series that are gone.
  private var garbage = 0

  init() {
    symbols = Symbols()
    entries = Column()
    pairs = Column()
    table = HashTable()
  }

  init(copying other: borrowing Catalog) {
    symbols = Symbols(copying: other.symbols)
    entries = Column(copying: other.entries)
    pairs = Column(copying: other.pairs)
    table = HashTable(copying: other.table)
    free = other.free
    added = other.added
    garbage = other.garbage
  }

  /// How many places there are, with and without a series.
  var count: Int { entries.count }

  var seriesCount: Int { table.count }

  /// The index of a series that is still there.
  @inline(__always) func place(_ id: SeriesID) -> Int? {
    let index = Int(id.index)
    guard index < entries.count else { return nil }
    let entry = entries[index]
    return entry.generation == id.generation && entry.count != Entry.free ? index : nil
  }

  /// The series at an index, nil when there is none.
  @inline(__always) func id(at index: Int) -> SeriesID? {
    let entry = entries[index]
    guard entry.count != Entry.free else { return nil }
    return SeriesID(index: UInt32(truncatingIfNeeded: index), generation: entry.generation)
  }

  /// The pairs of the series at an index; valid until a series is added.
  @inline(__always) func pairs(at index: Int) -> UnsafeBufferPointer<Pair> {
    let entry = entries[index]
    guard entry.count != Entry.free else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: pairs.base + Int(entry.start), count: Int(entry.count))
  }

  /// The sum of which the labels' fingerprint is made.
  func fingerprint(of pairs: UnsafeBufferPointer<Pair>) -> UInt64 {
    var sum: UInt64 = 0
    for pair in pairs {
      sum &+= Fingerprint.pair(
        name: symbols.hash(of: pair.name), value: symbols.hash(of: pair.value))
    }
    return Fingerprint.finish(sum)
  }
}

// MARK: - One series at a time

extension Catalog {
  func find(_ labels: Labels) -> SeriesID? {
    let found = table.find(labels.fingerprint) { index in
      let known = pairs(at: Int(index))
      guard known.count == labels.pairs.count else { return false }
      for (place, label) in labels.pairs.enumerated() {
        if isEqual(known[place].name, label.name) && isEqual(known[place].value, label.value) {
          continue
        }
        // Names outside ASCII may stand in another order.
        guard
          known.contains(where: { isEqual($0.name, label.name) && isEqual($0.value, label.value) })
        else { return false }
      }
      return true
    }
    return found.flatMap { id(at: Int($0)) }
  }

  private func isEqual(_ symbol: UInt32, _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { buffer in
      guard let base = UnsafeRawBufferPointer(buffer).baseAddress else {
        return symbols.bytes(of: symbol).isEmpty
      }
      return symbols.isEqual(symbol, base, buffer.count)
    }
  }

  /// The series with these labels, a new one when there is none.
  mutating func reference(_ labels: Labels) -> SeriesID {
    if let known = find(labels) { return known }
    var new = labels.pairs.map {
      Pair(name: symbols.intern($0.name), value: symbols.intern($0.value))
    }
    new.sort { symbols.precedes($0.name, $1.name) }
    return new.withUnsafeBufferPointer { insert($0, fingerprint: labels.fingerprint) }
  }

  /// Adds a series that is not there yet.
  mutating func insert(_ new: UnsafeBufferPointer<Pair>, fingerprint: UInt64) -> SeriesID {
    let start = UInt32(truncatingIfNeeded: pairs.count)
    let count = UInt32(truncatingIfNeeded: new.count)
    if let base = new.baseAddress { pairs.append(from: base, count: new.count) }
    let index: UInt32
    var generation: UInt32 = 0
    if let freed = free.popLast() {
      index = freed
      generation = entries[Int(freed)].generation
      entries[Int(freed)] = Entry(start: start, count: count, generation: generation)
    } else {
      index = UInt32(truncatingIfNeeded: entries.count)
      entries.append(Entry(start: start, count: count, generation: 0))
    }
    table.insert(fingerprint, index)
    added.append(index)
    return SeriesID(index: index, generation: generation)
  }

  /// Makes room, so that what follows does not have to.
  mutating func reserve(series: Int, pairs more: Int) {
    entries.reserve(series)
    pairs.reserve(more)
    table.reserve(series)
  }

  /// The series whose pairs are these, in their order.
  @inline(__always)
  func find(_ wanted: UnsafeBufferPointer<Pair>, fingerprint: UInt64) -> SeriesID? {
    let found = table.find(fingerprint) { index in
      let known = pairs(at: Int(index))
      guard known.count == wanted.count else { return false }
      for place in 0..<known.count where known[place] != wanted[place] { return false }
      return true
    }
    return found.flatMap { id(at: Int($0)) }
  }

  /// Reads where a search for a fingerprint begins.
  @inline(__always) func touch(_ fingerprint: UInt64) -> UInt64 { table.touch(fingerprint) }

  /// Forgets the series at these indices.
  mutating func drop(_ indices: [UInt32]) {
    for index in indices {
      let gone = pairs(at: Int(index))
      table.remove(fingerprint(of: gone), index)
      garbage &+= gone.count
      let generation = entries[Int(index)].generation &+ 1
      entries[Int(index)] = Entry(start: 0, count: Entry.free, generation: generation)
      free.append(index)
    }
    added.forget(count: UInt64(indices.count))
  }

  /// Whether more is kept of series that are gone than of those that are there.
  var isMostlyGarbage: Bool { garbage > 4096 && garbage > pairs.count / 2 }

  /// Only what is there, every series at its place, with new symbols.
  func compacted() -> Catalog {
    var fresh = Catalog()
    fresh.entries = Column(copying: entries)
    fresh.free = free
    fresh.added = added
    var numbers: [UInt32: UInt32] = [:]
    func renumber(_ old: UInt32, _ symbols: inout Symbols) -> UInt32 {
      if let known = numbers[old] { return known }
      let text = self.symbols.bytes(of: old)
      guard let base = text.baseAddress else { return 0 }
      let new = symbols.intern(base, text.count)
      numbers[old] = new
      return new
    }
    for index in 0..<entries.count where entries[index].count != Entry.free {
      let old = pairs(at: index)
      fresh.entries[index].start = UInt32(truncatingIfNeeded: fresh.pairs.count)
      for pair in old {
        let name = renumber(pair.name, &fresh.symbols)
        fresh.pairs.append(Pair(name: name, value: renumber(pair.value, &fresh.symbols)))
      }
      fresh.table.insert(fingerprint(of: old), UInt32(truncatingIfNeeded: index))
    }
    return fresh
  }
}
