/// Quotes, expansions, here-documents.
extension ShellScanner {
  /// Programs that read an argument as code of their own.
  static let readers: Set<String> = [
    "eval", "sh", "bash", "zsh", "dash", "ksh", "ssh", "su", "watch", "node", "python", "python3", "perl",
    "ruby", "psql", "mysql", "sqlite3", "awk", "gawk", "sed", "jq",
  ]

  /// What it takes to put a value at the current position.
  func placeHere(startsWord: Bool) -> ShellPlace {
    if nesting.substitutions > 0 { return .substitution }
    if nesting.expansions > 0 { return .expansion }
    var place = ShellPlace.bare(startsWord: startsWord)
    if case .doubleQuotes(let opens)? = frames.last { place = .doubleQuoted(startsWord: opens && startsWord) }
    return Self.readers.contains(simple.program) ? .code(of: simple.program) : place
  }

  /// Handles a quote, an escape or an expansion at the current position; false when there is none.
  mutating func quoteOrExpansion(startsWord: Bool) -> Bool {
    switch byte() {
    case UInt8(ascii: "\\"):
      // An escaped newline joins lines and is no part of the word.
      if byte(1) != UInt8(ascii: "\n") { simple.isWordPlain = false }
      if byte(1) == UInt8(ascii: "\n"), startsWord { simple.wordStart = nil }
      index += 2
    case UInt8(ascii: "'"): skipQuoted(from: index + 1, until: UInt8(ascii: "'"), escapes: false)
    case UInt8(ascii: "\""):
      simple.isWordPlain = false
      push(.doubleQuotes(startsWord: startsWord))
      index += 1
    case UInt8(ascii: "`"): skipBackticks()
    case UInt8(ascii: "$"): return dollar()
    default: return false
    }
    return true
  }

  private mutating func dollar() -> Bool {
    switch byte(1) {
    case UInt8(ascii: "(") where byte(2) == UInt8(ascii: "("):
      simple.isWordPlain = false
      push(.arithmetic(depth: 0))
      index += 3
    case UInt8(ascii: "("):
      simple.isWordPlain = false
      hasSubstitution = true
      push(.list(closes: true, isSubstitution: true))
      index += 2
    case UInt8(ascii: "{"):
      simple.isWordPlain = false
      push(.braces)
      index += 2
    case UInt8(ascii: "'"):
      if case .list? = frames.last {
        skipQuoted(from: index + 2, until: UInt8(ascii: "'"), escapes: true)
      } else {
        return false
      }
    default: return false
    }
    return true
  }

  private mutating func skipQuoted(from start: Int, until end: UInt8, escapes: Bool) {
    simple.isWordPlain = false
    index = start
    while index < bytes.count, byte() != end {
      if let jump = opaque[index] {
        place(index, .singleQuoted)
        index = jump
      } else {
        index += escapes && byte() == UInt8(ascii: "\\") ? 2 : 1
      }
    }
    if index >= bytes.count { unclosed = "a single quote is open" }
    index += 1
  }

  private mutating func skipBackticks() {
    simple.isWordPlain = false
    hasSubstitution = true
    index += 1
    while index < bytes.count, byte() != UInt8(ascii: "`") {
      if let jump = opaque[index] {
        place(index, .substitution)
        index = jump
      } else {
        index += byte() == UInt8(ascii: "\\") ? 2 : 1
      }
    }
    if index >= bytes.count { unclosed = "a backtick is open" }
    index += 1
  }

  mutating func stepInDoubleQuotes() {
    if let end = opaque[index] {
      let isFirst = index > 0 && bytes[index - 1] == UInt8(ascii: "\"")
      place(index, placeHere(startsWord: isFirst))
      index = end
      return
    }
    switch byte() {
    case UInt8(ascii: "\""):
      pop()
      index += 1
    case UInt8(ascii: "\\"): index += 2
    case UInt8(ascii: "`"): skipBackticks()
    case UInt8(ascii: "$"): if !dollar() { index += 1 }
    default: index += 1
    }
  }

  mutating func stepInBraces() {
    if let end = opaque[index] {
      place(index, .expansion)
      index = end
      return
    }
    switch byte() {
    case UInt8(ascii: "}"):
      pop()
      index += 1
    case UInt8(ascii: "\\"): index += 2
    case UInt8(ascii: "\""):
      push(.doubleQuotes(startsWord: false))
      index += 1
    case UInt8(ascii: "`"): skipBackticks()
    case UInt8(ascii: "$"): if !dollar() { index += 1 }
    default: index += 1
    }
  }

  mutating func stepInArithmetic(depth: Int) {
    if let end = opaque[index] {
      place(index, .expansion)
      index = end
      return
    }
    switch byte() {
    case UInt8(ascii: "("):
      replaceTop(.arithmetic(depth: depth + 1))
      index += 1
    case UInt8(ascii: ")") where depth > 0:
      replaceTop(.arithmetic(depth: depth - 1))
      index += 1
    case UInt8(ascii: ")"):
      pop()
      index += byte(1) == UInt8(ascii: ")") ? 2 : 1
    case UInt8(ascii: "$"): if !dollar() { index += 1 }
    default: index += 1
    }
  }
}

/// Here-documents.
extension ShellScanner {
  mutating func hereDocument() {
    index += 2
    var strips = false
    if byte() == UInt8(ascii: "-") {
      strips = true
      index += 1
    }
    while byte() == UInt8(ascii: " ") || byte() == UInt8(ascii: "\t") { index += 1 }
    var delimiter: [UInt8] = []
    var quote: UInt8?
    while index < bytes.count, byte() != UInt8(ascii: "\n"),
      quote != nil || !" \t;&|<>()".utf8.contains(byte())
    {
      if byte() == quote {
        quote = nil
      } else if quote == nil, byte() == UInt8(ascii: "'") || byte() == UInt8(ascii: "\"") {
        quote = byte()
      } else if quote != nil || byte() != UInt8(ascii: "\\") {
        delimiter.append(byte())
      }
      index += 1
    }
    if !delimiter.isEmpty { pending.append(HereDocument(delimiter: delimiter, stripsTabs: strips)) }
  }

  mutating func readHereDocuments() {
    let documents = pending
    pending = []
    for document in documents {
      var isClosed = false
      while index < bytes.count, !isClosed {
        var line: [UInt8] = []
        while index < bytes.count, byte() != UInt8(ascii: "\n") {
          if opaque[index] != nil { place(index, .hereDocument) }
          line.append(byte())
          index += 1
        }
        let compared = document.stripsTabs ? Array(line.drop { $0 == UInt8(ascii: "\t") }) : line
        isClosed = compared == document.delimiter
        index += 1
      }
      if !isClosed {
        let name = String(decoding: document.delimiter, as: UTF8.self)
        unclosed = "the here-document up to \(name) is open"
      }
    }
  }
}
