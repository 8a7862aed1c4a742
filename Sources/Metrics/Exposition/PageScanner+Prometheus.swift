/// Text format 0.0.4 and 1.0.0: blanks and tabs are free between tokens, other comments are skipped.
extension PageScanner {
  @inline(__always) mutating func readPrometheusLine() throws(ExpositionError) -> Line {
    lineStart = index
    skipBlanks()
    let line: Line
    switch current {
    case Self.newline:
      line = .nothing
      endLine()
    case UInt8(ascii: "#"):
      line = try readComment()
      endLine()
    default:
      try readSeries(isStrict: false)
      skipBlanks()
      valueStart = index
      try readPrometheusRest()
      line = .sample
    }
    return line
  }

  @inline(__always) mutating func endLine() {
    lineEnd = index
    index = min(page.count, index &+ 1)
  }

  private mutating func readComment() throws(ExpositionError) -> Line {
    let first = index
    index &+= 1
    let start = index
    skipBlanks()
    let word = takeName(colons: false).map { self.text($0) } ?? ""
    let end = index
    skipBlanks()
    guard start < end, page[start] == Self.space || page[start] == 9, word == "TYPE" || word == "HELP",
      index > end
    else {
      index = page.lineEnd(from: index)
      metadata = ("", "", page.text(first, index - first))
      return .comment
    }
    let name = try takeMetricName(after: word)
    if word == "TYPE" {
      if current == Self.space { index &+= 1 }
    } else {
      skipBlanks()
    }
    let rest = index
    index = page.lineEnd(from: index)
    let text = page.bytes(rest, index - rest)
    if word == "TYPE" {
      let type = String(decoding: text, as: UTF8.self)
      try noteType(
        type, known: ["counter", "gauge", "histogram", "summary", "untyped"],
        called: "counter, gauge, histogram, summary or untyped")
      metadata = (word, name, type)
    } else {
      metadata = (word, name, String(decoding: Self.unescaped(text, quotes: false), as: UTF8.self))
    }
    return .metadata
  }

  @inline(__always) mutating func readPrometheusRest() throws(ExpositionError) {
    value = try takeFloat()
    timestamp = nil
    if current != Self.newline {
      skipBlanks()
      if current != Self.newline { timestamp = try takeMilliseconds() }
      skipBlanks()
      guard current == Self.newline else {
        throw failure("the line should end after its timestamp; \(found) follows")
      }
    }
    endLine()
  }

  private mutating func takeMilliseconds() throws(ExpositionError) -> Int64 {
    let start = index
    while current.isDigit { index &+= 1 }
    guard index > start, let value = Int64(page.text(start, index - start)) else {
      throw failure(
        "a timestamp in whole milliseconds or the end of the line should follow the value; \(found) does")
    }
    return value
  }
}
