/// Finds the placeholders of a text: `<name>`, `[name]`, `{{name}}`, declared words, and words that look
/// like one. At each place the longest wins. O(n × declared).
struct PlaceholderScanner {
  private let bytes: [UInt8]
  private let context: PlaceholderContext
  private let declared: Set<String>
  /// Declared names that count without brackets, longest first: such as hold more than lower-case letters,
  /// lest a variable called `region` fill every `--region`.
  private let words: [[UInt8]]
  private var index = 0
  private var found: [Placeholder] = []

  /// Names that stand in a closing tag: those are HTML or XML.
  private let closedElements: Set<String>

  private static let maximumName = 60
  /// Longer texts are not searched; nobody fills them in by hand.
  private static let maximumBytes = 256 << 10

  private init(_ text: String, declared: Set<String>, context: PlaceholderContext) {
    bytes = Array(text.utf8)
    self.context = context
    self.declared = declared
    words =
      declared
      .filter { name in name.utf8.contains { !($0 >= 97 && $0 <= 122) && $0 != UInt8(ascii: "-") } }
      .map { Array($0.utf8) }
      .sorted { $0.count > $1.count }
    closedElements = Self.closedElements(in: bytes)
  }

  /// In the order of the text, never overlapping.
  static func placeholders(
    in text: String, declared: Set<String> = [], context: PlaceholderContext = .shell
  ) -> [Placeholder] {
    guard text.utf8.count <= maximumBytes else { return [] }
    var scanner = PlaceholderScanner(text, declared: declared, context: context)
    scanner.run()
    return scanner.found
  }

  private mutating func run() {
    while index < bytes.count {
      let candidates = [braces(), angle(), square(), word(), suspected()].compactMap { $0 }
      guard let best = candidates.max(by: { $0.bytes.count < $1.bytes.count }) else {
        // The rest of a word is no beginning of one.
        let isWordByte = bytes[index].isNameByte
        index += 1
        if isWordByte { while index < bytes.count, bytes[index].isNameByte { index += 1 } }
        continue
      }
      found.append(best)
      index = best.bytes.upperBound
    }
  }

  private func at(_ offset: Int) -> UInt8 {
    let place = index + offset
    return bytes.indices.contains(place) ? bytes[place] : 0
  }

  private func placeholder(_ name: Range<Int>, _ whole: Range<Int>, _ certainty: Placeholder.Certainty)
    -> Placeholder
  {
    Placeholder(
      name: String(decoding: bytes[name], as: UTF8.self), certainty: certainty,
      written: String(decoding: bytes[whole], as: UTF8.self), bytes: whole)
  }
}

/// Brackets.
extension PlaceholderScanner {
  /// `{{name}}`, but not a Go template's `{{.Name}}`, `{{end}}`, `{{range …}}`.
  private func braces() -> Placeholder? {
    guard at(0) == UInt8(ascii: "{"), at(1) == UInt8(ascii: "{") else { return nil }
    var start = index + 2
    while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
    var end = start
    while end < bytes.count, bytes[end].isNameByte || ".-".utf8.contains(bytes[end]) { end += 1 }
    var close = end
    while close < bytes.count, bytes[close] == UInt8(ascii: " ") { close += 1 }
    guard end > start, end - start <= Self.maximumName, bytes[start].isLetter || bytes[start] == 95,
      close + 1 < bytes.count, bytes[close] == UInt8(ascii: "}"), bytes[close + 1] == UInt8(ascii: "}")
    else { return nil }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    if ["end", "else", "break", "continue"].contains(name), !declared.contains(name) { return nil }
    return placeholder(start..<end, index..<(close + 2), .certain)
  }

  /// `<name>`, but not a redirection, a here-document or an HTML element.
  private func angle() -> Placeholder? {
    guard at(0) == UInt8(ascii: "<"), at(1).isLetter, index == 0 || bytes[index - 1] != UInt8(ascii: "<")
    else { return nil }
    guard let end = nameEnd(from: index + 1, allowed: context == .shell ? "_-." : "_-. /") else { return nil }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ">"), bytes[end - 1] != UInt8(ascii: " ") else {
      return nil
    }
    let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    if !declared.contains(name) {
      let after = end + 1 < bytes.count ? bytes[end + 1] : 0
      let startsWord = index == 0 || " \t\n".utf8.contains(bytes[index - 1])
      // `sort <in>out`: a file in, a file out.
      if context == .shell, startsWord, after.isNameByte || "$&>".utf8.contains(after) { return nil }
      if closedElements.contains(name) { return nil }
      if ["br", "hr", "br/"].contains(name.lowercased()) { return nil }
    }
    return placeholder((index + 1)..<end, index..<(end + 1), .certain)
  }

  /// `[name]`, but not an index, a range, a test, a character class or a link.
  private func square() -> Placeholder? {
    guard at(0) == UInt8(ascii: "["), at(1).isLetter else { return nil }
    guard let end = nameEnd(from: index + 1, allowed: context == .shell ? "_- " : "_- ./,+:'") else {
      return nil
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "]") else { return nil }
    let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    let isDeclared = declared.contains(name)
    let before = index > 0 ? bytes[index - 1] : UInt8(ascii: " ")
    let after = end + 1 < bytes.count ? bytes[end + 1] : UInt8(ascii: " ")
    if "([".utf8.contains(after) { return nil }
    guard !isDeclared, context == .shell else {
      return placeholder((index + 1)..<end, index..<(end + 1), .certain)
    }
    if before.isNameByte || ")]}$.[^\\".utf8.contains(before) || "]{*+?}".utf8.contains(after) { return nil }
    let parts = name.split(omittingEmptySubsequences: false) { "_- ".contains($0) }
    guard parts.allSatisfy({ $0.count >= 2 }) else { return nil }
    // A single word may be a character class of grep's.
    let isSure = parts.count > 1 || before == UInt8(ascii: "/")
    return placeholder((index + 1)..<end, index..<(end + 1), isSure ? .certain : .suspected)
  }

  private func nameEnd(from start: Int, allowed: String) -> Int? {
    var end = start
    while end < bytes.count, end - start <= Self.maximumName,
      bytes[end].isLetter || bytes[end].isDigit || bytes[end] >= 0x80 || allowed.utf8.contains(bytes[end])
    {
      end += 1
    }
    return end > start && end - start <= Self.maximumName ? end : nil
  }

  private static func closedElements(in bytes: [UInt8]) -> Set<String> {
    var names: Set<String> = []
    for index in bytes.indices.dropLast() where bytes[index] == 0x3C && bytes[index + 1] == 0x2F {
      let name = bytes[(index + 2)...].prefix(maximumName).prefix { $0 != UInt8(ascii: ">") }
      names.insert(String(decoding: name, as: UTF8.self))
    }
    return names
  }
}

/// Words without brackets.
extension PlaceholderScanner {
  /// A declared word, whole.
  private func word() -> Placeholder? {
    guard startsWord else { return nil }
    for word in words where bytes[index...].starts(with: word) {
      let end = index + word.count
      guard end == bytes.count || !bytes[end].isNameByte || word.last?.isNameByte == false else { continue }
      if isVariableReference || isAssignedName(endingAt: end) { return nil }
      return placeholder(index..<end, index..<end, .certain)
    }
    return nil
  }

  private func suspected() -> Placeholder? {
    guard startsWord, !isVariableReference, index == 0 || bytes[index - 1] != UInt8(ascii: ".") else {
      return nil
    }
    if let end = SuspectedWord.dateEnd(in: bytes, from: index) {
      return placeholder(index..<end, index..<end, .suspected)
    }
    guard let end = SuspectedWord.nameEnd(in: bytes, from: index), !isAssignedName(endingAt: end) else {
      return nil
    }
    return placeholder(index..<end, index..<end, .suspected)
  }

  /// Whether a command reads the environment's variable `name`, wherever that stands.
  static func reads(_ name: String, in text: String) -> Bool {
    ["$", "${", "process.env."].contains { sign in
      text.ranges(of: sign + name).contains { range in
        text.utf8[range.upperBound...].first.map { !$0.isNameByte } ?? true
      }
    }
  }

  private var startsWord: Bool { index == 0 || !bytes[index - 1].isNameByte }

  private static let nodeEnvironment = Array("process.env.".utf8)

  /// `$NAME`, `${NAME`, and Node's `process.env.NAME`.
  private var isVariableReference: Bool {
    guard index > 0 else { return false }
    if bytes[..<index].suffix(Self.nodeEnvironment.count).elementsEqual(Self.nodeEnvironment) { return true }
    if bytes[index - 1] == UInt8(ascii: "$") { return true }
    return bytes[index - 1] == UInt8(ascii: "{") && index > 1 && bytes[index - 2] == UInt8(ascii: "$")
  }

  /// `NAME=…` where a command may begin, or after an option such as `-e`; but not `--to REVISION=100`, which
  /// gives a share to what is named.
  private func isAssignedName(endingAt end: Int) -> Bool {
    guard context == .shell, end < bytes.count, bytes[end] == UInt8(ascii: "=") else { return false }
    if index > 0, !" \t\n;&|(".utf8.contains(bytes[index - 1]) { return false }
    // Nobody writes longer lists of assignments.
    let window = max(0, index - 400)
    let line = bytes[window..<index].lastIndex { "\n;&|(".utf8.contains($0) }.map { $0 + 1 } ?? window
    let before = String(decoding: bytes[line..<index], as: UTF8.self).split(separator: " ").map(String.init)
    if before.allSatisfy({ ShellScanner.isAssignment($0) || ["export", "env", "declare"].contains($0) }) {
      return true
    }
    let option = before.last ?? ""
    return ["-e", "--env", "--build-arg", "--set", "--set-env-vars"].contains(option)
  }
}
