import Values

/// What a command wrote, safe and masked line by line, in bounded memory: its beginning and its end.
///
/// Colours and other sequences are gone, of a line that was written over there is what stood there last, and what else
/// could talk to a terminal is text. Copies share what they have in common.
package struct CommandOutput: Equatable, Sendable {
  package struct Line: Equatable, Sendable {
    package let text: String
    /// Of standard error.
    package let isError: Bool
    /// Whether the next line is the rest of this one, which is too long to be kept as one.
    package let goesOn: Bool

    init(text: String, isError: Bool, goesOn: Bool = false) {
      self.text = text
      self.isError = isError
      self.goesOn = goesOn
    }
  }

  /// Memory that is kept of the beginning, and of the end; the bytes of their text are fewer.
  package static let headLimit = 1 << 20
  package static let tailLimit = 6 << 20
  /// A longer line is kept as several.
  package static let longestLine = 16 << 10

  /// Lines that were begun, also those that are kept no more.
  package private(set) var lines = 0
  /// Lines between the beginning and the end that are not kept.
  package private(set) var missing = 0
  private var head = LineBlocks()
  private var tail = LineBlocks()
  private var open = (output: OpenLine(), errors: OpenLine())
  private let mask: SecretMask

  package init(masking secrets: [Secret] = []) {
    mask = SecretMask(secrets)
  }

  package var isTruncated: Bool { missing > 0 }
  /// Lines that can be read by their place; those that are missing stand between the beginning and the end.
  package var count: Int { head.count + tail.count }
  /// How many of the lines that can be read precede those that are missing.
  package var beginning: Int { head.count }

  /// Bytes of memory that the kept lines take, about.
  var memory: Int { head.size + tail.size }

  /// O(log n).
  package subscript(_ place: Int) -> Line? {
    place < head.count ? head[place] : tail[place - head.count]
  }

  /// Lines that have not ended, as far as they have come: a question, a progress bar.
  package var openLines: [Line] {
    [(open.output, false), (open.errors, true)].compactMap { line, isError in
      let text = line.preview(longest: Self.longestLine, mask)
      return text.isEmpty ? nil : Line(text: text, isError: isError)
    }
  }

  /// Takes bytes as they come.
  /// - Returns: what of it is whole by now, safe and masked, each line with its newline.
  package mutating func receive(_ bytes: [UInt8], isError: Bool) -> String {
    var written = ""
    var rest = bytes[...]
    while let end = Self.newline(in: rest) {
      extend(with: rest[..<end], isError, &written)
      written += finishLine(isError)
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { extend(with: rest, isError, &written) }
    return written
  }

  /// Ends the lines that are open.
  package mutating func finish() -> String {
    var written = ""
    if !open.output.isEmpty { written += finishLine(false) }
    if !open.errors.isEmpty { written += finishLine(true) }
    return written
  }

  /// What is kept of it as a text, with a line that tells how many are missing.
  package var text: String {
    var text = ""
    func add(_ line: Line) { text += line.goesOn ? line.text : line.text + "\n" }
    head.forEach(add)
    if missing > 0 {
      if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
      text += Self.gap(of: missing) + "\n"
    }
    tail.forEach(add)
    return text
  }

  /// The line that stands for those that are not kept.
  package static func gap(of missing: Int) -> String { "… \(missing) lines are not kept here …" }

  /// How many lines such a line stands for; nil for any other.
  package static func missing(in line: String) -> Int? {
    guard line.hasPrefix("… "), line.hasSuffix(" …") else { return nil }
    return Int(line.dropFirst(2).prefix { $0 != " " }).flatMap { gap(of: $0) == line ? $0 : nil }
  }

  /// As `firstIndex(of:)`, a word at a time: output may be long.
  private static func newline(in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.withUnsafeBytes { buffer in ByteWords.first(UInt8(ascii: "\n"), in: buffer) }.map {
      bytes.startIndex + $0
    }
  }

  private mutating func extend(with bytes: ArraySlice<UInt8>, _ isError: Bool, _ written: inout String) {
    var rest = bytes
    while !rest.isEmpty {
      // Not more at once than a line may have, so that an open line stays bounded.
      let part = rest.prefix(Self.longestLine)
      rest = rest.dropFirst(part.count)
      change(isError) { $0.extend(with: part) }
      while let piece = change(isError, { [mask] in $0.takePiece(longest: Self.longestLine, mask) }) {
        written += piece
        keep(Line(text: piece, isError: isError, goesOn: true))
      }
    }
  }

  private mutating func finishLine(_ isError: Bool) -> String {
    let text = change(isError) { [mask] in $0.take(mask) }
    keep(Line(text: text, isError: isError))
    return text + "\n"
  }

  private mutating func change<T>(_ isError: Bool, _ body: (inout OpenLine) -> T) -> T {
    isError ? body(&open.errors) : body(&open.output)
  }

  private mutating func keep(_ line: Line) {
    lines += 1
    if tail.count == 0, missing == 0, head.size + LineBlocks.size(of: line) <= Self.headLimit {
      head.append(line)
      return
    }
    tail.append(line)
    while tail.size > Self.tailLimit { missing += tail.dropFirst() }
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.lines == other.lines && one.missing == other.missing && one.head == other.head
      && one.tail == other.tail
      && one.open == other.open
  }
}
