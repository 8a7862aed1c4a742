/// Whether a text promises when it will work again.
enum EstimateCheck {
  /// What may stand behind `ETA:`.
  private static let unknown: Set<String> = [
    "not yet known", "not known yet", "unknown", "not known", "none", "none yet", "tbd", "to be determined",
    "to be announced", "n/a", "-", "we do not know yet", "we don't know yet", "not yet", "open",
  ]
  private static let works: Set<String> = [
    "fixed", "resolved", "restored", "repaired", "back", "working", "work", "available", "normal",
    "recovered",
    "solved", "online", "operational", "running", "fix", "recovery", "restoration", "resolution", "up",
    "over",
    "done", "finished", "repair", "repairs",
  ]
  private static let coming = [
    ["will", "be"], ["will", "work"], ["will", "have"], ["should", "be"], ["should", "work"],
    ["should", "have"],
    ["expect"], ["expects"], ["expected"], ["anticipate"], ["anticipated"], ["aim", "to"], ["hope", "to"],
    ["plan", "to"], ["going", "to", "be"], ["estimate"], ["estimated"], ["ll", "be"], ["ll", "have"],
    ["hope"], ["hopes"], ["hoping"], ["believe"], ["aim", "for"], ["should", "recover"], ["will", "recover"],
  ]
  private static let units: Set<String> = [
    "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days",
  ]
  private static let ends: Set<String> = [
    "tonight", "tomorrow", "noon", "midnight", "today", "morning", "afternoon", "evening", "monday",
    "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// The first place where it does.
  static func promise(in text: CheckedText) -> Int? {
    for line in text.lines {
      if let place = labelled(text, line) { return place }
      for sentence in sentences(text, line) {
        let words = CheckedText(text.string(sentence), .text).words { !$0.isLetter && !$0.isNumber }.map(
          \.low)
        guard !isAboutUpdates(words) else { continue }
        if takes(words) { return sentence.lowerBound }
        guard hasTime(Array(text.characters[sentence]), words) else { continue }
        let isPromise = works.contains(where: words.contains) && isComing(words)
        if isPromise || isBrief(words) { return sentence.lowerBound }
      }
    }
    return nil
  }

  /// `ETA: 15:00 UTC`.
  private static func labelled(_ text: CheckedText, _ line: Range<Int>) -> Int? {
    let written = text.string(line)
    let low = written.lowercased().trimmed.drop { "*_-#>• ".contains($0) }
    for label in [
      "eta", "estimated time", "estimated resolution", "estimated fix", "expected fix", "time to fix",
    ]
    where low.hasPrefix(label) {
      guard low.dropFirst(label.count).first.map({ !$0.isLetter }) ?? false,
        let colon = low.firstIndex(where: { ":=–—-".contains($0) }) ?? low.range(of: " is ")?.lowerBound
      else { continue }
      let value = low[low.index(after: colon)...].trimmed.filter { !"*_.".contains($0) }.trimmed
      if !value.isEmpty, !unknown.contains(value), !value.contains("{{") { return line.lowerBound }
    }
    return nil
  }

  private static func sentences(_ text: CheckedText, _ line: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = line.lowerBound
    for index in line where ".!?;".contains(text.characters[index]) {
      guard index + 1 >= line.upperBound || text.characters[index + 1].isWhitespace else { continue }
      found.append(start..<index)
      start = index + 1
    }
    if start < line.upperBound { found.append(start..<line.upperBound) }
    return found
  }

  /// "We will be back with the next update by 03:30 UTC" promises words, not that it works.
  private static func isAboutUpdates(_ words: [String]) -> Bool {
    ["update", "updates", "write", "post", "message", "report"].contains(where: words.contains)
  }

  private static func isComing(_ words: [String]) -> Bool {
    coming.contains { phrase in
      words.indices.contains { start in
        start + phrase.count <= words.count && Array(words[start..<(start + phrase.count)]) == phrase
      }
    }
  }

  /// "It should take another 20 minutes." How long something takes that is slow is no promise.
  private static func takes(_ words: [String]) -> Bool {
    for (index, word) in words.enumerated() where ["take", "last"].contains(word) && index > 0 {
      guard ["should", "will", "may", "might", "ll", "could"].contains(words[index - 1]) else { continue }
      let next = words.dropFirst(index + 1).prefix(6)
      let isSlow = !Set(next).isDisjoint(with: ["longer", "each", "per", "every"])
      if !isSlow, next.contains(where: units.contains) { return true }
    }
    return false
  }

  /// "Full service by 15:00 UTC.", "Back within the hour."
  private static func isBrief(_ words: [String]) -> Bool {
    let past: Set<String> = ["was", "were", "since", "has", "have", "had", "again", "until", "work", "works"]
    guard past.isDisjoint(with: words), let first = words.first,
      ["by", "within", "in", "before", "at", "around", "about", "expected"].contains(where: words.contains)
    else { return false }
    let whole: Set<String> = ["full", "normal", "complete"]
    if whole.contains(first),
      ["service", "operation", "recovery", "function"].contains(words.dropFirst().first ?? "")
    {
      return true
    }
    return ["back", "fix", "fixed", "repair", "recovery", "resolution", "restoration"].contains(first)
  }

  private static func hasTime(_ text: [Character], _ words: [String]) -> Bool {
    if !ClockTime.times(in: text).isEmpty { return true }
    for (index, word) in words.enumerated()
    where ["in", "within", "by", "until", "before", "about"].contains(word) {
      let next = words.dropFirst(index + 1).prefix(4)
      if next.contains(where: units.contains) || next.contains(where: ends.contains) { return true }
    }
    return false
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Substring.Index>? { firstRange(of: text) }
}
