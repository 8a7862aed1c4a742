/// Where a text speaks of an update, and where the time of it can stand.
struct PromisePassage {
  /// What the sentence around it makes of it.
  enum Meaning: Equatable {
    /// It says that an update comes.
    case promise
    /// It tells of one that came, of somebody else's, or of new software. It makes no promise.
    case mention
  }

  /// Whether it is about a promise even where no time stands with it.
  let isCertain: Bool
  let meaning: Meaning
  /// The sentence, with what ends it; with the line below where the time stands there.
  var sentence: [Range<Int>] = []
  /// Where to look, one after the other.
  let ranges: [Range<Int>]

  private static let certain = ["next update"]
  private static let likely = [
    "next message", "next post", "next news", "next report", "write again", "update you again",
    "update again", "report again", "post again", "hear from us", "further update", "another update",
    "update you by", "update you at", "an update by", "an update at", "update this page",
  ]

  static func all(in text: CheckedText) -> [PromisePassage] {
    var found: [(Range<Int>, Bool)] = certain.flatMap { text.ranges(of: $0) }.map { ($0, true) }
    for range in likely.flatMap({ text.ranges(of: $0) })
    where !found.contains(where: { $0.0.overlaps(range) }) {
      found.append((range, false))
    }
    let lines = text.lines
    return found.sorted { $0.0.lowerBound < $1.0.lowerBound }.map { range, isCertain in
      guard
        let index = lines.firstIndex(where: {
          $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
        })
      else { return PromisePassage(isCertain: isCertain, meaning: .mention, ranges: []) }
      let line = lines[index]
      let end = sentenceEnd(in: text, from: range.upperBound, until: line.upperBound)
      var ranges = [range.upperBound..<end]
      let isBare = text.characters[range.upperBound..<line.upperBound].allSatisfy {
        !$0.isLetter && !$0.isNumber
      }
      if isBare,
        let next = lines.dropFirst(index + 1).first(where: { line in
          text.characters[line].contains { !$0.isWhitespace }
        })
      {
        ranges.append(next)
      }
      let start = sentenceStart(in: text, until: range.lowerBound, from: line.lowerBound)
      let sentence = PromiseSentence(
        before: text.string(start..<range.lowerBound), phrase: text.string(range),
        after: text.string(range.upperBound..<end))
      // "At 03:30 UTC we write again."
      if let first = sentence.before.first,
        ["at", "by", "around", "before", "until", "from", "on", "not"].contains(first)
      {
        ranges.append(start..<range.lowerBound)
      }
      let isPromise = isBare && isCertain || (isCertain ? sentence.isAnnounced : sentence.isMeant)
      var passage = PromisePassage(
        isCertain: isCertain, meaning: isPromise ? .promise : .mention, ranges: ranges)
      passage.sentence = [start..<min(end + 1, line.upperBound)]
      if isBare { passage.sentence += ranges.dropFirst().prefix(1) }
      return passage
    }
  }

  /// A full stop before a blank ends a sentence, unless it stands in `p.m.`
  private static func sentenceEnd(in text: CheckedText, from start: Int, until end: Int) -> Int {
    var index = start
    while index < end {
      let isStop = ".!?;".contains(text.characters[index])
      let isBeforeBlank = index + 1 >= end || text.characters[index + 1].isWhitespace
      let isHalf =
        index >= start + 2 && text.characters[index - 2] == "."
        || text.string(max(start, index - 2)..<index).lowercased().hasSuffix(".m")
      if isStop, isBeforeBlank, !isHalf { return index }
      index += 1
    }
    return end
  }

  private static func sentenceStart(in text: CheckedText, until end: Int, from start: Int) -> Int {
    var index = end - 1
    while index > start {
      if ".!?;".contains(text.characters[index]), text.characters[index + 1].isWhitespace { return index + 1 }
      index -= 1
    }
    return start
  }
}
