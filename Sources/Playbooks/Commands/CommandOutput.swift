import Values

/// What a command wrote, safe and masked line by line, in bounded memory: its beginning and its end.
package struct CommandOutput: Equatable, Sendable {
  package struct Line: Equatable, Sendable {
    package let text: String
    /// Of standard error.
    package let isError: Bool
  }

  /// Bytes that are kept of the beginning, and of the end.
  package static let headLimit = 1 << 20
  package static let tailLimit = 6 << 20
  /// What a longer line is cut to.
  package static let longestLine = 16 << 10

  /// Lines that were begun, also those that are kept no more.
  package private(set) var lines = 0
  /// Lines between the beginning and the end that are not kept.
  package private(set) var missing = 0
  private var head: [Line] = []
  private var headBytes = 0
  private var tail: [Line] = []
  /// How many of ``tail`` are given up already.
  private var dropped = 0
  private var tailBytes = 0
  private var open = (output: Unfinished(), errors: Unfinished())
  private let secrets: [Secret]

  /// A line that has not ended.
  private struct Unfinished: Equatable {
    var bytes: [UInt8] = []
    var isCut = false
  }

  package init(masking secrets: [Secret] = []) {
    // The longest first: one may be part of another.
    self.secrets = secrets.flatMap(\.echoes).sorted { $0.revealed().utf8.count > $1.revealed().utf8.count }
  }

  package var isTruncated: Bool { missing > 0 }
  /// Lines that can be read by their place; those that are missing stand between the beginning and the end.
  package var count: Int { head.count + tail.count - dropped }
  /// How many of the lines that can be read precede those that are missing.
  package var beginning: Int { head.count }

  package subscript(_ place: Int) -> Line? {
    if head.indices.contains(place) { return head[place] }
    let place = place - head.count + dropped
    return place >= dropped && tail.indices.contains(place) ? tail[place] : nil
  }

  /// Takes bytes as they come.
  /// - Returns: what of it is whole by now, safe and masked, each line with its newline.
  package mutating func receive(_ bytes: [UInt8], isError: Bool) -> String {
    var written = ""
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      extend(with: rest[..<end], isError)
      written += finishLine(isError)
      rest = rest[rest.index(after: end)...]
    }
    extend(with: rest, isError)
    return written
  }

  /// Ends the lines that are open.
  package mutating func finish() -> String {
    var written = ""
    if !open.output.bytes.isEmpty { written += finishLine(false) }
    if !open.errors.bytes.isEmpty { written += finishLine(true) }
    return written
  }

  /// What is kept of it as a text, with a line that tells how many are missing.
  package var text: String {
    var text = head.map { $0.text + "\n" }.joined()
    if missing > 0 { text += "… \(missing) lines are not kept here …\n" }
    return text + tail[dropped...].map { $0.text + "\n" }.joined()
  }

  private mutating func extend(with bytes: ArraySlice<UInt8>, _ isError: Bool) {
    guard !bytes.isEmpty else { return }
    let room = Self.longestLine - (isError ? open.errors : open.output).bytes.count
    let part = bytes.prefix(max(0, room))
    if isError {
      open.errors.bytes += part
      open.errors.isCut = open.errors.isCut || part.count < bytes.count
    } else {
      open.output.bytes += part
      open.output.isCut = open.output.isCut || part.count < bytes.count
    }
  }

  private mutating func finishLine(_ isError: Bool) -> String {
    let line = isError ? open.errors : open.output
    if isError { open.errors = Unfinished() } else { open.output = Unfinished() }
    var text = Self.safe(String(decoding: line.bytes, as: UTF8.self))
    for secret in secrets { text = secret.masking(text) }
    if line.isCut { text += "…" }
    keep(Line(text: text, isError: isError))
    return text + "\n"
  }

  private mutating func keep(_ line: Line) {
    lines += 1
    let size = line.text.utf8.count + 1
    if tail.isEmpty, headBytes + size <= Self.headLimit {
      head.append(line)
      headBytes += size
      return
    }
    tail.append(line)
    tailBytes += size
    while tailBytes > Self.tailLimit, dropped < tail.count - 1 {
      tailBytes -= tail[dropped].text.utf8.count + 1
      tail[dropped] = Line(text: "", isError: false)
      dropped += 1
      missing += 1
    }
    if dropped > 4096, dropped * 2 > tail.count {
      tail.removeFirst(dropped)
      dropped = 0
    }
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.lines == other.lines && one.missing == other.missing && one.text == other.text
  }
}

extension CommandOutput {
  /// A line as it can be shown: what a terminal would have made of carriage returns and backspaces is done, colours and
  /// other sequences are gone, and what else could talk to a terminal is text.
  static func safe(_ line: String) -> String {
    var line = line[...]
    if line.hasSuffix("\r") { line = line.dropLast() }
    // A progress bar writes over its line: what stands there last counts.
    if let last = line.lastIndex(of: "\r") { line = line[line.index(after: last)...] }
    return Inert.terminal(ControlSequences.removed(from: String(line)))
  }
}
