/// Names and labels of a sample line, in both formats.
extension PageScanner {
  /// Reads a sample line from its beginning to where its value stands.
  @inline(__always) mutating func readSeries(isStrict: Bool) throws(ExpositionError) {
    series.begin(at: index, in: page)
    var isInside = false
    if let shared = series.last {
      index &+= Int(shared.end)
      isInside = shared.needed == shared.end
    } else if let name = takeName(colons: true) {
      var token = metricNameToken(name)
      token.needed = token.end &+ 1
      series.append(token)
    } else if current != UInt8(ascii: "{") {
      throw failure("a line must begin with a metric name, a brace or #; \(found) stands there")
    }
    if !isInside, !isStrict { skipBlanks() }
    if isInside || current == UInt8(ascii: "{") {
      try readLabels(isStrict: isStrict, namesAllowed: true, isBehindOne: isInside)
    }
    guard series.hasName else { throw failure("a sample has no metric name") }
    try settleRepeats()
  }

  /// Of a label given twice the last one counts, unless that is refused.
  @inline(__always) mutating func settleRepeats() throws(ExpositionError) {
    guard series.mayRepeat, series.isRepeating(in: page) else { return }
    guard !refusesRepeats else { throw failure("a label name is given twice") }
    series.removeRepeated(in: page)
  }

  /// A metric's name that ends here.
  private func metricNameToken(_ name: SeriesTokens.Piece) -> SeriesTokens.Token {
    SeriesTokens.Token(
      name: .metricName, value: name, nameBit: SeriesTokens.metricNameBit, end: offset(index),
      needed: SeriesTokens.Token.unique)
  }

  /// `{l="v","quoted l"="v",}`; a lone quoted text is the metric's name. In the classic format blanks are free
  /// and commas may be missing, but not doubled.
  ///
  /// - Parameters:
  ///   - namesAllowed: false in exemplars.
  ///   - isBehindOne: whether the brace and some labels have been read.
  @inline(__always) mutating func readLabels(
    isStrict: Bool, namesAllowed: Bool, isBehindOne: Bool = false
  ) throws(ExpositionError) {
    if isBehindOne {
      try takeSeparator(isStrict: isStrict)
    } else {
      index &+= 1
      if !isStrict { skipBlanks() }
    }
    while current != UInt8(ascii: "}") {
      if !takePlainLabel() { try readLabel(isStrict: isStrict, namesAllowed: namesAllowed) }
      try takeSeparator(isStrict: isStrict)
    }
    index &+= 1
  }

  /// Takes a label as almost all are: `name="value"`, nothing but ASCII, no escapes and no blanks.
  @inline(__always) private mutating func takePlainLabel() -> Bool {
    let page = page
    let first = index
    var quote = first
    var nameBit: UInt64
    if let namesake = series.namesake {
      quote = series.start &+ Int(namesake.valueStart) &- 1
      nameBit = namesake.nameBit
    } else {
      guard !page[first].isDigit else { return false }
      while Self.isName(page[quote], colons: false) { quote &+= 1 }
      let length = quote &- first
      guard length > 0, length <= limits.nameBytes, series.count < limits.labels,
        length != 8 || page.word(at: first) != Self.metricNameWord,
        page[quote] == UInt8(ascii: "="), page[quote &+ 1] == Self.quote
      else { return false }
      quote &+= 1
      nameBit = Self.nameBit(page.hash(first, length))
    }
    let start = quote &+ 1
    let end = page.quotedStop(from: start)
    guard end < page.count, page[end] == Self.quote, end &- start <= limits.valueBytes else { return false }
    let name = SeriesTokens.Piece(
      start: offset(first), count: Int32(truncatingIfNeeded: quote &- 1 &- first))
    var value = SeriesTokens.Piece(start: offset(start), count: Int32(truncatingIfNeeded: end &- start))
    if bounds != .none { value = normalised(value, of: name) }
    index = end &+ 1
    series.append(
      SeriesTokens.Token(
        name: name, value: value, nameBit: nameBit, end: offset(index),
        needed: value.isChanged ? SeriesTokens.Token.unique : offset(index), valueStart: offset(start)))
    return true
  }

  /// `__name__`.
  private static let metricNameWord: UInt64 = 0x5f5f_656d_616e_5f5f

  @inline(__always) private mutating func takeSeparator(isStrict: Bool) throws(ExpositionError) {
    if !isStrict { skipBlanks() }
    if current == UInt8(ascii: ",") {
      index &+= 1
      if !isStrict { skipBlanks() }
    } else if isStrict, current != UInt8(ascii: "}") {
      throw failure("a comma or a closing brace should follow a label; \(found) does")
    }
  }

  private mutating func readLabel(isStrict: Bool, namesAllowed: Bool) throws(ExpositionError) {
    let isQuoted = current == Self.quote
    let name: SeriesTokens.Piece
    if isQuoted {
      name = try takeQuoted(newlines: !isStrict)
    } else if let plain = takeName(colons: false) {
      name = plain
    } else {
      throw failure("a label name is missing; \(found) stands in its place")
    }
    if !isStrict { skipBlanks() }
    if isQuoted, namesAllowed, current == UInt8(ascii: ",") || current == UInt8(ascii: "}") {
      guard !series.hasName else { throw failure("a sample has two metric names") }
      try checkLimits(name: .metricName, value: name)
      series.append(metricNameToken(name))
      return
    }
    guard current == UInt8(ascii: "="), !isStrict || page[index &+ 1] == Self.quote else {
      throw failure(
        isStrict
          ? "= and a value in double quotes should follow a label name; \(found) does"
          : "= is missing after a label name; \(found) follows")
    }
    index &+= 1
    if !isStrict { skipBlanks() }
    guard current == Self.quote else {
      throw failure("a label value must be in double quotes; \(found) is not")
    }
    let value = normalised(try takeQuoted(newlines: !isStrict), of: name)
    try checkLimits(name: name, value: value)
    let isName = isMetricName(name)
    series.append(
      SeriesTokens.Token(
        name: isName ? .metricName : name, value: value,
        nameBit: isName ? SeriesTokens.metricNameBit : nameBit(name), end: offset(index),
        needed: name.isChanged || value.isChanged ? SeriesTokens.Token.unique : offset(index)))
  }

  private func isMetricName(_ name: SeriesTokens.Piece) -> Bool {
    name.count == 8 && text(name) == .metricName
  }

  /// `1` is `1.0` where the label is a bound.
  @inline(__always) private mutating func normalised(
    _ value: SeriesTokens.Piece, of name: SeriesTokens.Piece
  ) -> SeriesTokens.Piece {
    guard bounds != .none else { return value }
    let length: Int32 = bounds == .le ? 2 : 8
    guard name.count == length, !value.isChanged, !name.isChanged,
      page.words(at: series.start &+ Int(name.start), count: Int(length)).0 == bounds.word
    else { return value }
    let count = Int(value.count)
    let words = count <= 16 ? page.words(at: series.start &+ Int(value.start), count: count) : (0, 0)
    guard let text = boundTexts.normalised(page.bytes(series.start &+ Int(value.start), count), words: words)
    else {
      return value
    }
    return keep(text)
  }

  private func checkLimits(
    name: SeriesTokens.Piece, value: SeriesTokens.Piece
  ) throws(ExpositionError) {
    guard series.count < limits.labels else {
      throw failure("a sample has more than \(limits.labels) labels")
    }
    guard name.count <= limits.nameBytes else {
      throw failure("a label name is \(name.count) bytes long; the limit is \(limits.nameBytes)")
    }
    guard value.count <= limits.valueBytes else {
      throw failure("a label value is \(value.count) bytes long; the limit is \(limits.valueBytes)")
    }
  }

  @inline(__always) private static func nameBit(_ hash: UInt64) -> UInt64 { 2 << min(62, hash >> 58) }

  /// One of 63 bits, by the name.
  @inline(__always) private func nameBit(_ name: SeriesTokens.Piece) -> UInt64 {
    let hash =
      name.isChanged
      ? series.withBytes(name, in: page) { ByteView($0)?.hash(0, $0.count) ?? 0 }
      : page.hash(series.start &+ Int(name.start), Int(name.count))
    return Self.nameBit(hash)
  }
}
