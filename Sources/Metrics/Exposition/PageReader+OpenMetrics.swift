/// OpenMetrics 1.0, as leniently as Prometheus reads it: the syntax of every line, the order of families not.
extension PageReader {
  mutating func readOpenMetrics() throws(ExpositionError) {
    while !atEnd {
      if current == UInt8(ascii: "#") {
        if try readMetadata() { return }
      } else {
        try readStrictSample()
      }
      guard !atEnd else { break }
      takeNewline()
    }
    throw failure("the page does not end with # EOF")
  }

  /// True at `# EOF`, behind which nothing may follow.
  private mutating func readMetadata() throws(ExpositionError) -> Bool {
    let start = index
    index &+= 1
    guard takeSpace(), let range = takeName(colons: false) else {
      throw failure("only # HELP, # TYPE, # UNIT and # EOF may begin with #")
    }
    let word = text(range)
    if word == "EOF", start + 5 == index {
      guard index + 1 >= bytes.count, current == Self.newline else {
        throw failure("something follows # EOF")
      }
      return true
    }
    guard ["HELP", "TYPE", "UNIT"].contains(word), takeSpace() else {
      throw failure("only # HELP, # TYPE, # UNIT and # EOF may begin with #")
    }
    let name = try takeMetricName(after: word)
    let isSeparated = takeSpace()
    let rest = index
    skipToNewline()
    guard isSeparated,
      let value = String(validating: UnsafeBufferPointer(rebasing: bytes[rest..<index]), as: UTF8.self)
    else {
      throw failure("a space and text in UTF-8 should follow \(name)")
    }
    try note(word, name, value)
    return false
  }

  private mutating func note(_ word: String, _ name: String, _ value: String) throws(ExpositionError) {
    switch word {
    case "TYPE":
      let known = [
        "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown",
      ]
      guard known.contains(value) else {
        throw failure(
          "the metric type \(value.quotedAsInGo) is unknown; write one of \(known.joined(separator: ", "))")
      }
      currentType = value
      scrape.types[name] = value
    case "HELP": scrape.help[name] = Self.unescaped(value, quotes: true)
    default:
      guard value.isEmpty || name.hasSuffix("_" + value) else {
        throw failure("the unit \(value.quotedAsInGo) is not the end of the name \(name.quotedAsInGo)")
      }
    }
  }

  private mutating func takeSpace() -> Bool {
    guard !atEnd, current == Self.space else { return false }
    index &+= 1
    return true
  }

  private mutating func readStrictSample() throws(ExpositionError) {
    if let name = takeName(colons: true) {
      begin(name: text(name))
    } else if current == UInt8(ascii: "{") {
      begin(name: nil)
    } else {
      throw failure("a line must begin with a metric name, a brace or #; \(found) stands there")
    }
    if current == UInt8(ascii: "{") {
      try readStrictLabels { reader, name, value throws(ExpositionError) in
        try reader.add(name, value)
      }
    }
    guard hasName else { throw failure("a sample has no metric name") }
    guard takeSpace() else { throw failure("one space should stand before the value; \(found) does") }
    let value = try takeFloat()
    var timestamp: Int64?
    if current != Self.newline, !(current == Self.space && byte(at: index + 1) == UInt8(ascii: "#")) {
      guard takeSpace() else { throw failure("one space should stand before the timestamp; \(found) does") }
      timestamp = try takeSeconds()
    }
    if current == Self.space { try skipExemplar() }
    guard current == Self.newline else { throw failure("the line should end here; \(found) follows") }
    try finish(value, timestamp: timestamp)
  }

  /// Seconds with a fraction, as milliseconds; what does not fit becomes the least one, as in Prometheus.
  private mutating func takeSeconds() throws(ExpositionError) -> Int64 {
    let seconds = try takeFloat()
    guard seconds.isFinite else { throw failure("a timestamp must be finite") }
    return Int64(exactly: (seconds * 1000).rounded(.towardZero)) ?? .min
  }

  /// ` # {labels} value [timestamp]`.
  private mutating func skipExemplar() throws(ExpositionError) {
    index &+= 1
    guard current == UInt8(ascii: "#"), byte(at: index + 1) == Self.space,
      byte(at: index + 2) == UInt8(ascii: "{")
    else {
      throw failure("an exemplar should begin with # and a brace; \(found) stands there")
    }
    index &+= 2
    try readStrictLabels(namesAllowed: false) { _, _, _ throws(ExpositionError) in }
    guard takeSpace() else { throw failure("one space should stand before an exemplar's value") }
    _ = try takeFloat()
    if current == Self.space {
      index &+= 1
      _ = try takeSeconds()
    }
  }

  private mutating func readStrictLabels(
    namesAllowed: Bool = true,
    _ each: (inout PageReader, String, String) throws(ExpositionError) -> Void
  ) throws(ExpositionError) {
    index &+= 1
    while current != UInt8(ascii: "}") || atEnd {
      let isQuoted = current == Self.quote && !atEnd
      let name: String
      if isQuoted {
        name = try takeQuoted(newlines: false)
      } else if let plain = takeName(colons: false) {
        name = text(plain)
      } else {
        throw failure("a label name is missing; \(found) stands in its place")
      }
      if namesAllowed, isQuoted, current == UInt8(ascii: ",") || current == UInt8(ascii: "}") {
        guard !hasName else { throw failure("a sample has two metric names") }
        try each(&self, .metricName, name)
      } else {
        guard current == UInt8(ascii: "="), byte(at: index + 1) == Self.quote else {
          throw failure("= and a value in double quotes should follow a label name; \(found) does")
        }
        index &+= 1
        try each(&self, name, takeQuoted(newlines: false))
      }
      if current == UInt8(ascii: ",") {
        index &+= 1
      } else if current != UInt8(ascii: "}") {
        throw failure("a comma or a closing brace should follow a label; \(found) does")
      }
    }
    index &+= 1
  }
}
