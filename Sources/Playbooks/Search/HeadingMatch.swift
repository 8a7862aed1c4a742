/// Whether a title says what the name of a rule says: `PackErrorRatePage` and *1. High error rate (5xx spike)*.
///
/// Only whole words count, side by side and in order, and only what is found in one place alone: a responder who is
/// sent to the wrong section loses more than one who has to look.
enum HeadingMatch {
  /// The section of `document` that is about `rule`; nil when none is, or the whole document is, or several are.
  static func section(for rule: String, in document: PlaybookDocument) -> String? {
    guard let best = best(for: rule, in: [document]), best.count == 1 else { return nil }
    return best.first?.anchor
  }

  /// The one place in all `documents` that is about `rule`; of several the one in a playbook for one of the services.
  static func place(
    for rule: String, services: [String] = [], in documents: [PlaybookDocument]
  ) -> (document: PlaybookDocument, anchor: String?)? {
    guard let best = best(for: rule, in: documents) else { return nil }
    let meant = best.count == 1 ? best : best.filter { $0.document.isFor(services) }
    return meant.count == 1 ? meant.first : nil
  }

  /// The places that share most words with the rule's name; a document's own title stands for its headings that say
  /// the same.
  private static func best(
    for rule: String, in documents: [PlaybookDocument]
  ) -> [(document: PlaybookDocument, anchor: String?)]? {
    let name = words(ofName: rule)
    guard !name.isEmpty else { return nil }
    var most = 0
    var places: [(document: PlaybookDocument, anchor: String?)] = []
    func offer(_ document: PlaybookDocument, _ anchor: String?, shared: Int) {
      guard shared > 0, shared >= most else { return }
      if shared > most { (most, places) = (shared, []) }
      places.append((document, anchor))
    }
    for document in documents {
      let whole = shared(name, words(ofHeading: document.title))
      offer(document, nil, shared: whole)
      for section in document.sections where section.level > 0 {
        let part = shared(name, words(ofHeading: section.title))
        if part > whole { offer(document, section.anchor, shared: part) }
      }
    }
    return places.isEmpty ? nil : places
  }

  /// How many words name and heading have in common: all of one, side by side in the other; one word alone only when
  /// it is all of both.
  private static func shared(_ name: [String], _ heading: [String]) -> Int {
    let (short, long) = name.count < heading.count ? (name, heading) : (heading, name)
    guard !short.isEmpty, short.count > 1 || long.count == 1 else { return 0 }
    let holds = long.indices.contains { long[$0...].starts(with: short) }
    return holds ? short.count : 0
  }

  /// `PackErrorRatePage`, `pack_error_rate:warn` as `pack error rate`.
  private static func words(ofName name: String) -> [String] {
    var spaced = ""
    var previous: Character = " "
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let begins =
        character.isUppercase && (previous.isLowercase || previous.isNumber || next.isLowercase)
      if begins { spaced.append(" ") }
      spaced.append(character)
      previous = character
    }
    return plainWords(spaced).filter { !levels.contains($0) }
  }

  /// What a heading is about, without its number and what stands in brackets.
  private static func words(ofHeading heading: String) -> [String] {
    var depth = 0
    let open = heading.filter { character in
      if "([".contains(character) { depth += 1 }
      defer { if ")]".contains(character) { depth = max(0, depth - 1) } }
      return depth == 0
    }
    return plainWords(open)
  }

  private static func plainWords(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      .filter { !$0.allSatisfy(\.isNumber) && !weak.contains($0) }
      .map { $0.count > 3 && $0.hasSuffix("s") && !$0.hasSuffix("ss") ? String($0.dropLast()) : $0 }
  }

  /// How loud the rule is, which no heading says.
  private static let levels: Set = ["alert", "page", "warn", "warning", "critical", "info", "notice"]
  /// Words that change nothing of what it is about.
  private static let weak: Set = [
    "a", "an", "the", "of", "in", "is", "are", "on", "for", "and", "or", "to", "too", "high", "low", "issue",
    "issues", "problem", "problems", "spike", "spikes",
  ]
}
