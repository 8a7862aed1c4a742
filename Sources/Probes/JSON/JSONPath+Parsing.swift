extension JSONPath {
  /// Takes a path that begins here, as long as it goes on.
  init(scanning scanner: inout TextScanner) throws(Mistake) {
    var text = "$"
    guard scanner.take("$") else {
      throw Mistake(
        column: scanner.column, "a JSON path does not begin with \(scanner.found)",
        remedy: "begin it with $, the document")
    }
    var segments: [Segment] = []
    while let next = scanner.next, next == "." || next == "[" {
      let before = scanner
      segments.append(next == "." ? try Self.takeDotted(&scanner) : try Self.takeBracketed(&scanner))
      text += before.text(upTo: scanner)
    }
    self.init(text: text, segments: segments)
  }

  private static func takeDotted(_ scanner: inout TextScanner) throws(Mistake) -> Segment {
    scanner.advance()
    if scanner.next == "." {
      throw Mistake(
        column: scanner.column - 1, "descendants (..) are not supported", remedy: "write the whole path")
    }
    if scanner.take("*") { return .all }
    let name = scanner.takeWord()
    guard !name.isEmpty else {
      throw Mistake(
        column: scanner.column, "a name is missing before \(scanner.found)",
        remedy: "write .name, or ['a name'] where it has other characters")
    }
    guard scanner.next != "-" || !scanner.hasWordAfterHyphen else {
      throw Mistake(
        column: scanner.column, "a name after a dot has no hyphen",
        remedy: "write ['\(name)-…'], or spaces around the minus sign")
    }
    return .member(name)
  }

  private static func takeBracketed(_ scanner: inout TextScanner) throws(Mistake) -> Segment {
    scanner.advance()
    scanner.skipSpaces()
    let segment: Segment
    switch scanner.next {
    case "*":
      scanner.advance()
      segment = .all
    case "\"", "'": segment = .member(try scanner.takeQuoted())
    case "?":
      throw Mistake(
        column: scanner.column, "filters are not supported", remedy: "name an element, or take all with [*]")
    default: segment = try takeElements(&scanner)
    }
    scanner.skipSpaces()
    guard scanner.take("]") else {
      throw Mistake(
        column: scanner.column, "] is missing before \(scanner.found)", remedy: "close the bracket")
    }
    return segment
  }

  private static func takeElements(_ scanner: inout TextScanner) throws(Mistake) -> Segment {
    let start = try takeInteger(&scanner)
    scanner.skipSpaces()
    guard scanner.take(":") else {
      guard let start else {
        throw Mistake(
          column: scanner.column, "\(scanner.found) selects nothing",
          remedy: "write a number, a name in quotes, * or start:end")
      }
      return .element(start)
    }
    scanner.skipSpaces()
    let end = try takeInteger(&scanner)
    scanner.skipSpaces()
    var step = 1
    if scanner.take(":") {
      scanner.skipSpaces()
      step = try takeInteger(&scanner) ?? 1
    }
    return .slice(start: start, end: end, step: step)
  }

  private static func takeInteger(_ scanner: inout TextScanner) throws(Mistake) -> Int? {
    let column = scanner.column
    let sign = scanner.take("-") ? "-" : ""
    let digits = scanner.takeAll { ("0"..."9").contains($0) }
    guard !digits.isEmpty || !sign.isEmpty else { return nil }
    // As far as a double counts exactly (RFC 9535, 2.1).
    guard let number = Int(sign + digits), number.magnitude < 1 << 53 else {
      throw Mistake(column: column, "this is no position", remedy: "write a whole number")
    }
    return number
  }
}

extension TextScanner {
  /// What was taken between two states of a scanner.
  func text(upTo later: TextScanner) -> String {
    var copy = self
    var text = ""
    while copy.index < later.index, let next = copy.next {
      text.append(next)
      copy.advance()
    }
    return text
  }

  fileprivate var hasWordAfterHyphen: Bool {
    var copy = self
    copy.advance()
    return !copy.takeWord().isEmpty
  }
}
