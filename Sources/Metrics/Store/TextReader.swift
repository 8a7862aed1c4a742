/// Reads the labels of a batch of series into pairs of symbols.
///
/// Neighbouring lines of a page share their labels' names and most of their values, so every label is first compared
/// with the one at the same position of the series before; only another text is looked up. The order of the names is
/// kept as long as the names stay the same.
struct TextReader: ~Copyable {
  /// How many series are read before the table is searched.
  static let batch = 64

  /// The label at a position of the series before.
  struct Memo: BitwiseCopyable {
    var name: Int32 = 0
    var nameCount: Int32 = -1
    var value: Int32 = 0
    var valueCount: Int32 = -1
    var pair = Catalog.Pair(name: 0, value: 0)
    var hash: UInt64 = 0
  }

  /// A series that was read.
  struct Found: BitwiseCopyable {
    /// Where its pairs begin and how many they are.
    var start: Int
    var count: Int
    var fingerprint: UInt64
    /// Whether its pairs are those of the page alone, because one of its names is among the target's, comes twice or
    /// has no value.
    var isIrregular: Bool
  }

  private let attached: [Catalog.Pair]
  private let attachedSum: UInt64
  private var memos: Column<Memo>
  /// How many labels the series before had; -1 for none.
  private var shape = -1
  private var isIrregular = false
  /// The positions of the series' labels and then of the attached ones, by name.
  private var order: Column<Int32>
  private var merged: Column<Catalog.Pair>
  private var pairs: Column<Catalog.Pair>
  private(set) var found: Column<Found>

  /// - Parameter attached: the labels every series gets.
  init(attached: [Catalog.Pair], symbols: borrowing Symbols) {
    self.attached = attached
    var sum: UInt64 = 0
    for pair in attached {
      sum &+= Fingerprint.pair(
        name: symbols.hash(of: pair.name), value: symbols.hash(of: pair.value))
    }
    attachedSum = sum
    memos = Column()
    order = Column()
    merged = Column()
    pairs = Column()
    found = Column(capacity: Self.batch)
  }

  /// The pairs of a series that was read.
  @inline(__always) func pairs(of series: Found) -> UnsafeBufferPointer<Catalog.Pair> {
    UnsafeBufferPointer(start: pairs.base + series.start, count: series.count)
  }

  /// Begins a new batch.
  mutating func empty() {
    pairs.removeAll()
    found.removeAll()
  }

  /// Reads the labels of one series.
  @inline(__always)
  mutating func read(
    _ places: UnsafeBufferPointer<SeriesTexts.Place>, _ bytes: UnsafeRawBufferPointer,
    _ symbols: inout Symbols
  ) {
    let count = places.count
    if memos.count < count { extend(to: count) }
    var isSame = count == shape
    var isEmpty = false
    var sum = attachedSum
    for position in 0..<count {
      let place = places[position]
      let memo = memos.base + position
      if !isText(bytes, place.name, place.nameCount, memo.pointee.name, memo.pointee.nameCount) {
        let name = Self.intern(bytes, place.name, place.nameCount, &symbols)
        isSame = isSame && name == memo.pointee.pair.name
        memo.pointee.pair.name = name
        memo.pointee.valueCount = -1
      }
      memo.pointee.name = place.name
      memo.pointee.nameCount = place.nameCount
      if !isText(bytes, place.value, place.valueCount, memo.pointee.value, memo.pointee.valueCount) {
        let value = Self.intern(bytes, place.value, place.valueCount, &symbols)
        memo.pointee.pair.value = value
        memo.pointee.hash = Fingerprint.pair(
          name: symbols.hash(of: memo.pointee.pair.name), value: symbols.hash(of: value))
        isEmpty = isEmpty || place.valueCount <= 0
      }
      memo.pointee.value = place.value
      memo.pointee.valueCount = place.valueCount
      sum &+= memo.pointee.hash
    }
    if !isSame { arrange(count, symbols) }
    emit(count, sum: sum, isIrregular: isIrregular || isEmpty)
  }

  @inline(__always) private mutating func emit(_ count: Int, sum: UInt64, isIrregular: Bool) {
    let start = pairs.count
    if isIrregular {
      for position in 0..<count { pairs.append(memos[position].pair) }
    } else {
      let all = count &+ attached.count
      for position in 0..<count { merged.base[position] = memos.base[position].pair }
      pairs.reserve(all)
      for place in 0..<all { pairs.append(merged.base[Int(order.base[place])]) }
    }
    found.append(
      Found(
        start: start, count: pairs.count &- start, fingerprint: Fingerprint.finish(sum),
        isIrregular: isIrregular))
  }

  /// Whether a text is the same as that of the series before. An empty value is never the same, so that it is seen.
  @inline(__always)
  private func isText(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int32, _ count: Int32, _ before: Int32,
    _ countBefore: Int32
  ) -> Bool {
    guard count == countBefore, count > 0, offset >= 0, Int(offset) &+ Int(count) <= bytes.count,
      let base = bytes.baseAddress
    else { return false }
    return areEqual(base + Int(offset), base + Int(before), Int(count))
  }

  private static func intern(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int32, _ count: Int32, _ symbols: inout Symbols
  ) -> UInt32 {
    guard count > 0, offset >= 0, Int(offset) + Int(count) <= bytes.count,
      let base = bytes.baseAddress
    else { return symbols.intern("") }
    return symbols.intern(base + Int(offset), Int(count))
  }

  private mutating func extend(to count: Int) {
    while memos.count < count { memos.append(Memo()) }
  }

  /// Finds the order of the names, and whether they are what names have to be.
  private mutating func arrange(_ count: Int, _ symbols: borrowing Symbols) {
    shape = count
    merged.removeAll()
    order.removeAll()
    for position in 0..<count { merged.append(memos[position].pair) }
    for pair in attached { merged.append(pair) }
    isIrregular = false
    for position in 0..<merged.count {
      order.append(Int32(truncatingIfNeeded: position))
      var place = position
      while place > 0 {
        let name = merged[position].name
        let before = merged[Int(order[place - 1])].name
        if before == name { isIrregular = true }
        guard symbols.precedes(name, before) else { break }
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = Int32(truncatingIfNeeded: position)
    }
  }
}
