import Playbooks
import Terminal
import Values

/// One step's words and commands as lines to draw, placeholders filled as far as they are known.
struct StepText {
  let view: StepView
  /// The command that `y` copies next.
  let next: Int

  func rows(width: Int, hasTitle: Bool) -> [Spans] {
    var rows: [Spans] = []
    func add(_ text: String, _ style: Style, indent: String = "", first: Spans = []) {
      let room = max(1, width - indent.count - first.displayWidth)
      for (index, line) in text.wrapped(to: room).enumerated() {
        let lead: Spans = index == 0 ? first : [(String(repeating: " ", count: first.displayWidth), .text)]
        rows.append([(indent, .text)] + lead + [(line, style)])
      }
    }
    if hasTitle {
      add("\(view.number) \(view.title)", .strong)
      rows.append([])
    }
    if let choice = view.choice { add("If \(choice.condition): \(choice.action)", .text) }
    var last = -1
    for line in view.lines {
      switch line {
      case .prose(let spans): add(spans.marked, .text)
      case .quote(let spans): add(spans.marked, .dim, first: [("│ ", .rule)])
      case .comment(let text): add(text, .dim, first: [("# ", .dim)])
      case .code(let text): add(text, .text, indent: "  ")
      case .cells(let cells, let isHeader): add(cells.joined(separator: "  ·  "), isHeader ? .strong : .text)
      case .blank: rows.append([])
      case .command(let number, let text):
        let isNext = number == next && view.commands.count > 1
        let prompt: Spans =
          number == last ? [("  ", .text)] : [(isNext ? "▸ " : "$ ", isNext ? .strong : .key)]
        add(text, isUnresolved(number) ? .due : .strong, first: prompt)
        last = number
      }
    }
    for sentence in problems { add(sentence, .due, first: [("▲ ", .due)]) }
    if let mark = view.mark, let reason = mark.reason {
      add("\(mark.state.rawValue) by \(mark.by): \(reason)", .dim)
    }
    return rows
  }

  private func isUnresolved(_ number: Int) -> Bool {
    guard view.commands.indices.contains(number) else { return false }
    if case .failure = view.commands[number].resolved { return true }
    return false
  }

  private var problems: [String] {
    var seen: [String] = []
    for command in view.commands {
      if case .failure(let why) = command.resolved, !seen.contains(why.description) {
        seen.append(why.description + " v gives it.")
      }
    }
    return seen
  }
}
