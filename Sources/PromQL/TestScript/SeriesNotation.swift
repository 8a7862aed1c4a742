import Metrics
import Values

/// A series and its values in short: `up{job="api"} 0 1+1x3 _ stale`, as evaluation and unit tests write them.
package struct SeriesNotation: Hashable, Sendable {
  package let labels: Labels
  /// One per step; nil where there is no sample.
  package let values: [Double?]
  /// Whether a value is a native histogram, which has no place among floats.
  package let hasHistograms: Bool
  /// Whether the values are start timestamps of the series below.
  package let isStart: Bool

  /// Reads `series values` on one line.
  package init(_ line: String) throws(ParseError) {
    let bytes = Array(line.utf8)
    let end = Self.endOfName(bytes)
    let rest = String(decoding: bytes[end...], as: UTF8.self)
    isStart = rest.hasPrefix("@st")
    labels = try Self.labels(String(decoding: bytes[..<end], as: UTF8.self))
    (values, hasHistograms) = try Self.values(isStart ? "" : rest)
  }

  /// For unit tests, where the two stand in separate fields.
  package init(series: String, values: String) throws(ParseError) {
    labels = try Self.labels(series)
    (self.values, hasHistograms) = try Self.values(values)
    isStart = false
  }

  private init(_ labels: Labels, like other: SeriesNotation) {
    self.labels = labels
    values = other.values
    hasHistograms = other.hasHistograms
    isStart = other.isStart
  }

  /// The same values under other labels.
  func relabelled(_ labels: Labels) -> SeriesNotation { SeriesNotation(labels, like: self) }

  /// `up{job="api"}`, `{"quoted.name", a="b"}`, `{}`.
  package static func labels(_ text: String) throws(ParseError) -> Labels {
    var parser = Parser(text, options: PromQL.ParseOptions())
    return try parser.parseLabels()
  }

  /// Where the labels end: behind the closing brace, else before the first blank or `@`.
  private static func endOfName(_ bytes: [UInt8]) -> Int {
    var quote: UInt8?
    var isEscaped = false
    var inBraces = false
    for (index, byte) in bytes.enumerated() {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\"), open != UInt8(ascii: "`") {
          isEscaped = true
        } else if byte == open {
          quote = nil
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = byte
      case UInt8(ascii: "{"): inBraces = true
      case UInt8(ascii: "}") where inBraces: return index + 1
      case 0x20, 0x09, UInt8(ascii: "@"):
        // A brace may follow a blank; two begin a native histogram.
        let rest = bytes[index...].drop { $0 == 0x20 || $0 == 0x09 }
        let isBrace = rest.first == UInt8(ascii: "{") && rest.dropFirst().first != UInt8(ascii: "{")
        if !inBraces, !isBrace { return index }
      default: break
      }
    }
    return bytes.count
  }

  /// `1`, `_`, `_x3`, `stale`, `1+2x3` (1 3 5 7), `1-2x3`, `5x2` (5 5 5), `NaN`, `-Inf`; nil is no sample.
  package static func values(_ text: String) throws(ParseError) -> (values: [Double?], hasHistograms: Bool) {
    if text.contains("{{") { return ([], true) }
    var values: [Double?] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      guard let more = expand(word) else {
        throw ParseError("\"\(word)\" is no value; write 1, _, stale, 1+2x3 or _x3", at: .start)
      }
      values += more
      guard values.count <= 10_000_000 else {
        throw ParseError("a series has more than ten million values", at: .start)
      }
    }
    return (values, false)
  }

  private static func expand(_ word: Substring) -> [Double?]? {
    if word == "_" { return [nil] }
    if word == "stale" { return [staleNaN] }
    var rest = word
    if rest.hasPrefix("_x") { return count(rest.dropFirst(2)).map { Array(repeating: nil, count: $0) } }
    guard var value = takeNumber(&rest) else { return nil }
    if rest.isEmpty { return [value] }
    var increment = 0.0
    if !rest.hasPrefix("x") {
      guard let number = takeNumber(&rest) else { return nil }
      increment = number
    }
    guard rest.hasPrefix("x"), let times = count(rest.dropFirst()) else { return nil }
    var values: [Double?] = []
    for _ in 0...times {
      values.append(value)
      value += increment
    }
    return values
  }

  private static func count(_ text: Substring) -> Int? {
    guard let count = Int(text), count >= 0, count <= 10_000_000 else { return nil }
    return count
  }

  /// Takes a sign and a number from the front; an exponent may have a sign of its own.
  private static func takeNumber(_ rest: inout Substring) -> Double? {
    var length = 0
    var previous: Character = " "
    for character in rest {
      if character == "x" { break }
      if character == "+" || character == "-", length > 0, previous != "e", previous != "E" { break }
      length += 1
      previous = character
    }
    let text = String(rest.prefix(length))
    rest = rest.dropFirst(length)
    if text.hasPrefix("+") || text.hasPrefix("-") {
      return GoFloat.parse(String(text.dropFirst())).map { text.hasPrefix("-") ? -$0 : $0 }
    }
    return GoFloat.parse(text)
  }
}
