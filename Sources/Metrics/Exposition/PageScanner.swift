/// Reads one page line by line; the two formats' grammars are in extensions.
///
/// The end of the page reads as a newline, so that a last line without one needs no case of its own.
struct PageScanner {
  enum Line {
    /// Blank, or a comment that means nothing.
    case nothing
    case comment
    /// `# TYPE`, `# HELP` or `# UNIT`: see ``metadata``.
    case metadata
    /// A sample: its labels in ``series``, the rest in ``value``, ``timestamp`` and ``exemplar``.
    case sample
    /// `# EOF`, with nothing behind it.
    case end
  }

  let page: ByteView
  let format: Exposition.Format
  let limits: Exposition.Limits
  var index = 0
  /// Where the last line began and ended, and where its value began, with the blanks before it.
  var lineStart = 0
  var lineEnd = 0
  var valueStart = 0
  var series = SeriesTokens()
  var value = 0.0
  var timestamp: Int64?
  var exemplar: Exemplar?
  var metadata = (word: "", name: "", text: "")
  /// What the last `# TYPE` line named: `le` and `quantile` are numbers only below it.
  var bounds = BoundLabel.none {
    didSet { if bounds != oldValue { series.forget() } }
  }
  /// Whether a label given twice is a mistake.
  var refusesRepeats = false
  var boundTexts = BoundTexts()

  init(_ page: ByteView, format: Exposition.Format, limits: Exposition.Limits) {
    self.page = page
    self.format = format
    self.limits = limits
  }

  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")

  var atEnd: Bool { index >= page.count }

  @inline(__always) var current: UInt8 { page[index] }

  /// Reads a line and goes behind it.
  mutating func readLine() throws(ExpositionError) -> Line {
    switch format {
    case .prometheusText: try readPrometheusLine()
    case .openMetrics: try readOpenMetricsLine()
    }
  }

  /// Reads value, timestamp and exemplar, from where the value begins to the next line.
  mutating func readRest() throws(ExpositionError) {
    switch format {
    case .prometheusText: try readPrometheusRest()
    case .openMetrics: try readOpenMetricsRest()
    }
  }

  func failure(_ what: String, at place: Int? = nil) -> ExpositionError {
    ExpositionError(line: 1 + page.newlines(to: place ?? index), what: what)
  }

  /// What stands here, for a message.
  var found: String {
    if atEnd { return "the end of the page" }
    if current == Self.newline { return "the end of the line" }
    return page.text(index, min(20, page.lineEnd(from: index) - index)).quotedAsInGo
  }

  @inline(__always) mutating func skipBlanks() {
    while current == Self.space || current == 9 { index &+= 1 }
  }

  /// Takes `[a-zA-Z_][a-zA-Z0-9_]*`, with colons too for metrics; nil when there is none.
  @inline(__always) mutating func takeName(colons: Bool) -> SeriesTokens.Piece? {
    let start = index
    guard Self.isName(current, colons: colons), !current.isDigit else { return nil }
    index &+= 1
    while Self.isName(current, colons: colons) { index &+= 1 }
    return piece(start)
  }

  @inline(__always) static func isName(_ byte: UInt8, colons: Bool) -> Bool {
    // Bit by bit: digits and the colon; letters and the underscore.
    let low: UInt64 = colons ? 0x07ff_0000_0000_0000 : 0x03ff_0000_0000_0000
    let high: UInt64 = 0x07ff_fffe_87ff_fffe
    return byte < 128 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }

  func piece(_ start: Int) -> SeriesTokens.Piece {
    SeriesTokens.Piece(start: offset(start), count: Int32(truncatingIfNeeded: index &- start))
  }

  /// A place in the line, from the beginning of the series.
  @inline(__always) func offset(_ place: Int) -> Int32 {
    Int32(truncatingIfNeeded: place &- series.start)
  }

  func text(_ piece: SeriesTokens.Piece) -> String { series.text(piece, in: page) }

  /// Takes a quoted string; a backslash keeps the byte behind it. `\\`, `\"` and `\n` are replaced.
  mutating func takeQuoted(newlines: Bool) throws(ExpositionError) -> SeriesTokens.Piece {
    let open = index
    let start = index &+ 1
    var isPlain = true
    var isASCII = true
    index = page.quotedStop(from: start)
    while current != Self.quote {
      if index < page.count, current == UInt8(ascii: "\\") {
        isPlain = false
        index &+= 1
      }
      guard index < page.count, newlines || current != Self.newline else {
        throw failure("a quoted text has no closing quote", at: open)
      }
      if current >= 0x80 { isASCII = false }
      index = page.quotedStop(from: index &+ 1)
    }
    let length = index &- start
    index &+= 1
    if isPlain, isASCII {
      return SeriesTokens.Piece(start: offset(start), count: Int32(truncatingIfNeeded: length))
    }
    let bytes = page.bytes(start, length)
    guard isASCII || String(validating: bytes, as: UTF8.self) != nil else {
      throw failure("a quoted text is not valid UTF-8", at: open)
    }
    guard !isPlain else {
      return SeriesTokens.Piece(start: offset(start), count: Int32(truncatingIfNeeded: length))
    }
    return keep(Self.unescaped(bytes, quotes: true))
  }

  /// Puts a changed text beside the page.
  mutating func keep(_ bytes: some Collection<UInt8>) -> SeriesTokens.Piece {
    let start = Int32(truncatingIfNeeded: series.changed.count)
    series.changed += bytes
    return SeriesTokens.Piece(start: ~start, count: Int32(truncatingIfNeeded: bytes.count))
  }

  /// `\\` and `\n`, in quoted texts also `\"`; other escapes stay as they are.
  static func unescaped(_ bytes: some Sequence<UInt8>, quotes: Bool) -> [UInt8] {
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      guard isEscaped else {
        if byte == UInt8(ascii: "\\") { isEscaped = true } else { result.append(byte) }
        continue
      }
      isEscaped = false
      switch byte {
      case UInt8(ascii: "n"): result.append(newline)
      case UInt8(ascii: "\\"): result.append(byte)
      case quote where quotes: result.append(byte)
      default: result += [UInt8(ascii: "\\"), byte]
      }
    }
    if isEscaped { result.append(UInt8(ascii: "\\")) }
    return result
  }

  /// The bytes up to a blank or the end of the line, as a number.
  @inline(__always) mutating func takeFloat() throws(ExpositionError) -> Double {
    let start = index
    if let value = DecimalScan.take(page, &index) {
      if current == Self.newline || current == Self.space || current == 9 { return value }
      index = start
    }
    return try takeRareFloat()
  }

  private mutating func takeRareFloat() throws(ExpositionError) -> Double {
    let start = index
    while current != Self.newline, current != Self.space, current != 9 { index &+= 1 }
    guard index > start else { throw failure("a value is missing: \(found) stands in its place") }
    guard let value = GoFloat.parse(page.bytes(start, index &- start)) else {
      throw failure("\(page.text(start, index &- start).quotedAsInGo) is not a number")
    }
    return value
  }

  /// Takes what a `# TYPE` line says, if `known` holds it.
  mutating func noteType(_ type: String, known: [String], called: String) throws(ExpositionError) {
    guard known.contains(type) else {
      throw failure("the metric type \(type.quotedAsInGo) is unknown; write \(called)")
    }
    bounds = type == "histogram" ? .le : type == "summary" ? .quantile : .none
  }

  mutating func takeMetricName(after word: String) throws(ExpositionError) -> String {
    series.forget()
    series.begin(at: index, in: page)
    if current == Self.quote, !atEnd { return text(try takeQuoted(newlines: false)) }
    guard let name = takeName(colons: true) else {
      throw failure("a metric name must follow \(word); \(found) stands there")
    }
    return text(name)
  }
}
