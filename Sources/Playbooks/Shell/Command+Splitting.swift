/// A block as its complete commands.
extension Command {
  /// The commands of a shell text; the comments on the lines right above one are its title.
  static func commands(in text: String, firstLine: Int) -> [Command] {
    let bytes = Array(text.utf8)
    let scan = ShellScanner(bytes)
    var commands: [Command] = []
    var comments = scan.comments[...]
    var line = firstLine
    var counted = 0
    func count(to end: Int) {
      line += bytes[counted..<end].count { $0 == UInt8(ascii: "\n") }
      counted = end
    }
    var end = 0
    for piece in scan.pieces {
      var title: [String] = []
      var last = end
      while let comment = comments.first, comment.lowerBound < piece.bytes.lowerBound {
        if hasBlankLine(bytes[last..<comment.lowerBound]) { title = [] }
        title.append(words(bytes[comment]))
        last = comment.upperBound
        comments = comments.dropFirst()
      }
      if hasBlankLine(bytes[last..<piece.bytes.lowerBound]) { title = [] }
      title.removeAll { $0.isEmpty || $0.hasPrefix("!") }
      count(to: piece.bytes.lowerBound)
      commands.append(
        Command(
          title: title.isEmpty ? nil : title.joined(separator: " "),
          text: String(decoding: bytes[piece.bytes], as: UTF8.self).droppingTrailingSpaces, line: line,
          isAssignment: piece.isAssignment, flaw: piece.flaw))
      end = piece.bytes.upperBound
    }
    return commands
  }

  /// The commands of a recorded session: lines after `$ `, with the lines that complete them (after `> `,
  /// or as they are). Everything else is output.
  static func prompted(in text: String, firstLine: Int) -> [Command] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var commands: [Command] = []
    var index = 0
    while index < lines.count {
      let first = lines[index].drop { $0 == " " || $0 == "\t" }
      guard first.hasPrefix("$ ") else {
        index += 1
        continue
      }
      let start = index
      var whole = String(first.dropFirst(2))
      index += 1
      while index < lines.count, index - start < maximumContinuation, !isComplete(whole) {
        let next = lines[index]
        whole += "\n" + (next.hasPrefix("> ") ? next.dropFirst(2) : next)
        index += 1
      }
      let found = self.commands(in: whole, firstLine: firstLine + start)
      commands += found
    }
    return commands
  }

  /// Lines that one command of a session takes at most: each is looked at again with those before it.
  private static let maximumContinuation = 200

  private static func isComplete(_ text: String) -> Bool {
    if text.hasSuffix("\\"), !text.hasSuffix("\\\\") { return false }
    let scan = ShellScanner(Array(text.utf8))
    return scan.pieces.allSatisfy { $0.flaw == nil } && !scan.wantsMore
  }

  private static func hasBlankLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    var lineEnds = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lineEnds += 1
        if lineEnds > 1 { return true }
      } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t"), byte != UInt8(ascii: "#") {
        lineEnds = 0
      }
    }
    return false
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.drop { $0 == UInt8(ascii: "#") }, as: UTF8.self).trimmed
  }
}

extension String {
  fileprivate var droppingTrailingSpaces: String {
    var text = self[...]
    while let last = text.last, last == " " || last == "\t" || last == "\n" { text = text.dropLast() }
    // A backslash keeps the space that it escapes.
    if text.last == "\\", text.endIndex < endIndex, self[text.endIndex] == " " { return text + " " }
    return String(text)
  }
}
