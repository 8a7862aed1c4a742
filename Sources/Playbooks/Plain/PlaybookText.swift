import Values

/// A playbook as lines of plain text: for a terminal without a screen, and for pipes. Every line is inert.
package struct PlaybookText: Sendable {
  /// Placeholders that are known, and names that are such without brackets.
  private let values: [String: RunValue]
  private let declared: Set<String>

  package init(values: [String: RunValue] = [:], declared: Set<String> = []) {
    self.values = values
    self.declared = declared
  }

  /// Everything under a section's heading, the heading too.
  package func lines(of section: Section) -> [String] {
    var lines = heading(of: section)
    if !lines.isEmpty { lines.append("") }
    for group in section.groups { lines += self.lines(of: group) }
    return lines
  }

  /// A group's label and what stands beside it; empty without a label.
  func heading(of group: Group) -> [String] {
    guard let label = group.label else { return [] }
    let rest = group.text.isEmpty ? "" : " " + preview(group.text.marked)
    return [Inert.terminal("\(label):\(rest)" + (group.isChoice ? " (choose)" : ""))]
  }

  /// A section's heading; empty where it has none.
  func heading(of section: Section) -> [String] {
    section.title.isEmpty
      ? [] : [String(repeating: "#", count: max(1, section.level)) + " " + Inert.terminal(section.title)]
  }

  private func lines(of group: Group) -> [String] {
    var lines = heading(of: group)
    if !lines.isEmpty { lines.append("") }
    for block in group.blocks {
      lines += self.lines(of: block)
      if case .step = block { continue }
      lines.append("")
    }
    if lines.last != "" { lines.append("") }
    return lines
  }

  /// A step with its text, its commands and its sub-steps.
  package func lines(of step: Step) -> [String] { lines(of: step, withSubsteps: true) }

  /// - Parameter withSubsteps: whether its sub-steps are told too.
  package func lines(of step: Step, withSubsteps: Bool) -> [String] {
    let sign =
      switch step.marker {
      case .task(let isTicked): isTicked ? "[x] " : "[ ] "
      default: step.choice == nil ? "" : "◇ "
      }
    let text = step.text.isEmpty ? step.title : step.text.marked
    var lines = [Inert.terminal("\(step.number)  \(sign)\(preview(text))")]
    let notes = notes(on: step)
    if !notes.isEmpty { lines.append("    (" + Inert.terminal(notes.joined(separator: "; ")) + ")") }
    for block in step.blocks {
      if case .step = block, !withSubsteps { continue }
      lines += self.lines(of: block).map { $0.isEmpty ? "" : "    " + $0 }
    }
    return lines
  }

  private func notes(on step: Step) -> [String] {
    let settings = step.settings
    let parts: [String?] = [
      settings.role.map { "for \($0)" }, settings.due.map { "due after \($0.short)" },
      settings.isCheck ? "changes nothing" : nil, settings.isBackground ? "until the run ends" : nil,
      settings.undo.map { "undone by: \($0)" }, settings.until.map { "ticks itself when: \($0.text)" },
    ]
    return parts.compactMap { $0 }
  }

  func lines(of block: Block) -> [String] {
    switch block {
    case .step(let step): return lines(of: step)
    case .prose(let prose): return prose.spans.lines.map { Inert.terminal(preview($0.marked)) }
    case .code(let code): return lines(of: code)
    case .table(let table): return lines(of: table)
    case .quote(let blocks, _): return blocks.flatMap { lines(of: $0) }.map { "> " + $0 }
    case .navigation(let links, _):
      return links.map { link in
        String(repeating: "  ", count: max(0, link.depth))
          + Inert.terminal("- \(link.title) (#\(link.anchor))")
      }
    case .rule: return ["----"]
    case .source(let text, _): return Inert.terminalLines(text)
    }
  }

  private func lines(of code: CodeBlock) -> [String] {
    guard code.kind == .commands else { return Inert.terminalLines(code.text).map { "| " + $0 } }
    return code.commands.flatMap { command in
      (command.title.map { ["# " + Inert.terminal($0)] } ?? []) + Self.prompted(preview(command.text))
    }
  }

  /// A command as in a recorded session: `$ ` before its first line, `> ` before the others.
  static func prompted(_ command: String) -> [String] {
    Inert.terminalLines(command).enumerated().map { ($0.offset == 0 ? "$ " : "> ") + $0.element }
  }

  private func lines(of table: Table) -> [String] {
    let rows = ([table.header] + table.rows).map { $0.map { Inert.terminal(preview($0.marked)) } }
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? min(Self.widest, $0[column].count) : 0 }.max() ?? 0
    }
    let cells = rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
        .joined(separator: " | ").trimmed
    }
    let line = widths.map { String(repeating: "-", count: max(1, $0)) }.joined(separator: "-|-")
    return cells.prefix(1) + [line] + cells.dropFirst()
  }

  /// No column is made wider than this.
  private static let widest = 60

  private func preview(_ text: String) -> String {
    values.isEmpty ? text : Resolution.preview(text, values: values, declared: declared)
  }
}
