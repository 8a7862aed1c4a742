/// What programs print when they fail.
enum StackTraces {
  private static let phrases = [
    "traceback (most recent call last)", "exception in thread", "caused by: ", "panic: ", "fatal error: ",
    "segmentation fault", "core dumped", "stack trace:", "panicked at ", "unhandled rejection",
    "unhandledpromiserejection", "goroutine ", "econnrefused", "etimedout", "econnreset", "enotfound",
    "eaddrinuse",
    "sigsegv", "sigkill", "oomkilled", "crashloopbackoff", "errno",
  ]
  private static let sources: Set<String> = [
    "py", "js", "ts", "tsx", "jsx", "mjs", "java", "kt", "go", "rb", "php", "cs", "swift", "c", "cc", "cpp",
    "h", "rs",
    "scala", "ex", "erl", "pl",
  ]

  static func hits(in text: CheckedText) -> [InnerDetails.Hit] {
    var ranges: [Range<Int>] = []
    for phrase in phrases {
      ranges += text.ranges(of: phrase).filter { range in
        let before = range.lowerBound > 0 ? text.characters[range.lowerBound - 1] : " "
        let isWord = !before.isLetter && !before.isNumber
        guard phrase == "goroutine " else { return isWord }
        return isWord && text.characters.dropFirst(range.upperBound).first?.isNumber == true
      }
    }
    ranges += text.lines.filter { isFrame(text.string($0)) }
    ranges += text.words(edges: ".:,;()[]\"'`") { $0.isWhitespace || "()[]<>\"'`,;=".contains($0) }
      .filter { isSource($0.text) || isFault($0.text) || isPointer($0.low) }.map(\.range)
    return ranges.sorted { $0.lowerBound < $1.lowerBound }.map { range in
      let shown = InnerDetails.shown(text.string(range).trimmed)
      return InnerDetails.Hit(
        topic: .trace, range: range,
        sentence: "\"\(shown)\" is what a program says when it fails; say what people notice.")
    }
  }

  /// `at Shop.buy(Shop.java:12)`, `File "shop.py", line 12`.
  private static func isFrame(_ line: String) -> Bool {
    let line = line.trimmed
    if line.hasPrefix("at "), line.hasSuffix(")"), let open = line.firstIndex(of: "(") {
      let name = line[..<open].dropFirst(3)
      return !name.isEmpty && !name.dropLast().contains(" ") && (name.contains(".") || line.contains(":"))
    }
    return line.contains("File \"") && line.contains("\", line ")
  }

  /// `shop.py:12`, `Shop.java:12:3`.
  private static func isSource(_ word: String) -> Bool {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1, let number = parts.dropFirst().first, !number.isEmpty,
      number.allSatisfy(\.isNumber),
      let name = parts.first, let dot = name.lastIndex(of: "."), dot > name.startIndex
    else { return false }
    return sources.contains(name[name.index(after: dot)...].lowercased())
  }

  /// `NullPointerException`, `TypeError`: humps, the last one a fault.
  private static func isFault(_ word: String) -> Bool {
    let name = word.split(separator: ".").last.map(String.init) ?? word
    let bare = name.hasSuffix(":") ? String(name.dropLast()) : name
    guard bare.hasSuffix("Exception") || bare.hasSuffix("Error"), bare.allSatisfy(\.isLetter) else {
      return false
    }
    let humps = bare.dropFirst().count(where: \.isUppercase)
    return humps > 0 && bare.contains(where: \.isLowercase)
  }

  /// `0x7fff5fbff8c8`.
  private static func isPointer(_ word: String) -> Bool {
    word.hasPrefix("0x") && word.count >= 8 && word.dropFirst(2).allSatisfy(\.isHexDigit)
  }
}
