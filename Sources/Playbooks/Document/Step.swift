/// A thing to do: a list item, or a block of code that stands by itself.
package struct Step: Equatable, Sendable {
  package enum Marker: Equatable, Sendable {
    /// The number as the document counts.
    case ordered(Int)
    case bullet
    /// A task item, and whether the document has it ticked.
    case task(isTicked: Bool)
    /// A block without a list item.
    case block
  }

  /// `1.2`: second step of the first section with steps; `1.2.1` its first sub-step. Names it in events.
  package let number: String
  /// A short form of ``text``: up to its first colon or full stop.
  package let title: String
  /// The whole first paragraph; empty for a block without words.
  package let text: [Inline]
  package let marker: Marker
  /// What follows the first paragraph, sub-steps among it, in order.
  package let blocks: [Block]
  /// Set on `If X: do Y` under a heading that offers ways out.
  package let choice: Choice?
  /// The label of the group it stands in; nil when it has none.
  package let group: String?
  /// What the front matter says of it.
  package var settings: StepSettings
  package let lines: SourceLines

  package var substeps: [Step] {
    blocks.compactMap { block in
      if case .step(let step) = block { step } else { nil }
    }
  }

  package var codeBlocks: [CodeBlock] {
    blocks.compactMap { block in
      if case .code(let code) = block { code } else { nil }
    }
  }

  /// Of its own blocks, not of its sub-steps.
  package var commands: [Command] { codeBlocks.flatMap(\.commands) }

  /// Inline code of its own text, to be copied.
  package var inlineCodes: [String] {
    text.codes
      + blocks.flatMap { block in
        if case .prose(let prose) = block { prose.spans.codes } else { [] as [String] }
      }
  }

  /// Itself and everything below, in order.
  package var flattened: [Step] { [self] + substeps.flatMap(\.flattened) }

  /// 0 for a step of a section, 1 for its sub-steps.
  package var depth: Int { max(0, number.split(separator: ".").count - 2) }
}

/// One of several ways out: do it when its condition holds.
package struct Choice: Equatable, Sendable {
  package let condition: String
  package let action: String
}
