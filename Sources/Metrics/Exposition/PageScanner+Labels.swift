/// Names and labels of a sample line, in both formats.
extension PageScanner {
  /// Reads a sample line from its beginning to where its value stands.
  @inline(__always) mutating func readSeries(isStrict: Bool) throws(ExpositionError) {
    series.begin()
    if takeSameName() {
      // As on the line before.
    } else if let name = takeName(colons: true) {
      series.append(metricNameToken(name, whole: name))
    } else if current != UInt8(ascii: "{") {
      throw failure("a line must begin with a metric name, a brace or #; \(found) stands there")
    }
    if !isStrict { skipBlanks() }
    if current == UInt8(ascii: "{") { try readLabels(isStrict: isStrict, namesAllowed: true) }
    guard series.hasName else { throw failure("a sample has no metric name") }
    try settleRepeats()
  }

  /// Of a label given twice the last one counts, unless that is refused.
  @inline(__always) mutating func settleRepeats() throws(ExpositionError) {
    guard series.mayRepeat, series.isRepeating(in: page) else { return }
    guard !refusesRepeats else { throw failure("a label name is given twice") }
    series.removeRepeated(in: page)
  }

  @inline(__always) private mutating func takeSameName() -> Bool {
    guard let token = series.candidate, token.nameBit == SeriesTokens.metricNameBit, token.whole.count > 0
    else { return false }
    let length = Int(token.whole.count)
    guard page.equals(at: index, page, at: Int(token.whole.start), length: length),
      !Self.isName(page[index &+ length], colons: true)
    else { return false }
    series.take(token, movedBy: index &- Int(token.whole.start))
    index &+= length
    return true
  }

  private func metricNameToken(
    _ name: SeriesTokens.Piece, whole: SeriesTokens.Piece = .none
  ) -> SeriesTokens.Token {
    SeriesTokens.Token(
      name: .metricName, value: name, hash: hash(.metricName, name), nameBit: SeriesTokens.metricNameBit,
      whole: whole)
  }

  /// `{l="v","quoted l"="v",}`; a lone quoted text is the metric's name. In the classic format blanks are free
  /// and commas may be missing, but not doubled.
  ///
  /// - Parameter namesAllowed: false in exemplars.
  mutating func readLabels(isStrict: Bool, namesAllowed: Bool) throws(ExpositionError) {
    index &+= 1
    if !isStrict { skipBlanks() }
    while current != UInt8(ascii: "}") {
      if let token = series.candidate, token.whole.count > 0, token.nameBit != SeriesTokens.metricNameBit,
        page.equals(at: index, page, at: Int(token.whole.start), length: Int(token.whole.count))
      {
        series.take(token, movedBy: index &- Int(token.whole.start))
        index &+= Int(token.whole.count)
      } else {
        try readLabel(isStrict: isStrict, namesAllowed: namesAllowed)
      }
      if !isStrict { skipBlanks() }
      if current == UInt8(ascii: ",") {
        index &+= 1
        if !isStrict { skipBlanks() }
      } else if isStrict, current != UInt8(ascii: "}") {
        throw failure("a comma or a closing brace should follow a label; \(found) does")
      }
    }
    index &+= 1
  }

  private mutating func readLabel(isStrict: Bool, namesAllowed: Bool) throws(ExpositionError) {
    let start = index
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
    let nameHash = hash(name)
    series.append(
      SeriesTokens.Token(
        name: isName ? .metricName : name, value: value,
        hash: isName ? hash(.metricName, value) : value.count == 0 ? 0 : combined(nameHash, hash(value)),
        nameBit: isName ? SeriesTokens.metricNameBit : 2 << min(62, nameHash >> 58),
        whole: isQuoted || isName || value.isChanged ? .none : piece(start)))
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
    guard name.count == length, !value.isChanged, text(name) == (bounds == .le ? "le" : "quantile") else {
      return value
    }
    let count = Int(value.count)
    let words = count <= 16 ? page.words(at: Int(value.start), count: count) : (0, 0)
    guard let text = boundTexts.normalised(page.bytes(Int(value.start), count), words: words) else {
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

  @inline(__always) private func combined(_ name: UInt64, _ value: UInt64) -> UInt64 {
    let product = (name ^ 0x5895_28c7_a5f1_9d2b).multipliedFullWidth(by: value ^ SeriesTokens.seed)
    return product.high ^ product.low ^ (name &+ value)
  }

  private func hash(_ name: SeriesTokens.Piece, _ value: SeriesTokens.Piece) -> UInt64 {
    value.count == 0 ? 0 : combined(SeriesTokens.seed, hash(value))
  }

  @inline(__always) private func hash(_ piece: SeriesTokens.Piece) -> UInt64 {
    guard piece.isChanged else { return page.hash(piece) }
    return series.changed.withUnsafeBytes { bytes in
      ByteView(bytes)?.hash(SeriesTokens.Piece(start: ~piece.start, count: piece.count))
    } ?? 0
  }
}
