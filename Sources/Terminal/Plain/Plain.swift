internal import Values

/// Views as linear text, for `--plain`: screen readers, pipes and terminals that can do nothing.
///
/// No rules, no graphs, no columns to be lined up by eye: one fact a line, each with its name.
package struct Plain: Hashable, Sendable {
  package private(set) var lines: [String] = []

  package init() {}

  /// A heading, with a blank line before it unless it is first.
  package mutating func heading(_ text: String) {
    if !lines.isEmpty { lines.append("") }
    lines.append(Inert.terminal(text))
  }

  /// One sentence or one row.
  package mutating func line(_ text: String) {
    lines.append(Inert.terminal(text))
  }

  /// `name: value`, left away when there is no value.
  package mutating func field(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    lines.append(Inert.terminal("\(name): \(value)"))
  }

  /// Rows as sentences of named facts: `1 of 3. PAGE PackErrorRatePage; value 7.1%; since 4m12s.`; facts
  /// without a value are left away. `empty` says what it means that there is none.
  package mutating func list(_ rows: [(head: String, facts: [(name: String, value: String)])], empty: String)
  {
    if rows.isEmpty { line(empty) }
    for (number, row) in rows.enumerated() {
      let facts = row.facts.filter { !$0.value.isEmpty }.map { "; \($0.name) \($0.value)" }.joined()
      line("\(number + 1) of \(rows.count). \(row.head)\(facts).")
    }
  }

  /// Text of several lines, as it is.
  package mutating func text(_ text: String) {
    lines += Inert.terminalLines(text)
  }

  /// A whole frame: its lines, without rules and trailing blanks, blank ones once. For views that have no
  /// linear form of their own.
  package mutating func frame(_ frame: Frame) {
    for line in frame.textLines {
      let shown = line.filter { !"─│╌┤├└┘┌┐".contains($0) && !("\u{2800}"..."\u{28FF}").contains($0) }
        .split(separator: " ").joined(separator: " ")
      if !shown.isEmpty || lines.last?.isEmpty == false { lines.append(shown) }
    }
  }

  /// Everything, each line ended by LF.
  package var text: String { lines.map { $0 + "\n" }.joined() }
}
