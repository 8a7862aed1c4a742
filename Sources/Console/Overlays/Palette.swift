import Terminal

/// Actions found by typing; in help grouped by scope, in the palette by how well they fit.
struct Palette: Sendable {
  struct Row {
    let action: Action
    /// Set on the first of a group.
    let heading: String?
    /// Why it cannot be done now.
    let reason: String?
    /// The screen it belongs to, when that is another one: Enter goes there.
    var elsewhere: Screen?
  }

  var field = TextField()
  var list = ListState<String>()

  /// The palette's rows: everything that is meant here, best fit first; then what other screens have, once
  /// something is typed.
  func found(in console: Console) -> [Row] {
    let here = ActionTable.active(in: console) + ActionTable.unbound(in: console)
    let rows = fitting(here).map { Row(action: $0, heading: nil, reason: $0.unavailable(console)) }
    guard !field.text.trimmed.isEmpty else { return rows }
    let known = Set(here.map(\.id))
    let others = fitting(ActionTable.elsewhere(in: console).filter { !known.contains($0.id) })
    return rows
      + others.map { action in
        let screen = action.scope.screen
        let reason = screen.map { "On the screen \($0.title), \($0.rawValue); Enter goes there." }
        return Row(action: action, heading: nil, reason: reason, elsewhere: screen)
      }
  }

  /// Those that what is typed fits, the best first.
  private func fitting(_ actions: [Action]) -> [Action] {
    let query = field.text.trimmed
    let scored = actions.enumerated().compactMap { index, action -> (Int, Int, Action)? in
      guard let match = FuzzyMatch(query, in: "\(action.title) \(action.id)") else { return nil }
      return (match.score, index, action)
    }
    return scored.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.map(\.2)
  }

  /// Help's rows: what the focused pane means first, then the screen, then everywhere.
  func helped(in console: Console) -> [Row] {
    let filter = RowFilter(field.text)
    var last: Action.Scope?
    return ActionTable.active(in: console).filter { filter.matches("\($0.title) \($0.keyText)") }.map {
      action in
      let heading = action.scope == last ? nil : Self.name(action.scope)
      last = action.scope
      return Row(action: action, heading: heading, reason: action.unavailable(console))
    }
  }

  static func name(_ scope: Action.Scope) -> String {
    switch scope {
    case .pane(let pane): pane.title
    case .screen(let screen): "the screen \(screen.title)"
    case .subject: "what is selected"
    case .everywhere: "everywhere"
    }
  }

  func rows(isHelp: Bool, in console: Console) -> [Row] { isHelp ? helped(in: console) : found(in: console) }

  func draw(in frame: inout Frame, _ area: Rect, isHelp: Bool, _ console: Console) {
    let rows = rows(isHelp: isHelp, in: console)
    frame.rule(
      area.line(0), title: [[(isHelp ? "help" : "command", .strong)]],
      right: [("\(rows.count)", .dim)])
    let entry = area.line(1)
    let x = frame.put(isHelp ? " / " : " : ", at: entry.origin, style: .key, clip: entry)
    field.draw(in: &frame, entry.inset(left: x - entry.x), placeholder: "type to search")
    let inner = area.inset(top: 2)
    guard !rows.isEmpty else {
      frame.paragraph("Nothing is called that.", in: inner, style: .dim)
      return
    }
    let columns = [
      Column("keys", minimum: 9), Column("title", minimum: 36, ideal: 58),
      Column("why", minimum: 14, ideal: 60, drop: 1),
    ]
    let widths = Column.fit(columns, width: area.width - 2, gap: 2)
    let lines = rows.flatMap { row in (row.heading.map { [Line.heading($0)] } ?? []) + [Line.row(row)] }
    let here =
      lines.firstIndex { if case .row(let row) = $0 { row.action.id == list.selected } else { false } } ?? 0
    // The selected one stays in sight, with its heading while it is the first.
    let first = max(0, min(here - inner.height / 2, lines.count - inner.height))
    for (number, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
      let place = inner.line(number)
      switch line {
      case .heading(let title): frame.put(title, at: place.inset(left: 1).origin, style: .dim, clip: place)
      case .row(let row):
        let isSelected = row.action.id == list.selected
        if isSelected { frame.put(Sign.selected.glyph, at: place.origin, style: .strong, clip: place) }
        frame.row(
          [
            [(row.action.keyText, .key)],
            [(row.action.title, row.reason == nil ? .text : .dim), ("", .text)],
            [(row.reason ?? "", .dim), ("", .dim)],
          ],
          columns: columns, widths: widths, in: place.inset(left: 1), gap: 2)
        if isSelected { frame.highlight(place) }
      }
    }
  }

  private enum Line {
    case heading(String)
    case row(Row)
  }
}
