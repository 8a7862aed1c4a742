import Desk
import Incidents
import Terminal
import Values

/// Something that is being written on one ticket or several. What customers read is looked at once more before
/// it goes; what stays inside takes one Enter.
struct CommentPanel: Sendable {
  let tickets: [String]
  let isPublic: Bool
  /// Who reads it: requesters, each once.
  let readers: [String]
  /// What is said of whoever may not, or of what happens then.
  var warnings: [String]
  var text: TextArea
  /// Comments that were on each ticket when the text was begun, or refused.
  var seen: [String: Int]
  /// The public text is shown as it goes out: Enter sends it.
  var isArmed = false
  /// Rows of the armed text that are scrolled away.
  var top = 0
  var error: String?
  var saving: Int?

  static let prefix = "ticket:"

  /// Under which ``Console/Effect/keepUnsent(key:text:)`` keeps it.
  var key: String { Self.key(tickets, isPublic: isPublic) }

  static func key(_ tickets: [String], isPublic: Bool) -> String {
    "\(prefix)\(tickets.joined(separator: ",")):\(isPublic ? "public" : "internal")"
  }

  var hints: [(String, String)] {
    if saving != nil { return [("", "saving…")] }
    if isArmed {
      return [("Enter", "send it to \(reader)"), ("↑ ↓", "read all"), ("Esc", "back to the text")]
    }
    return [
      ("Enter", isPublic ? "look, then send" : "save inside"), ("^N", "new line"), ("^G", "editor"),
      ("Esc", "keep for later"),
    ]
  }

  /// `customer 8841`, `3 customers`.
  private var reader: String {
    readers.count == 1 ? Inert.terminal(readers[0]).truncatedMiddle(to: 30) : "\(readers.count) customers"
  }

  private var what: String {
    tickets.count == 1 ? tickets.joined() : "\(tickets.count) tickets"
  }

  /// Lines that stand above the text.
  private func head(_ width: Int) -> [(String, Style)] {
    let said = warnings.flatMap { $0.wrapped(to: max(1, width - 4)) }.map { ("\($0)", Style.due) }
    guard isPublic else {
      return [("# INTERNAL: \(reader) does not see this", Style(.internal, bold: true))] + said
    }
    guard isArmed else {
      return [("\(Sign.sent.glyph) PUBLIC: \(reader) will read this", Style(.public))] + said
    }
    let named = readers.prefix(Self.mostNamed).map { Inert.terminal($0).truncatedMiddle(to: 40) }
    let more = readers.count > named.count ? " and \(readers.count - named.count) more" : ""
    let line = "\(Sign.sent.glyph) PUBLIC: exactly this goes to \(named.joined(separator: ", "))\(more)"
    return line.wrapped(to: max(1, width - 4)).map { ($0, Style(.public)) } + said
  }

  /// Readers whose names stand above the text; the rest is counted.
  private static let mostNamed = 8

  /// The text as it is drawn once it is armed.
  private func rows(_ width: Int) -> [String] {
    Inert.terminalLines(text.text).flatMap { $0.isEmpty ? [""] : $0.wrapped(to: max(1, width - 4)) }
  }

  /// Rows of the armed text that have room in a panel.
  private func room(_ size: Size) -> Int { max(1, size.height - 2 - head(size.width).count) }

  func height(width: Int) -> Int {
    let rows = rows(width).count
    return 1 + head(width).count + max(isArmed ? 1 : 4, rows + (isArmed ? 0 : 1)) + 1
  }

  func draw(in frame: inout Frame, _ area: Rect) {
    let title =
      isArmed ? "send it?" : isPublic ? "public reply on \(what)" : "internal comment on \(what)"
    frame.rule(area.line(0), title: [[(title, isArmed ? .due : .strong)]])
    var rest = area.inset(top: 1, bottom: 1)
    for (line, style) in head(area.width).prefix(max(1, rest.height - 1)) {
      frame.put(line, at: rest.inset(left: 1).origin, style: style, clip: rest)
      rest = rest.inset(top: 1)
    }
    let style: Style = isPublic ? .text : Style(.internal)
    if isArmed {
      drawArmed(in: &frame, rest, style, size: Size(width: area.width, height: area.height))
    } else if isPublic {
      text.draw(in: &frame, rest.inset(left: 2, right: 2), style: style, isFocused: !isArmed && saving == nil)
    } else {
      frame.verticalRule(x: rest.x + 1, y: rest.y, height: rest.height)
      text.draw(in: &frame, rest.inset(left: 3, right: 1), style: style, isFocused: saving == nil)
    }
    frame.status(error: error, isSaving: saving != nil, in: area.line(area.height - 1))
  }

  /// Exactly what goes out, from its beginning, with a word about what is not in sight.
  private func drawArmed(in frame: inout Frame, _ area: Rect, _ style: Style, size: Size) {
    let rows = rows(size.width)
    let room = max(1, area.height)
    let first = min(top, max(0, rows.count - room))
    for (index, row) in rows.dropFirst(first).prefix(area.height).enumerated() {
      frame.put(row, at: area.inset(left: 2).line(index).origin, style: style, clip: area)
    }
    guard rows.count > room else { return }
    let place = " lines \(first + 1)–\(min(rows.count, first + room)) of \(rows.count) "
    let line = Rect(x: area.x, y: area.y + area.height, width: area.width, height: 1)
    frame.put(place, at: line.inset(left: 1).origin, style: .due, clip: line)
  }

  /// Whether the key was one of the text's; `panel` is the size of the whole panel.
  mutating func handle(_ key: Key, size: Size, panel: Size) -> Bool {
    if isArmed {
      let (page, most) = (room(panel), max(0, rows(panel.width).count - room(panel)))
      switch key {
      case .down, .character("j"): top = min(most, top + 1)
      case .up, .character("k"): top = max(0, min(top, most) - 1)
      case .pageDown, .character(" "): top = min(most, top + page)
      case .pageUp: top = max(0, min(top, most) - page)
      case .home: top = 0
      case .end: top = most
      default: return false
      }
      return true
    }
    return text.handle(key == .ctrl("n") ? .enter : key, size: size)
  }
}
