/// A word of the language: what it is and where it stands in the text, without a copy of it.
struct Token: Sendable {
  enum Kind: Sendable {
    /// A name, a keyword, or a metric's name with colons.
    case word(Keyword?)
    /// A quoted text; where it has escapes, the number of its bytes among the lexer's `unescaped`.
    case string(unescaped: Int?)
    case number
    case duration
    /// An operator, bracket or comma.
    case symbol(Symbol)
    case end
    /// What is no token; the lexer says why.
    case broken
  }

  let kind: Kind
  /// The bytes as written; of strings with the quotes.
  let range: Range<Int>
  let place: Place

  var isEnd: Bool {
    if case .end = kind { return true }
    return false
  }

  var isWord: Bool {
    if case .word = kind { return true }
    return false
  }

  var isString: Bool {
    if case .string = kind { return true }
    return false
  }

  func isSymbol(_ symbol: Symbol) -> Bool {
    if case .symbol(symbol) = kind { return true }
    return false
  }

  /// Keywords may be written in any case.
  func isWord(_ keyword: Keyword) -> Bool { self.keyword == keyword }

  var keyword: Keyword? {
    if case .word(let keyword) = kind { return keyword }
    return nil
  }
}

/// One or two bytes of punctuation; `+` is written `"+"` in the code, too.
struct Symbol: Hashable, Sendable, ExpressibleByStringLiteral {
  private let code: UInt16

  init(_ first: UInt8, _ second: UInt8 = 0) { code = UInt16(first) << 8 | UInt16(second) }

  init(stringLiteral text: StaticString) {
    let (start, count) = (text.utf8Start, text.utf8CodeUnitCount)
    self.init(count > 0 ? start[0] : 0, count > 1 ? start[1] : 0)
  }

  var text: String {
    var bytes = [UInt8(code >> 8)]
    if code & 0xff != 0 { bytes.append(UInt8(code & 0xff)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A word with a meaning of its own in some places; it may be a name in others.
enum Keyword: Hashable, Sendable {
  case aggregation(Aggregation.Operator)
  case binary(BinaryOperator)
  case by, without, on, ignoring, groupLeft, groupRight, bool, offset, infinity, notANumber, start, end
  case fill, fillLeft, fillRight, anchored, smoothed, step, range, leastOf, greatestOf

  /// Words that no metric may be called without quotes.
  var isReserved: Bool {
    switch self {
    case .bool, .on, .ignoring, .groupLeft, .groupRight, .binary(.atan2): true
    default: false
    }
  }

  private static let all: [(String, Keyword)] =
    [
      ("by", .by), ("without", .without), ("on", .on), ("ignoring", .ignoring), ("group_left", .groupLeft),
      ("group_right", .groupRight), ("bool", .bool), ("offset", .offset), ("inf", .infinity),
      ("nan", .notANumber), ("start", .start), ("end", .end), ("fill", .fill), ("fill_left", .fillLeft),
      ("fill_right", .fillRight), ("anchored", .anchored), ("smoothed", .smoothed), ("step", .step),
      ("range", .range), ("min_of", .leastOf), ("max_of", .greatestOf), ("and", .binary(.and)),
      ("or", .binary(.or)), ("unless", .binary(.unless)), ("atan2", .binary(.atan2)),
    ] + Aggregation.Operator.allCases.map { ($0.rawValue, .aggregation($0)) }

  /// The words by their length.
  private static let byLength: [[(bytes: [UInt8], keyword: Keyword)]] = {
    var table = [[(bytes: [UInt8], keyword: Keyword)]](repeating: [], count: 13)
    for (word, keyword) in all where word.utf8.count < table.count {
      table[word.utf8.count].append((Array(word.utf8), keyword))
    }
    return table
  }()

  /// The letters with which words begin, as bits, by the words' length: most names are told by them.
  private static let initials: [UInt32] = byLength.map { words in
    words.reduce(0) { $0 | $1.bytes.prefix(1).reduce(0) { $0 | bit(of: $1) } }
  }

  /// Letters are told apart whatever their case; what is no letter may share a bit with one.
  private static func bit(of byte: UInt8) -> UInt32 { 1 << UInt32(byte & 31) }

  /// The keyword that stands in a range of the bytes, in any case.
  static func of(_ bytes: [UInt8], _ range: Range<Int>) -> Keyword? {
    guard range.count < byLength.count, range.upperBound <= bytes.count, !range.isEmpty,
      initials[range.count] & bit(of: bytes[range.lowerBound]) != 0
    else { return nil }
    return byLength[range.count].first { word, _ in
      var index = range.lowerBound
      for byte in word {
        let found = bytes[index]
        guard found == byte || (found | 32 == byte && (65...90).contains(found)) else { return false }
        index += 1
      }
      return true
    }?.keyword
  }
}
