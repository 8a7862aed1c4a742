/// A line such as `**Symptoms**: errors` or `**Immediate Actions:**`, which names what follows.
struct GroupLabel: Equatable {
  let title: String
  /// What stands after it on its line.
  let rest: [Inline]

  /// Nil when the line does not begin with a bold label that a colon ends or that is all of the line.
  init?(_ line: [Inline]) {
    let bold = line.prefix { $0.style.contains(.strong) }
    var rest = Array(line.dropFirst(bold.count))
    var title = Array(bold).marked.trimmed
    guard !title.isEmpty else { return nil }
    let after = rest.plain.trimmed
    if title.hasSuffix(":") {
      title.removeLast()
    } else if after.hasPrefix(":") {
      guard let first = rest.first, let colon = first.text.firstIndex(of: ":") else { return nil }
      rest[0].text = String(first.text[first.text.index(after: colon)...])
    } else if !after.isEmpty {
      return nil
    }
    if let first = rest.first { rest[0].text = String(first.text.drop(while: \.isWhitespace)) }
    self.title = title.trimmed
    self.rest = rest.filter { !$0.text.isEmpty }
    guard !self.title.isEmpty else { return nil }
  }

  /// Whether what follows offers ways out, of which one is taken.
  static func offersChoices(_ title: String) -> Bool {
    let words = title.lowercased().split { !$0.isLetter }
    return words.contains { word in
      ["recover", "recovery", "recovering", "solution", "solutions", "resolution", "resolutions", "remedy"]
        .contains(String(word))
    }
  }
}

extension Choice {
  /// `If X: do Y`; nil for anything else.
  init?(_ text: [Inline]) {
    let plain = text.marked
    guard plain.hasPrefix("If "), let colon = Step.clauseEnd(text, at: [":"]) else { return nil }
    let condition = plain.dropFirst(3).prefix(colon - 3)
    guard !condition.isEmpty else { return nil }
    self.init(condition: String(condition).trimmed, action: String(plain.dropFirst(colon + 1)).trimmed)
  }
}

extension StringProtocol {
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
