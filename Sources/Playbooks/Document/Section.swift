/// A heading and what stands under it, up to the next heading.
package struct Section: Equatable, Sendable {
  /// Empty for what precedes the first heading.
  package let title: String
  /// 1 to 6; 0 for what precedes the first heading.
  package let level: Int
  /// As GitHub makes it; unique in the document.
  package let anchor: String
  /// Counts the sections that have steps: the first part of their steps' numbers.
  package let number: Int?
  package var groups: [Group]
  /// The heading's own lines; nil before the first heading.
  package let heading: SourceLines?

  /// The steps of all its groups, without their sub-steps.
  package var steps: [Step] { groups.flatMap(\.steps) }
}

/// What stands under a label such as `**Immediate Actions**:`, or before the first label.
package struct Group: Equatable, Sendable {
  /// Nil before the section's first label.
  package let label: String?
  /// What stands on the label's line after it, as after `**Symptoms**:`.
  package let text: [Inline]
  package let lines: SourceLines?
  package var blocks: [Block]

  package var steps: [Step] {
    blocks.compactMap { block in
      if case .step(let step) = block { step } else { nil }
    }
  }

  /// Whether its steps are ways out, of which one is chosen.
  package var isChoice: Bool {
    let steps = steps
    return !steps.isEmpty && steps.allSatisfy { $0.choice != nil }
  }
}
