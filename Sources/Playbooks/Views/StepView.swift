import Values

/// What the playbook screen shows of one step; drawing is the screen's.
package struct StepView: Equatable, Sendable {
  package enum Line: Equatable, Sendable {
    case prose([Inline])
    case quote([Inline])
    /// The number of the command in ``commands`` and one of its lines, placeholders filled as far as known.
    case command(Int, String)
    case comment(String)
    case code(String)
    case cells([String], isHeader: Bool)
    case blank
  }

  /// A thing that can be copied.
  package struct Copyable: Equatable, Sendable {
    package let title: String?
    /// Filled as far as known, for showing.
    package let preview: String
    /// The exact text, or why there is none.
    package let resolved: Result<ResolvedText, Unresolved>

    package init(title: String?, preview: String, resolved: Result<ResolvedText, Unresolved>) {
      self.title = title
      self.preview = preview
      self.resolved = resolved
    }
  }

  package let number: String
  package let title: String
  package let state: StepState
  package let mark: Run.Mark?
  package let assigned: String?
  package let depth: Int
  package let group: String?
  package let choice: Choice?
  package let lines: [Line]
  package let commands: [Copyable]
  /// Inline code, after the commands.
  package let snippets: [Copyable]
  /// Sets variables or says what to do elsewhere; nothing in it could run.
  package let isManual: Bool
}

extension StepView {
  /// - Parameters:
  ///   - values: of the run's variables.
  ///   - declared: names that count as placeholders without brackets.
  package init(_ step: Step, in run: Run?, values: [String: RunValue] = [:], declared: Set<String> = []) {
    number = step.number
    title = step.title
    state = run?.state(of: step.number) ?? .todo
    mark = run?.marks[step.number]
    assigned = run?.assigned[step.number]
    depth = step.depth
    group = step.group
    choice = step.choice
    func copyable(_ text: String, _ title: String?) -> Copyable {
      Copyable(
        title: title, preview: Resolution.preview(text, values: values, declared: declared),
        resolved: Resolution.shell(text, values: values, declared: declared))
    }
    commands = step.commands.map { copyable($0.text, $0.title) }
    let texts = step.codeBlocks.filter { $0.kind == .text }.map { block in
      Copyable(
        title: block.language, preview: block.text,
        resolved: Resolution.plain(block.text, values: values, declared: declared))
    }
    snippets = texts + step.inlineCodes.map { copyable($0, nil) }
    isManual =
      !step.commands.isEmpty && step.commands.allSatisfy(\.isAssignment)
      || step.commands.isEmpty && step.codeBlocks.contains { $0.kind == .manual }
    var lines: [Line] = []
    if step.marker != .block, step.text.plain != step.title { lines.append(.prose(step.text)) }
    var count = 0
    for block in step.blocks { Self.add(block, to: &lines, commands: &count, values, declared) }
    self.lines = lines
  }

  private static func add(
    _ block: Block, to lines: inout [Line], commands count: inout Int, _ values: [String: RunValue],
    _ declared: Set<String>
  ) {
    if !lines.isEmpty, lines.last != .blank { lines.append(.blank) }
    switch block {
    case .step: break
    case .prose(let prose): lines.append(.prose(prose.spans))
    case .quote(let blocks, _):
      for case .prose(let prose) in blocks { lines.append(.quote(prose.spans)) }
    case .table(let table):
      lines.append(.cells(table.header.map(\.plain), isHeader: true))
      lines += table.rows.map { .cells($0.map(\.plain), isHeader: false) }
    case .source(let text, _): lines += text.split(separator: "\n").map { .code(String($0)) }
    case .navigation(let links, _): lines += links.map { .code($0.title) }
    case .rule: break
    case .code(let code) where code.kind == .text:
      lines += code.text.split(separator: "\n", omittingEmptySubsequences: false).map { .code(String($0)) }
    case .code(let code):
      let previews = code.commands.map {
        Resolution.preview($0.text, values: values, declared: declared).split(
          separator: "\n", omittingEmptySubsequences: false)
      }
      for part in code.parts {
        switch part {
        case .comment(let text): lines.append(.comment(text))
        case .output(let text): lines.append(.code(text))
        case .command(let index): lines += previews[index].map { .command(count + index, String($0)) }
        }
      }
      count += code.commands.count
    }
    if lines.last == .blank { lines.removeLast() }
  }
}
