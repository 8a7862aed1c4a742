import Comms
import Terminal
import Values

/// Before an update goes out: where it goes, exactly what goes there, and why it goes although the check finds errors.
struct SendPanel: Sendable {
  let draft: String
  let title: String
  /// Subject and text, for those that a hand takes.
  let text: String
  /// What it promises, as a sentence.
  let promise: String
  /// What the check finds wrong.
  let errors: [String]
  var rows: [SendRow]
  var selected = 0
  /// Lines of the payload that are scrolled away.
  var top = 0
  /// Why it goes although the check finds errors; nil where it finds none.
  var despite: TextField?
  var error: String?
  var saving: Int?

  init(draft: String, title: String, text: String, promise: String, errors: [String], rows: [SendRow]) {
    self.draft = draft
    self.title = title
    self.text = text
    self.promise = promise
    self.errors = errors
    self.rows = rows
    despite = errors.isEmpty ? nil : TextField()
  }

  var chosen: [SendRow] { rows.filter(\.isChosen) }
  var row: SendRow? { rows.indices.contains(selected) ? rows[selected] : nil }

  var hints: [(String, String)] {
    if saving != nil { return [("", "saving…")] }
    let count = chosen.count
    let verb = count == 0 ? "choose first" : count == 1 ? "send to \(chosen[0].id)" : "send to these \(count)"
    return [
      ("Enter", verb), ("Space", "choose"), ("Esc", "sends nothing"), ("↑↓", "look at another"),
      ("PgDn", "scroll"), ("^Y", "copy"),
    ]
  }

  /// Whether the key was one of its own; characters are the reason, where one is asked for.
  mutating func handle(_ key: Key) -> Bool {
    let last = max(0, rows.count - 1)
    switch key {
    case .down: (selected, top) = (min(last, selected + 1), 0)
    case .up: (selected, top) = (max(0, selected - 1), 0)
    case .pageDown: top = min(top.addingSaturating(5), max(0, (row?.payload(of: text).count ?? 1) - 1))
    case .pageUp: top = max(0, top - 5)
    case .character(" ") where despite?.text.isEmpty ?? true: toggle()
    default:
      guard var field = despite else {
        if key == .character("j") { return handle(.down) }
        if key == .character("k") { return handle(.up) }
        return false
      }
      let isTaken = field.handle(key)
      despite = field
      if isTaken { error = nil }
      return isTaken
    }
    return true
  }

  private mutating func toggle() {
    guard rows.indices.contains(selected) else { return }
    if case .refused(let why) = rows[selected].way {
      error = why
      return
    }
    error = nil
    rows[selected].isChosen.toggle()
  }

  // MARK: - Drawing

  func draw(in frame: inout Frame, _ area: Rect) {
    frame.rule(area.line(0), title: [[(title, .strong)]])
    var rest = area.inset(top: 1)
    func take(_ spans: Spans) {
      guard rest.height > 0 else { return }
      let line = rest.line(0).inset(left: 1, right: 1)
      frame.put((spans + [("", .text)]).fitted(to: line.width), at: line.origin, clip: line)
      rest = rest.inset(top: 1)
    }
    take([(promise, .dim)])
    for sentence in errors.prefix(2) { take([("✖ ", .page), (sentence, .text)]) }
    if let despite, rest.height > 0 {
      let line = rest.line(0)
      let x = frame.put([(" sent although  ", .strong)], at: line.origin, clip: line)
      despite.draw(
        in: &frame, Rect(x: x, y: line.y, width: max(0, line.right - x), height: 1),
        placeholder: "why it goes out as it is", isFocused: saving == nil)
      rest = rest.inset(top: 1)
    }
    let shown = rows.indices.dropFirst(max(0, selected - max(1, rest.height / 2) + 1)).prefix(
      max(1, rest.height / 2))
    for index in shown where rest.height > 0 {
      drawRow(rows[index], isSelected: index == selected, in: &frame, rest.line(0))
      rest = rest.inset(top: 1)
    }
    drawPayload(in: &frame, rest)
  }

  private func drawRow(_ row: SendRow, isSelected: Bool, in frame: inout Frame, _ line: Rect) {
    let columns = [
      Column("box", minimum: 3), Column("name", minimum: 8, ideal: 20), Column("kind", minimum: 7, ideal: 11),
      Column("shown", minimum: 10, ideal: line.width),
    ]
    if isSelected { frame.put(Sign.selected.glyph, at: line.origin, style: .strong, clip: line) }
    let isRefused = if case .refused = row.way { true } else { false }
    let place = if case .hand(let why) = row.way { why } else { row.shown }
    frame.row(
      [
        [
          (
            isRefused ? " \(Sign.failed.glyph) " : row.isChosen ? "[x]" : "[ ]",
            isRefused ? .down : row.isChosen ? .strong : .dim
          )
        ],
        [(row.id, row.isChosen ? .strong : .text)], [(row.kind, .dim)],
        [(row.approval.map { "asks for \($0)  " } ?? "", .due), (place, .dim)],
      ],
      columns: columns, widths: Column.fit(columns, width: line.width - 2, gap: 2), in: line.inset(left: 1),
      gap: 2)
    if isSelected { frame.highlight(line) }
  }

  private func drawPayload(in frame: inout Frame, _ area: Rect) {
    guard area.height > 0, let row else { return }
    let hasStatus = error != nil || saving != nil
    let inner = area.inset(left: 1, top: 1, right: 1, bottom: hasStatus ? 1 : 0)
    let lines = row.payload(of: text).flatMap { $0.isEmpty ? [""] : $0.wrapped(to: max(1, inner.width)) }
    let first = min(top, max(0, lines.count - 1))
    let verb =
      if case .hand = row.way { "you put this to \(row.id) by hand" } else {
        "exactly this goes to \(row.id)"
      }
    let more = lines.count > inner.height ? "\(min(lines.count, first + inner.height)) of \(lines.count)" : ""
    frame.rule(area.line(0), title: [[(verb, .strong)]], right: more.isEmpty ? [] : [(more, .dim)])
    for (index, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
      frame.put(line, at: inner.line(index).origin, clip: inner)
    }
    if hasStatus { frame.status(error: error, isSaving: saving != nil, in: area.line(area.height - 1)) }
  }
}
