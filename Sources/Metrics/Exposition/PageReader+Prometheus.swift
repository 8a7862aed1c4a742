/// Text format 0.0.4: blanks and tabs are free between tokens, other comments are skipped.
extension PageReader {
  mutating func readPrometheusText() throws(ExpositionError) {
    while !atEnd {
      skipBlanks()
      switch current {
      case Self.newline: break
      case UInt8(ascii: "#"): try readComment()
      default: try readSample()
      }
      takeNewline()
    }
  }

  private mutating func readComment() throws(ExpositionError) {
    index &+= 1
    let start = index
    skipBlanks()
    let word = takeName(colons: false).map { text($0) }
    let end = index
    skipBlanks()
    guard start < end, bytes[start] == Self.space || bytes[start] == 9, word == "TYPE" || word == "HELP",
      index > end
    else { return skipToNewline() }
    let name = try takeMetricName(after: word ?? "")
    if word == "TYPE" {
      let type =
        index < bytes.count && current == Self.space ? restOfLine(from: index + 1) : restOfLine(from: index)
      guard ["counter", "gauge", "histogram", "summary", "untyped"].contains(type) else {
        throw failure(
          "the metric type \(type.quotedAsInGo) is unknown; write counter, gauge, histogram, summary or untyped"
        )
      }
      currentType = type
      scrape.types[name] = type
    } else {
      skipBlanks()
      scrape.help[name] = Self.unescaped(restOfLine(from: index), quotes: false)
    }
  }

  mutating func takeMetricName(after word: String) throws(ExpositionError) -> String {
    if current == Self.quote { return try takeQuoted(newlines: false) }
    guard let name = takeName(colons: true) else {
      throw failure("a metric name must follow \(word); \(found) stands there")
    }
    return text(name)
  }

  mutating func restOfLine(from start: Int) -> String {
    skipToNewline()
    return text(min(start, index)..<index)
  }

  private mutating func readSample() throws(ExpositionError) {
    if let name = takeName(colons: true) {
      begin(name: text(name))
    } else if current == UInt8(ascii: "{") {
      begin(name: nil)
    } else {
      throw failure("a line must begin with a metric name, a brace or #; \(found) stands there")
    }
    skipBlanks()
    if current == UInt8(ascii: "{") { try readLabels() }
    guard hasName else { throw failure("a sample has no metric name") }
    skipBlanks()
    let value = try takeFloat()
    skipBlanks()
    var timestamp: Int64?
    if current != Self.newline { timestamp = try takeMilliseconds() }
    skipBlanks()
    guard current == Self.newline else {
      throw failure("the line should end after its timestamp; \(found) follows")
    }
    try finish(value, timestamp: timestamp)
  }

  private mutating func takeMilliseconds() throws(ExpositionError) -> Int64 {
    let start = index
    while index < bytes.count, bytes[index].isDigit { index &+= 1 }
    guard index > start, let value = Int64(text(start..<index)) else {
      throw failure(
        "a timestamp in whole milliseconds or the end of the line should follow the value; \(found) does")
    }
    return value
  }

  /// `{l="v", "quoted l"="v", }`; a lone quoted text is the metric's name. Commas may be missing, but not doubled.
  private mutating func readLabels() throws(ExpositionError) {
    index &+= 1
    skipBlanks()
    while current != UInt8(ascii: "}") || atEnd {
      let isQuoted = current == Self.quote && !atEnd
      let name: String
      if isQuoted {
        name = try takeQuoted(newlines: true)
      } else if let plain = takeName(colons: false) {
        name = text(plain)
      } else {
        throw failure("a label name is missing; \(found) stands in its place")
      }
      skipBlanks()
      if isQuoted, current == UInt8(ascii: ",") || current == UInt8(ascii: "}") {
        guard !hasName else { throw failure("a sample has two metric names") }
        try add(.metricName, name)
      } else {
        guard current == UInt8(ascii: "=") else {
          throw failure("= is missing after a label name; \(found) follows")
        }
        index &+= 1
        skipBlanks()
        guard current == Self.quote else {
          throw failure("a label value must be in double quotes; \(found) is not")
        }
        try add(name, takeQuoted(newlines: true))
        skipBlanks()
      }
      if current == UInt8(ascii: ",") {
        index &+= 1
        skipBlanks()
      }
    }
    index &+= 1
  }
}
