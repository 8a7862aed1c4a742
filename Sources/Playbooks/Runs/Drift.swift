/// What became of a run's steps between two texts of its playbook: what would move over, and what would not.
///
/// A step is the same one only when its own words are the same to the letter. One that occurs several times is told
/// by its number and by the heading it stands under; where that leaves a doubt it is lost and new, never guessed.
package struct Drift: Equatable, Sendable {
  package enum Change: Equatable, Sendable {
    case kept
    /// The same words under another number.
    case moved
    /// In the text that the run goes by, and not in the other.
    case lost
    case new
  }

  package struct Entry: Equatable, Sendable {
    /// Its number in the text that the run goes by; nil when it is new.
    package let old: String?
    /// Its number in the other text; nil when it is lost.
    package let new: String?
    package let title: String
    /// Whether what stands below its words, its commands say, is another now.
    package let isEdited: Bool

    package var change: Change {
      switch (old, new) {
      case (nil, _): .new
      case (_, nil): .lost
      case (let old?, let new?): old == new ? .kept : .moved
      }
    }
  }

  /// In the order of the new text; what is lost stands behind the step it stood behind.
  package let entries: [Entry]
  /// Whether the section that the run is limited to has no heading in the new text any more.
  package let isSectionGone: Bool

  /// O(steps).
  ///
  /// - Parameter anchor: the section that the run is limited to.
  package init(from old: PlaybookDocument, to new: PlaybookDocument, under anchor: String? = nil) {
    isSectionGone = anchor.map { new.section(anchor: $0) == nil } ?? false
    let before = PlacedStep.steps(of: old, under: anchor)
    let after = isSectionGone ? [] : PlacedStep.steps(of: new, under: anchor)
    let pairs = Self.pairs(before, after)
    var lost: [Int: [Entry]] = [:]
    var last = -1
    for (index, placed) in before.enumerated() {
      if let partner = pairs[index] {
        last = partner
      } else {
        let entry = Entry(old: placed.step.number, new: nil, title: placed.step.title, isEdited: false)
        lost[last, default: []].append(entry)
      }
    }
    let partners = Dictionary(pairs.map { ($1, $0) }) { first, _ in first }
    entries =
      (lost[-1] ?? [])
      + after.enumerated().flatMap { index, placed in
        let partner = partners[index].map { before[$0].step }
        let entry = Entry(
          old: partner?.number, new: placed.step.number, title: placed.step.title,
          isEdited: partner.map { $0.ownLines != placed.step.ownLines } ?? false)
        return [entry] + (lost[index] ?? [])
      }
  }

  /// Numbers of the steps that move over, old to new.
  package var numbers: [String: String] {
    entries.reduce(into: [:]) { numbers, entry in
      if let old = entry.old { numbers[old] = entry.new }
    }
  }

  package var lost: [String] { entries.filter { $0.change == .lost }.compactMap(\.old) }

  /// Whether there is nothing to tell: the same steps under the same numbers, with the same commands.
  package var isEmpty: Bool { entries.allSatisfy { $0.change == .kept && !$0.isEdited } && !isSectionGone }

  /// `2 steps are new, 1 is gone`; a sentence without its full stop.
  package var summary: String {
    if isSectionGone { return "the section is gone" }
    func told(_ count: Int, _ one: String, _ many: String) -> String? {
      count == 0 ? nil : count == 1 ? "1 \(one)" : "\(count) \(many)"
    }
    let parts = [
      told(entries.count { $0.change == .new }, "is new", "are new"),
      told(entries.count { $0.change == .lost }, "is gone", "are gone"),
      told(entries.count { $0.change == .moved }, "has another number", "have other numbers"),
      told(
        entries.count { $0.isEdited }, "reads otherwise below its words", "read otherwise below their words"),
    ].compactMap { $0 }
    return parts.isEmpty ? "its steps are the same" : "of its steps " + parts.joined(separator: ", ")
  }

  /// Places in `after` by places in `before`: first what stands where it stood, then what is the same under its
  /// heading, then what is the same anywhere, last what kept its number.
  private static func pairs(_ before: [PlacedStep], _ after: [PlacedStep]) -> [Int: Int] {
    var pairs: [Int: Int] = [:]
    var taken: Set<Int> = []
    func join(_ key: (PlacedStep) -> PlacedStep.Key) {
      let old = Dictionary(grouping: before.indices) { key(before[$0]) }
      let new = Dictionary(grouping: after.indices) { key(after[$0]) }
      for (key, places) in old {
        // Several that read the same are told apart by nothing.
        guard places.count == 1, let one = places.first, pairs[one] == nil,
          let others = new[key], others.count == 1, let other = others.first, taken.insert(other).inserted
        else { continue }
        pairs[one] = other
      }
    }
    join { PlacedStep.Key(words: $0.words, heading: $0.heading, number: $0.step.number) }
    join { PlacedStep.Key(words: $0.words, heading: $0.heading) }
    join { PlacedStep.Key(words: $0.words) }
    join { PlacedStep.Key(words: $0.words, number: $0.step.number) }
    return pairs
  }
}

/// A step with where it stands, as far as that tells it from others.
private struct PlacedStep {
  struct Key: Hashable {
    let words: String
    var heading: [String]?
    var number: String?
  }

  let step: Step
  /// Of the section, and the words of the steps that it is a sub-step of.
  let heading: [String]
  /// What has to be the same: its words, and the code of a step that is nothing else.
  let words: String

  static func steps(of document: PlaybookDocument, under anchor: String?) -> [PlacedStep] {
    document.sections(under: anchor).flatMap { section in
      section.steps.flatMap { steps($0, heading: [section.title]) }
    }
  }

  private static func steps(_ step: Step, heading: [String]) -> [PlacedStep] {
    var words = step.text.marked
    // The name of a block is derived; of an item without words only the blocks are left.
    if step.marker == .block || words.isEmpty {
      words += "\u{0}" + step.ownLines.joined(separator: "\n")
    }
    let placed = PlacedStep(step: step, heading: heading, words: words)
    return [placed] + step.substeps.flatMap { steps($0, heading: heading + [words]) }
  }
}

extension Step {
  /// What stands below its words, without its sub-steps.
  fileprivate var ownLines: [String] {
    blocks.flatMap { block in
      if case .step = block { [] as [String] } else { block.textLines }
    }
  }
}
