/// Anchored patterns that need no automaton.
enum Shortcut: Sendable {
  /// `api` or `a|b|c`.
  case anyOf([String])
  /// `web-.*`, `.*`.
  case prefix(String, nonEmptyRest: Bool)
  /// `.*-web`.
  case suffix(String, nonEmptyRest: Bool)

  private static let special = Set("\\^$.|?*+()[]{}".unicodeScalars)

  init?(_ pattern: String) {
    let scalars = pattern.unicodeScalars
    let isPlain = { (text: String) in text.unicodeScalars.allSatisfy { !Self.special.contains($0) } }
    let branches = scalars.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
    if branches.count <= 256, branches.allSatisfy(isPlain) {
      self = .anyOf(branches)
      return
    }
    for (ending, nonEmpty) in [(".*", false), (".+", true)] {
      if pattern.hasSuffix(ending), isPlain(String(pattern.dropLast(2))) {
        self = .prefix(String(pattern.dropLast(2)), nonEmptyRest: nonEmpty)
        return
      }
      if pattern.hasPrefix(ending), isPlain(String(pattern.dropFirst(2))) {
        self = .suffix(String(pattern.dropFirst(2)), nonEmptyRest: nonEmpty)
        return
      }
    }
    return nil
  }

  var literals: [String]? {
    if case .anyOf(let texts) = self { return texts }
    return nil
  }

  func matches(_ text: String) -> Bool {
    let size = text.utf8.count
    switch self {
    case .anyOf(let texts): return texts.contains(text)
    case .prefix(let prefix, let nonEmptyRest):
      return size >= prefix.utf8.count + (nonEmptyRest ? 1 : 0) && text.utf8.starts(with: prefix.utf8)
    case .suffix(let suffix, let nonEmptyRest):
      return size >= suffix.utf8.count + (nonEmptyRest ? 1 : 0)
        && text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
  }
}
