/// Network addresses, known by how they look: IPv4 and IPv6, with ports, ranges and masks, and of cards.
enum AddressShapes {
  static func hits(in text: CheckedText, _ words: [CheckedWord]) -> [InnerDetails.Hit] {
    let named = words.enumerated().filter { index, word in
      isAddress(word.low) && !isVersion(word, after: index > 0 ? words[index - 1] : nil)
    }.map { hit($0.element.range, $0.element.low) }
    return named
      + embedded(in: text).filter { range in
        !words.contains { word in
          word.range.overlaps(range)
            && (word.low.hasPrefix("v") || named.contains { $0.range.overlaps(range) }
              || isVersion(word, words))
        }
      }.map { hit($0, text.string($0)) }
  }

  private static func hit(_ range: Range<Int>, _ text: String) -> InnerDetails.Hit {
    InnerDetails.Hit(
      topic: .address, range: range,
      sentence: "\(InnerDetails.shown(text)) is a network address; leave it out.")
  }

  /// `version 4.2.0.1` is none.
  private static func isVersion(_ word: CheckedWord, after before: CheckedWord?) -> Bool {
    guard let before, word.low.allSatisfy({ $0.isNumber || $0 == "." }) else { return false }
    return ["version", "versions", "release", "build", "app", "firmware"].contains(before.low)
  }

  private static func isVersion(_ word: CheckedWord, _ words: [CheckedWord]) -> Bool {
    isVersion(word, after: words.last { $0.range.upperBound <= word.range.lowerBound })
  }

  /// Four numbers joined by dots wherever they stand in a longer word: `ip-10.0.3.7:8080`, `ops@10.0.3.7`.
  private static func embedded(in text: CheckedText) -> [Range<Int>] {
    let runs = text.characters.indices.split { index in
      let character = text.characters[index]
      return !(character.isASCII && (character.isNumber || character == "."))
    }
    return runs.compactMap { run in
      var range = run.startIndex..<run.endIndex
      while let first = range.first, text.characters[first] == "." { range = (first + 1)..<range.upperBound }
      while let last = range.last, text.characters[last] == "." { range = range.lowerBound..<last }
      return isFour(text.string(range)) ? range : nil
    }
  }

  private static func isFour(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { $0.count <= 3 && UInt8($0) != nil }
  }

  private static func isAddress(_ word: String) -> Bool {
    var host = word[...]
    if let scheme = host.firstRange(of: "://") { host = host[scheme.upperBound...] }
    host = host.prefix { $0 != "/" && $0 != "%" }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4 {
      let last = parts[3].prefix { $0 != ":" }
      if isFour(parts.prefix(3).joined(separator: ".") + "." + last) { return true }
      // 10.0.3.x names a whole net.
      let isNet = ["x", "xx", "*", "0-255"].contains(String(last))
      return isNet && parts.prefix(3).allSatisfy { UInt8($0) != nil }
    }
    return isColoned(host)
  }

  /// IPv6 in full or with `::`, and what is as good as that: four groups and more with a letter among them,
  /// such as the address of a card.
  private static func isColoned(_ host: some StringProtocol) -> Bool {
    let groups = host.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count >= 3, groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }) else {
      return false
    }
    let empty = groups.indices.dropFirst().dropLast().count { groups[$0].isEmpty }
    let isShort = host.contains("::") && !host.contains(":::") && empty <= 2
    let isLong = groups.allSatisfy { !$0.isEmpty } && groups.count >= 4
    guard isShort || isLong, groups.contains(where: { !$0.isEmpty }) else { return false }
    return isShort || groups.count == 8 || host.contains(where: \.isLetter)
  }
}
