/// The labels of one line as they lie in the page, and a hash that knows no order: however a series is
/// written, it has the same one.
struct SeriesTokens {
  /// A part of the page; behind it, at the complement of `start`, of the texts that had to be changed.
  struct Piece {
    var start: Int32
    var count: Int32

    /// The name `__name__`, which the page need not write.
    static let metricName = Piece(start: .min, count: 8)
    static let none = Piece(start: 0, count: 0)

    var isChanged: Bool { start < 0 }
  }

  struct Token {
    var name: Piece
    var value: Piece
    /// Zero when the value is empty: such a label does not exist.
    var hash: UInt64
    /// One bit by the name's hash: two names with different bits are different.
    var nameBit: UInt64
    /// From the name to the closing quote, where the same bytes on the next line mean the same; else empty.
    var whole: Piece
  }

  /// The first ``count`` are the line's; those behind were some earlier line's.
  private(set) var tokens: [Token] = []
  private(set) var count = 0
  /// Unescaped and normalised texts.
  var changed: [UInt8] = []
  private(set) var hasName = false
  private var names: UInt64 = 0
  private(set) var mayRepeat = false
  private var sum: UInt64 = 0

  /// Different in every process, so that no page can be made whose series collide.
  static let seed = UInt64(bitPattern: Int64(Hasher().finalize())) | 1
  static let metricNameBit: UInt64 = 1

  mutating func begin() {
    count = 0
    hasName = false
    names = 0
    mayRepeat = false
    sum = 0
    if !changed.isEmpty { changed.removeAll(keepingCapacity: true) }
  }

  /// What an earlier line had in the next place.
  @inline(__always) var candidate: Token? { count < tokens.count ? tokens[count] : nil }

  /// Takes the candidate again, `distance` bytes further.
  @inline(__always) mutating func take(_ candidate: Token, movedBy distance: Int) {
    let distance = Int32(truncatingIfNeeded: distance)
    var token = candidate
    token.name.start &+= token.name.isChanged ? 0 : distance
    token.value.start &+= distance
    token.whole.start &+= distance
    tokens[count] = token
    include(token)
  }

  @inline(__always) mutating func append(_ token: Token) {
    if count < tokens.count { tokens[count] = token } else { tokens.append(token) }
    include(token)
  }

  @inline(__always) private mutating func include(_ token: Token) {
    count &+= 1
    mayRepeat = mayRepeat || names & token.nameBit != 0
    names |= token.nameBit
    hasName = hasName || token.nameBit == Self.metricNameBit
    sum &+= token.hash
  }

  /// Forgets earlier lines: what the same bytes mean has changed.
  mutating func forget() {
    tokens.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Of a name given twice the last value counts.
  mutating func removeRepeated(in page: ByteView) {
    var kept: [Token] = []
    var seen: Set<String> = []
    for token in tokens[..<count].reversed() where seen.insert(text(token.name, in: page)).inserted {
      kept.append(token)
    }
    forget()
    sum = 0
    for token in kept.reversed() { append(token) }
  }

  /// Whether a name is given twice. Quadratic in the labels of one line.
  func isRepeating(in page: ByteView) -> Bool {
    for later in 1..<max(1, count) {
      for earlier in 0..<later where tokens[later].nameBit == tokens[earlier].nameBit {
        if isSameName(tokens[later].name, tokens[earlier].name, in: page) { return true }
      }
    }
    return false
  }

  private func isSameName(_ a: Piece, _ b: Piece, in page: ByteView) -> Bool {
    guard a.count == b.count else { return false }
    if a.isChanged || b.isChanged { return text(a, in: page) == text(b, in: page) }
    return page.equals(at: Int(a.start), page, at: Int(b.start), length: Int(a.count))
  }

  var hash: UInt64 {
    let product = (sum ^ Self.seed).multipliedFullWidth(by: 0x9fb2_1c65_1e98_df25)
    return product.high ^ product.low
  }

  func text(_ piece: Piece, in page: ByteView) -> String {
    if piece.start == .min { return .metricName }
    if piece.isChanged {
      let start = Int(~piece.start)
      guard start <= changed.count else { return "" }
      return String(decoding: changed[start...].prefix(Int(piece.count)), as: UTF8.self)
    }
    return page.text(Int(piece.start), Int(piece.count))
  }

  func labels(in page: ByteView) -> Labels {
    Labels(unsorted: tokens[..<count].map { Label(text($0.name, in: page), text($0.value, in: page)) })
  }

  /// Adds the labels' places; what was changed lies `changedAt` bytes further in a common buffer.
  @inline(__always) func append(to places: inout [SeriesTexts.Place], changedAt: Int) {
    let distance = Int32(truncatingIfNeeded: changedAt)
    for index in 0..<count {
      let (name, value) = (tokens[index].name, tokens[index].value)
      guard value.count > 0 else { continue }
      // A complement moves down by what it stands for moving up.
      places.append(
        SeriesTexts.Place(
          name: name.start < 0 && name.start != .min ? name.start &- distance : name.start,
          nameCount: name.count,
          value: value.start < 0 ? value.start &- distance : value.start, valueCount: value.count))
    }
  }
}

extension ByteView {
  /// The hash of a part: sixteen bytes at a time, each pair of words folded by a wide multiplication (the
  /// step of wyhash by Wang Yi).
  @inline(__always) func hash(_ piece: SeriesTokens.Piece) -> UInt64 {
    var index = Int(piece.start)
    var rest = Int(piece.count)
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
