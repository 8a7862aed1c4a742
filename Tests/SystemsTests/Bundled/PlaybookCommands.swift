import Foundation
import Systems

@testable import Playbooks

/// What the playbooks of a folder have to run, to copy and to read.
struct PlaybookCommands {
  /// What runs.
  private(set) var commands: [ShellReading] = []
  /// What the document has and does not work as written. It stands beside what does: in the comment above it,
  /// `As written: COMMAND (why)`, or as text in a step that says so.
  private(set) var corrected: [ShellReading] = []
  /// Inline code and blocks in other languages.
  private(set) var others: [ShellReading] = []

  init(_ system: SystemFolder) {
    for playbook in system.playbooks {
      let declared = playbook.declared(with: system.variables)
      func reading(_ text: String) -> ShellReading { ShellReading(text, declared: declared) }
      for step in playbook.steps {
        // A command that must not run without the one before it is joined to it.
        commands += step.commands.map(\.text).flatMap { [$0] + $0.components(separatedBy: " &&\n") }
          .map(reading)
        corrected += step.commands.compactMap { command in
          guard let title = command.title, title.hasPrefix("As written: "), title.hasSuffix(")"),
            let why = title.range(of: " (", options: .backwards)
          else { return nil }
          return reading(String(title[..<why.lowerBound].dropFirst("As written: ".count)))
        }
        let texts = step.codeBlocks.filter { $0.kind == .text }.map { reading($0.text) }
        if step.words.lowercased().contains("as written") { corrected += texts }
        others += texts
      }
      others += playbook.inlineCodes.map(reading)
    }
  }
}

extension Step {
  /// Its own words.
  fileprivate var words: String {
    ([text.plain]
      + blocks.map { block in
        if case .prose(let prose) = block { prose.plain } else { "" }
      }).joined(separator: " ")
  }
}

extension PlaybookDocument {
  /// Every run of text of the document, in steps, prose, tables and quotes.
  var inlines: [Inline] {
    sections.flatMap(\.groups).flatMap { group in group.text + group.blocks.flatMap(\.inlines) }
  }

  /// Every piece of inline code.
  var inlineCodes: [String] { inlines.codes }
}

extension Block {
  fileprivate var inlines: [Inline] {
    switch self {
    case .step(let step): step.text + step.blocks.flatMap(\.inlines)
    case .prose(let prose): prose.spans
    case .table(let table): (table.header + table.rows.flatMap { $0 }).flatMap { $0 }
    case .quote(let blocks, _): blocks.flatMap(\.inlines)
    case .code, .navigation, .rule, .source: []
    }
  }
}
