/// Templates in Go's syntax: `$1`, `$name`, `${name}`, `$$`.
extension Regex {
  /// `template` with the groups of `match` filled in; unknown groups and those that took no part are empty.
  package func expand(_ template: String, match: Match, in text: String) -> String {
    let source = Array(text.utf8)
    var result: [UInt8] = []
    expand(Array(template.utf8)[...], match, source, into: &result)
    return String(decoding: result, as: UTF8.self)
  }

  /// The text with every match replaced, as Go's `ReplaceAllString` does it.
  package func replaceAll(in text: String, with template: String) -> String {
    let source = Array(text.utf8)
    let parts = Array(template.utf8)[...]
    var result: [UInt8] = []
    var copied = 0
    var search = 0
    var previousEnd = -1
    while search <= source.count, let match = firstMatch(in: text, from: search),
      let range = match.ranges.first ?? nil
    {
      // An empty match right behind the previous one does not count.
      if !(range.isEmpty && range.lowerBound == previousEnd) {
        result += source[copied..<range.lowerBound]
        expand(parts, match, source, into: &result)
        copied = range.upperBound
        previousEnd = range.upperBound
      }
      search =
        range.isEmpty ? range.upperBound + Self.width(of: source, at: range.upperBound) : range.upperBound
    }
    result += source[min(copied, source.count)...]
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes of the character at `index`: a search goes on behind it after an empty match.
  private static func width(of bytes: [UInt8], at index: Int) -> Int {
    var width = 1
    while index + width < bytes.count, bytes[index + width] & 0xc0 == 0x80 { width += 1 }
    return width
  }

  private func expand(
    _ template: ArraySlice<UInt8>, _ match: Match, _ source: [UInt8], into result: inout [UInt8]
  ) {
    var rest = template
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$") else {
        result.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "$") {
        rest.removeFirst()
        result.append(byte)
        continue
      }
      guard let name = Self.takeName(&rest) else {
        result.append(byte)
        continue
      }
      if let range = range(named: name, match) { result += source[range] }
    }
  }

  /// The name after a dollar sign, with or without braces; nil, and nothing taken, when there is none.
  private static func takeName(_ rest: inout ArraySlice<UInt8>) -> String? {
    let braced = rest.first == UInt8(ascii: "{")
    let body = braced ? rest.dropFirst() : rest
    let name = body.prefix { $0 == 95 || $0 &- 48 < 10 || ($0 | 32) &- 97 < 26 || $0 >= 0x80 }
    let after = body.dropFirst(name.count)
    guard !name.isEmpty, !braced || after.first == UInt8(ascii: "}") else { return nil }
    rest = braced ? after.dropFirst() : after
    return String(decoding: name, as: UTF8.self)
  }

  private func range(named name: String, _ match: Match) -> Range<Int>? {
    if let number = Int(name), !(name.count > 1 && name.hasPrefix("0")) {
      return match.ranges.indices.contains(number) ? match.ranges[number] : nil
    }
    // Of groups with the same name the first that took part counts.
    for (index, group) in groupNames.enumerated() where group == name {
      if let range = match.ranges.dropFirst(index + 1).first ?? nil { return range }
    }
    return nil
  }
}
