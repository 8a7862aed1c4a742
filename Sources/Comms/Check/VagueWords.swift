/// Words that promise nothing.
enum VagueWords {
  /// A longer phrase before the shorter one in it.
  private static let phrases = [
    "as soon as possible", "as soon as we can", "as quickly as possible", "as quickly as we can",
    "as fast as we can", "in the near future", "at the earliest opportunity", "in due course", "in due time",
    "in a few minutes", "in a few moments", "in a little while", "in a while", "in a bit", "in a moment",
    "in no time",
    "any minute", "any moment", "any time now", "anytime now", "before long", "without delay",
    "when possible",
    "sooner or later", "at some point", "soon", "shortly", "asap", "momentarily", "imminently", "presently",
    "eventually",
  ].map { $0.split(separator: " ").map(String.init) }

  /// One finding for each that stands in `text` as whole words.
  static func findings(in text: CheckedText, mark: Finding.Mark = .warning) -> [Finding] {
    let words = text.letterWords
    var findings: [Finding] = []
    var taken: Set<Int> = []
    for phrase in phrases {
      guard let first = phrase.first else { continue }
      for start in words.indices where words[start].low == first && start + phrase.count <= words.count {
        let place = start..<(start + phrase.count)
        guard taken.isDisjoint(with: place), zip(words[place], phrase).allSatisfy({ $0.low == $1 }) else {
          continue
        }
        taken.formUnion(place)
        let sentence = "\"\(phrase.joined(separator: " "))\" promises nothing; name a time."
        guard !findings.contains(where: { $0.sentence == sentence }) else { continue }
        findings.append(Finding(mark, .vague, sentence, at: text.place(words[start].range.lowerBound)))
      }
    }
    return findings
  }
}
