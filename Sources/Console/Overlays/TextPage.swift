import Terminal

/// Text to read: an event whole, the log of the session, a preview.
struct TextPage: Sendable {
  let title: String
  var lines: [(String, Style)]
  /// The number of the question that more of it waits for.
  var awaits: Int?
  private(set) var top = 0

  init(title: String, lines: [(String, Style)], atEnd: Bool = false) {
    self.title = title
    self.lines = lines
    if atEnd { top = .max }
  }

  /// Lines as they are drawn at a width.
  private func rows(_ width: Int) -> [(String, Style)] {
    lines.flatMap { text, style in text.wrapped(to: max(1, width - 2)).map { ($0, style) } }
  }

  func height(width: Int) -> Int { 1 + rows(width).count }

  mutating func handle(_ key: Key, area: Rect) -> Bool {
    let page = max(1, area.height - 1)
    let most = max(0, rows(area.width).count - page)
    let here = min(top, most)
    switch key {
    case .down, .character("j"): top = min(most, here + 1)
    case .up, .character("k"): top = max(0, here - 1)
    case .pageDown, .character(" "): top = min(most, here + page)
    case .pageUp: top = max(0, here - page)
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = most
    default: return false
    }
    return true
  }

  func draw(in frame: inout Frame, _ area: Rect) {
    let rows = rows(area.width)
    let inner = area.inset(left: 1, top: 1, right: 1)
    let first = min(top, max(0, rows.count - inner.height))
    let more = rows.count > inner.height ? "\(min(rows.count, first + inner.height)) of \(rows.count)" : ""
    frame.rule(area.line(0), title: [[(title, .strong)]], right: more.isEmpty ? [] : [(more, .dim)])
    for (index, row) in rows.dropFirst(first).prefix(inner.height).enumerated() {
      frame.put(row.0, at: inner.line(index).origin, style: row.1, clip: inner)
    }
  }
}
