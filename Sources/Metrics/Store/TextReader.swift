/// Reads the labels of a batch of series into pairs of symbols.
///
/// Neighbouring lines of a page mostly begin with the same labels, which the scanner has kept: only the others are
/// looked up. The order of the names is kept as long as the names stay the same.
struct TextReader: ~Copyable {
  /// How many series are read before the table is searched.
  static let batch = 64

  /// The label at a position of the series before.
  struct Memo: BitwiseCopyable {
    var pair = Catalog.Pair(name: 0, value: 0)
    /// What the labels up to this one add to the fingerprint.
    var sum: UInt64 = 0
    /// Whether this one or one before has an empty value.
    var isEmpty = false
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

  /// Takes the labels of one series, each name once, right after those of the series before.
  @inline(__always)
  mutating func read(_ series: borrowing SeriesTokens, _ page: ByteView, _ symbols: inout Symbols) {
    let count = series.count
    if memos.count < count { extend(to: count) }
    var isSame = count == shape
    var position = series.kept
    var (sum, isEmpty) = position > 0 ? (memos[position - 1].sum, memos[position - 1].isEmpty) : (0, false)
    while position < count {
      let token = series.tokens[position]
      let name =
        position == series.kept && series.isNameKept
        ? memos[position].pair.name : Self.intern(token.name, of: series, page, &symbols)
      let value = Self.intern(token.value, of: series, page, &symbols)
      isSame = isSame && name == memos[position].pair.name
      isEmpty = isEmpty || token.value.count == 0
      sum &+= Fingerprint.pair(name: symbols.hash(of: name), value: symbols.hash(of: value))
      memos[position] = Memo(pair: Catalog.Pair(name: name, value: value), sum: sum, isEmpty: isEmpty)
      position &+= 1
    }
    if !isSame { arrange(count, symbols) }
    emit(count, sum: sum &+ attachedSum, isIrregular: isIrregular || isEmpty)
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

  @inline(__always) private static func intern(
    _ piece: SeriesTokens.Piece, of series: borrowing SeriesTokens, _ page: ByteView,
    _ symbols: inout Symbols
  ) -> UInt32 {
    series.withBytes(piece, in: page) { bytes in
      guard let base = bytes.baseAddress, bytes.count > 0 else { return symbols.intern("") }
      return symbols.intern(base, bytes.count)
    }
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
