/// Unquoted text: words, operators, compound commands.
extension ShellScanner {
  mutating func step() {
    switch frames.last {
    case .doubleQuotes: stepInDoubleQuotes()
    case .braces: stepInBraces()
    case .arithmetic(let depth): stepInArithmetic(depth: depth)
    default: stepInList()
    }
  }

  private mutating func stepInList() {
    if let end = opaque[index] {
      begin()
      place(index, placeHere(startsWord: simple.wordStart == nil))
      if simple.wordStart == nil { simple.wordStart = index }
      simple.isWordPlain = false
      index = end
      return
    }
    switch byte() {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      endWord()
      index += 1
    case UInt8(ascii: "\n"): newline()
    case UInt8(ascii: "#") where simple.wordStart == nil: comment()
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): separator()
    case UInt8(ascii: "("):
      begin()
      endWord()
      push(.list(closes: true, isSubstitution: false))
      index += 1
    case UInt8(ascii: ")"): closeParenthesis()
    case UInt8(ascii: "<"), UInt8(ascii: ">"): redirection()
    default:
      begin()
      if simple.wordStart == nil { simple.wordStart = index }
      if !quoteOrExpansion(startsWord: simple.word.isEmpty && simple.isWordPlain) {
        simple.word.append(byte())
        index += 1
      }
    }
  }

  /// Something that belongs to a command stands here.
  mutating func begin() {
    if commandStart == nil { commandStart = index }
    wantsMore = false
  }

  private mutating func newline() {
    endWord()
    index += 1
    if !pending.isEmpty { readHereDocuments() }
    if frames.count == 1 { endCommand(at: trimmedEnd(before: index)) }
    startSimpleCommand()
  }

  /// Without the line end itself.
  private func trimmedEnd(before end: Int) -> Int {
    let end = min(end, bytes.count)
    return end > 0 && bytes[end - 1] == UInt8(ascii: "\n") ? end - 1 : end
  }

  private mutating func comment() {
    let start = index
    while index < bytes.count, byte() != UInt8(ascii: "\n") {
      if opaque[index] != nil { place(index, .comment) }
      index += 1
    }
    if commandStart == nil { noteComment((start + 1)..<index) }
  }

  private mutating func separator() {
    begin()
    endWord()
    let doubled = byte(1) == byte() && byte() != UInt8(ascii: ";")
    let isPipe = byte() == UInt8(ascii: "|")
    if byte() == UInt8(ascii: "&"), byte(1) == UInt8(ascii: ">") {
      index += 1
      return
    }
    index += doubled ? 2 : 1
    wantsMore = doubled || isPipe
    startSimpleCommand()
  }

  mutating func startSimpleCommand() { simple = Simple() }

  private mutating func closeParenthesis() {
    begin()
    endWord()
    index += 1
    // The pattern of a case ends here, not a list.
    if let last = compounds.last, last.word == "case", last.depth == frames.count {
      startSimpleCommand()
      return
    }
    guard case .list(true, let isSubstitution)? = frames.last else { return }
    while let last = compounds.last, last.depth == frames.count { compounds.removeLast() }
    pop()
    if !isSubstitution {
      hasCommandWord = true
      // After `name()` comes the function's body, which is a command.
      simple.isAtCommand = index > 1 && bytes[index - 2] == UInt8(ascii: "(")
    }
  }

  private mutating func redirection() {
    begin()
    endWord()
    if byte() == UInt8(ascii: "<"), byte(1) == UInt8(ascii: "<") {
      if byte(2) == UInt8(ascii: "<") {
        index += 3
      } else {
        hereDocument()
      }
      return
    }
    if byte(1) == UInt8(ascii: "(") {
      hasSubstitution = true
      simple.wordStart = index
      simple.isWordPlain = false
      push(.list(closes: true, isSubstitution: true))
      index += 2
      return
    }
    index += byte(1) == UInt8(ascii: "&") || byte(1) == UInt8(ascii: ">") ? 2 : 1
  }
}

/// Words.
extension ShellScanner {
  mutating func endWord() {
    guard simple.wordStart != nil else { return }
    let text = String(decoding: simple.word, as: UTF8.self)
    let isPlain = simple.isWordPlain
    simple.word = []
    simple.wordStart = nil
    simple.isWordPlain = true
    let name = isPlain ? text.split(separator: "/").last.map(String.init) ?? "" : ""
    guard simple.isAtCommand else {
      if Self.readers.contains(name) { simple.program = name }
      return
    }
    if isPlain, keyword(text) { return }
    if Self.isAssignment(text) { return }
    if isPlain, ["export", "readonly", "declare", "local"].contains(text) {
      simple.isExporting = true
      return
    }
    if simple.isExporting, isPlain, text.hasPrefix("-") { return }
    simple.isAtCommand = false
    hasCommandWord = true
    simple.program = name
  }

  /// `NAME=…`, `NAME+=…`.
  static func isAssignment(_ text: String) -> Bool {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
    var name = text.utf8[..<equals]
    if name.last == UInt8(ascii: "+") { name = name.dropLast() }
    guard let first = name.first, first.isNameByte, !first.isDigit else { return false }
    return name.allSatisfy(\.isNameByte)
  }

  private mutating func keyword(_ text: String) -> Bool {
    switch text {
    case "if", "while", "until", "for", "case", "select", "{":
      compounds.append((text, frames.count))
      hasCommandWord = true
      simple.isAtCommand = text != "for" && text != "case" && text != "select"
    case "then", "do", "else", "elif", "!", "time": break
    case "fi": close(["if"])
    case "done": close(["while", "until", "for", "select"])
    case "esac": close(["case"])
    case "}": close(["{"])
    default: return false
    }
    return true
  }

  private mutating func close(_ words: Set<String>) {
    if let last = compounds.last, last.depth == frames.count, words.contains(last.word) {
      compounds.removeLast()
    }
    simple.isAtCommand = false
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 48 && self <= 57 }
  var isUpper: Bool { self >= 65 && self <= 90 }
  var isLetter: Bool { isUpper || (self >= 97 && self <= 122) }
  /// Of a shell variable's name.
  var isNameByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
