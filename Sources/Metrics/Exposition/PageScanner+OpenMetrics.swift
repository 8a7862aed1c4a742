/// OpenMetrics 1.0, as leniently as Prometheus reads it: the syntax of every line, the order of families not.
extension PageScanner {
  mutating func readOpenMetricsLine() throws(ExpositionError) -> Line {
    lineStart = index
    guard current == UInt8(ascii: "#") else {
      try readSeries(isStrict: true)
      guard current == Self.space else {
        throw failure("one space should stand before the value; \(found) does")
      }
      index &+= 1
      valueStart = index
      try readOpenMetricsRest()
      return .sample
    }
    let line = try readMetadata()
    endLine()
    return line
  }

  /// `# EOF` comes last: nothing may follow.
  private mutating func readMetadata() throws(ExpositionError) -> Line {
    let start = index
    index &+= 1
    guard takeSpace(), let piece = takeName(colons: false) else {
      throw failure("only # HELP, # TYPE, # UNIT and # EOF may begin with #")
    }
    let word = text(piece)
    if word == "EOF", start + 5 == index {
      guard index + 1 >= page.count, current == Self.newline else {
        throw failure("something follows # EOF")
      }
      return .end
    }
    guard ["HELP", "TYPE", "UNIT"].contains(word), takeSpace() else {
      throw failure("only # HELP, # TYPE, # UNIT and # EOF may begin with #")
    }
    let name = try takeMetricName(after: word)
    let isSeparated = takeSpace()
    let rest = index
    index = page.lineEnd(from: index)
    guard isSeparated, let text = String(validating: page.bytes(rest, index - rest), as: UTF8.self) else {
      throw failure("a space and text in UTF-8 should follow \(name)")
    }
    try note(word, name, text)
    return .metadata
  }

  private mutating func note(_ word: String, _ name: String, _ text: String) throws(ExpositionError) {
    metadata = (word, name, text)
    switch word {
    case "TYPE":
      let known = [
        "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown",
      ]
      try noteType(text, known: known, called: "one of " + known.joined(separator: ", "))
    case "HELP":
      metadata.text = String(decoding: Self.unescaped(text.utf8, quotes: true), as: UTF8.self)
    default:
      guard text.isEmpty || name.hasSuffix("_" + text) else {
        throw failure("the unit \(text.quotedAsInGo) is not the end of the name \(name.quotedAsInGo)")
      }
    }
  }

  private mutating func takeSpace() -> Bool {
    guard current == Self.space else { return false }
    index &+= 1
    return true
  }

  mutating func readOpenMetricsRest() throws(ExpositionError) {
    value = try takeFloat()
    timestamp = nil
    exemplar = nil
    if current != Self.newline, !(current == Self.space && page[index + 1] == UInt8(ascii: "#")) {
      guard takeSpace() else { throw failure("one space should stand before the timestamp; \(found) does") }
      timestamp = try takeSeconds()
    }
    if current == Self.space { try readExemplar() }
    guard current == Self.newline else { throw failure("the line should end here; \(found) follows") }
    endLine()
  }

  /// Seconds with a fraction, as milliseconds; what does not fit becomes the least one, as in Prometheus.
  private mutating func takeSeconds() throws(ExpositionError) -> Int64 {
    let seconds = try takeFloat()
    guard seconds.isFinite else { throw failure("a timestamp must be finite") }
    return Int64(exactly: (seconds * 1000).rounded(.towardZero)) ?? .min
  }

  /// ` # {labels} value [timestamp]`.
  private mutating func readExemplar() throws(ExpositionError) {
    index &+= 1
    guard current == UInt8(ascii: "#"), page[index + 1] == Self.space,
      page[index + 2] == UInt8(ascii: "{")
    else {
      throw failure("an exemplar should begin with # and a brace; \(found) stands there")
    }
    index &+= 2
    // Its labels are read like the series', which must not be lost meanwhile.
    let own = (series, bounds)
    series = SeriesTokens()
    series.begin(at: index, in: page)
    bounds = .none
    defer { (bounds, series) = (own.1, own.0) }
    try readLabels(isStrict: true, namesAllowed: false)
    try settleRepeats()
    let labels = series.labels(in: page)
    guard takeSpace() else { throw failure("one space should stand before an exemplar's value") }
    let value = try takeFloat()
    var timestamp: Int64?
    if takeSpace() { timestamp = try takeSeconds() }
    exemplar = Exemplar(sample: 0, labels: labels, value: value, timestamp: timestamp)
  }
}
