/// The labels of one line as they lie in the page.
///
/// Neighbouring lines mostly begin with the same labels: those up to the first different byte are kept, and only
/// the rest is read.
struct SeriesTokens {
  /// A part of the page, from the beginning of the series; behind it, at the complement of `start`, of the texts
  /// that had to be changed.
  struct Piece {
    var start: Int32
    var count: Int32

    /// The name `__name__`, which the page need not write.
    static let metricName = Piece(start: .min, count: 8)

    var isChanged: Bool { start < 0 }
  }

  struct Token {
    var name: Piece
    var value: Piece
    /// One bit by the name: two names with different bits are different.
    var nameBit: UInt64
    /// Where it ends, from the beginning of the series. What follows a bare name belongs to it: it ends it.
    var end: Int32
    /// How many bytes of a series have to be the same for this label to be the same.
    var needed: Int32
    /// Where the bytes of its value begin, from the beginning of the series, when the name before stands for itself.
    var valueStart = unique
    /// The bits of the names up to this one.
    var names: UInt64 = 0
    var mayRepeat = false
    /// Whether a metric's name that is not empty is among the labels up to this one.
    var isNamed = false

    /// What no other line may keep.
    static let unique = Int32.max
  }

  /// The first ``count`` are the line's.
  private(set) var tokens: [Token] = []
  private(set) var count = 0
  /// How many of them were kept from the line before.
  private(set) var kept = 0
  /// Whether the one behind those has at least the same name as on the line before.
  private(set) var isNameKept = false
  /// Where the series begins in the page.
  private(set) var start = 0
  /// Unescaped and normalised texts.
  var changed: [UInt8] = []

  /// Different in every process, so that no page can be made whose series collide.
  static let seed = UInt64(bitPattern: Int64(Hasher().finalize())) | 1
  static let metricNameBit: UInt64 = 1

  /// Begins a series, and keeps the labels that it shares with the one before.
  @inline(__always) mutating func begin(at index: Int, in page: ByteView) {
    var shared = 0
    isNameKept = false
    if count > 0 {
      let length = page.commonPrefix(start, index)
      while shared < count, Int(tokens[shared].needed) <= length { shared &+= 1 }
      isNameKept = shared < count && Int(tokens[shared].valueStart) <= length
    }
    kept = shared
    count = shared
    start = index
    if !changed.isEmpty { changed.removeAll(keepingCapacity: true) }
  }

  /// The last label so far.
  @inline(__always) var last: Token? { count > 0 ? tokens[count &- 1] : nil }

  /// The label on the line before whose name this line's next one has.
  @inline(__always) var namesake: Token? { isNameKept && count == kept ? tokens[count] : nil }

  /// Whether a label says the metric's name, if only that it has none.
  var hasName: Bool { (last?.names ?? 0) & Self.metricNameBit != 0 }

  var mayRepeat: Bool { last?.mayRepeat ?? false }

  var isNamed: Bool { last?.isNamed ?? false }

  @inline(__always) mutating func append(_ token: Token) {
    var token = token
    let before = last
    let names = before?.names ?? 0
    token.mayRepeat = before?.mayRepeat ?? false || names & token.nameBit != 0
    token.names = names | token.nameBit
    token.isNamed = before?.isNamed ?? false || token.nameBit == Self.metricNameBit && token.value.count > 0
    if count < tokens.count { tokens[count] = token } else { tokens.append(token) }
    count &+= 1
  }

  /// Forgets earlier lines: what the same bytes mean has changed.
  mutating func forget() {
    count = 0
    kept = 0
    isNameKept = false
  }

  /// Of a name given twice the last value counts.
  mutating func removeRepeated(in page: ByteView) {
    var last: [Token] = []
    var seen: Set<[UInt8]> = []
    for token in tokens[..<count].reversed() where seen.insert(Array(bytes(token.name, in: page))).inserted {
      last.append(token)
    }
    forget()
    for var token in last.reversed() {
      token.needed = Token.unique
      token.valueStart = Token.unique
      append(token)
    }
  }

  /// Whether a name is given twice. Quadratic in the labels of one line.
  func isRepeating(in page: ByteView) -> Bool {
    for later in 1..<max(1, count) {
      for earlier in 0..<later where tokens[later].nameBit == tokens[earlier].nameBit {
        if bytes(tokens[later].name, in: page).elementsEqual(bytes(tokens[earlier].name, in: page)) {
          return true
        }
      }
    }
    return false
  }

  private static let metricName = Array(String.metricName.utf8)

  /// The bytes of a piece, cut off where they would end outside.
  private func bytes(_ piece: Piece, in page: ByteView) -> [UInt8] {
    withBytes(piece, in: page) { Array($0) }
  }

  /// Lends the bytes of a piece.
  @inline(__always) func withBytes<Result>(
    _ piece: Piece, in page: ByteView, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if !piece.isChanged { return body(page.bytes(start &+ Int(piece.start), Int(piece.count))) }
    return (piece.start == .min ? Self.metricName : changed).withUnsafeBytes { buffer in
      let first = piece.start == .min ? 0 : min(Int(~piece.start), buffer.count)
      return body(UnsafeRawBufferPointer(rebasing: buffer[first...].prefix(max(0, Int(piece.count)))))
    }
  }

  func text(_ piece: Piece, in page: ByteView) -> String {
    withBytes(piece, in: page) { String(decoding: $0, as: UTF8.self) }
  }

  func labels(in page: ByteView) -> Labels {
    Labels(unsorted: tokens[..<count].map { Label(text($0.name, in: page), text($0.value, in: page)) })
  }
}

extension ByteView {
  /// The hash of a part: sixteen bytes at a time, each pair of words folded by a wide multiplication (the
  /// step of wyhash by Wang Yi).
  @inline(__always) func hash(_ start: Int, _ count: Int) -> UInt64 {
    var index = start
    var rest = count
    var state = SeriesTokens.seed ^ UInt64(truncatingIfNeeded: rest)
    while rest > 16 {
      state = Self.fold(word(at: index) ^ state, word(at: index &+ 8) ^ 0x8ebc_6af0_9c88_c6e3)
      index &+= 16
      rest &-= 16
    }
    let (a, b) = words(at: index, count: rest)
    return Self.fold(a ^ state, b ^ 0xa076_1d64_78bd_642f ^ SeriesTokens.seed)
  }

  @inline(__always) private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
