/// Reads one page of bytes; the two formats' grammars are in extensions.
///
/// The end of the page reads as a newline, so that a last line without one needs no case of its own.
struct PageReader: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  let limits: Exposition.Limits
  var index = 0
  var line = 1
  var scrape = Scrape()
  /// The type that the last `# TYPE` line named: the labels `le` and `quantile` are numbers only below it.
  var currentType = ""
  private var seen = Set<Labels>()
  private var pairs: [Label] = []

  init(bytes: UnsafeBufferPointer<UInt8>, limits: Exposition.Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")

  var atEnd: Bool { index >= bytes.count }

  @inline(__always) func byte(at index: Int) -> UInt8 { index < bytes.count ? bytes[index] : Self.newline }

  @inline(__always) var current: UInt8 { byte(at: index) }

  func failure(_ what: String) -> ExpositionError { ExpositionError(line: line, what: what) }

  /// What stands here, for a message.
  var found: String {
    if atEnd { return "the end of the page" }
    if current == Self.newline { return "the end of the line" }
    let end = min(bytes.count, index + 20)
    let piece = bytes[index..<end].prefix { $0 != Self.newline }
    return String(decoding: piece, as: UTF8.self).quotedAsInGo
  }

  mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == Self.space || bytes[index] == 9 { index &+= 1 }
  }

  mutating func skipToNewline() {
    while index < bytes.count, bytes[index] != Self.newline { index &+= 1 }
  }

  mutating func takeNewline() {
    index &+= 1
    line &+= 1
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  /// Takes `[a-zA-Z_][a-zA-Z0-9_]*`, with colons too for metrics; nil when there is none.
  mutating func takeName(colons: Bool) -> Range<Int>? {
    let start = index
    let colon = UInt8(ascii: ":")
    guard current.isNameStart || (colons && current == colon) else { return nil }
    while index < bytes.count,
      bytes[index].isNameStart || bytes[index].isDigit || (colons && bytes[index] == colon)
    {
      index &+= 1
    }
    return start..<index
  }

  /// Takes a quoted string; a backslash keeps the byte behind it. The result has `\\`, `\"` and `\n` replaced.
  mutating func takeQuoted(newlines: Bool) throws(ExpositionError) -> String {
    index &+= 1
    let start = index
    var escapes = false
    var lines = 0
    var all: UInt8 = 0
    while index < bytes.count, bytes[index] != Self.quote {
      all |= bytes[index]
      if bytes[index] == UInt8(ascii: "\\") {
        escapes = true
        index &+= 1
        all |= byte(at: index)
      }
      if byte(at: index) == Self.newline {
        guard newlines else { break }
        lines &+= 1
      }
      index &+= 1
    }
    guard index < bytes.count, bytes[index] == Self.quote else {
      throw failure("a quoted text has no closing quote")
    }
    let piece = UnsafeBufferPointer(rebasing: bytes[start..<index])
    guard
      let text = all < 0x80
        ? String(decoding: piece, as: UTF8.self) : String(validating: piece, as: UTF8.self)
    else {
      throw failure("a quoted text is not valid UTF-8")
    }
    index &+= 1
    line &+= lines
    return escapes ? Self.unescaped(text, quotes: true) : text
  }

  /// `\\` and `\n`, in quoted texts also `\"`; other escapes stay as they are.
  static func unescaped(_ text: String, quotes: Bool) -> String {
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.first else {
        result.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "n"): result.append(newline)
      case UInt8(ascii: "\\"): result.append(next)
      case quote where quotes: result.append(next)
      default: result += [byte, next]
      }
      rest.removeFirst()
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes up to a blank or the end of the line, as a number.
  mutating func takeFloat() throws(ExpositionError) -> Double {
    let start = index
    while index < bytes.count, bytes[index] != Self.newline, bytes[index] != Self.space, bytes[index] != 9 {
      index &+= 1
    }
    guard index > start else { throw failure("a value is missing: \(found) stands in its place") }
    guard
      let value = GoFloat.parse(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<index])))
    else {
      throw failure("\(text(start..<index).quotedAsInGo) is not a number")
    }
    return value
  }

  mutating func begin(name: String?) {
    pairs.removeAll(keepingCapacity: true)
    if let name { pairs.append(Label(.metricName, name)) }
  }

  var hasName: Bool { pairs.contains { $0.name == .metricName } }

  mutating func add(_ name: String, _ value: String) throws(ExpositionError) {
    var value = value
    if !currentType.isEmpty,
      (currentType == "histogram" && name == "le") || (currentType == "summary" && name == "quantile"),
      let number = GoFloat.parse(value)
    {
      value = number.bucketText
    }
    pairs.append(Label(name, value))
    guard pairs.count <= limits.labels else {
      throw failure("a sample has more than \(limits.labels) labels")
    }
    guard name.utf8.count + value.utf8.count <= limits.labelBytes else {
      throw failure("a label is longer than \(limits.labelBytes) bytes")
    }
  }

  mutating func finish(_ value: Double, timestamp: Int64?) throws(ExpositionError) {
    let labels = Labels(unsorted: pairs)
    // Samples with times of their own may belong to one series; without them, the first counts.
    if timestamp == nil, !seen.insert(labels).inserted {
      scrape.duplicates &+= 1
      return
    }
    guard scrape.samples.count < limits.samples else {
      throw failure("the page has more than \(limits.samples) samples")
    }
    scrape.samples.append(Sample(labels, value, timestamp: timestamp))
  }
}
