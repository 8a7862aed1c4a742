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
    if isArmed { return [("Enter", "send it to \(reader)"), ("Esc", "back to the text")] }
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
    let all = readers.map { Inert.terminal($0) }.joined(separator: ", ")
    let line = "\(Sign.sent.glyph) PUBLIC: exactly this goes to \(all)"
    return line.wrapped(to: max(1, width - 4)).map { ($0, Style(.public)) } + said
  }

  func height(width: Int) -> Int {
    let rows = text.text.wrapped(to: max(1, width - 4)).count
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
    if isPublic {
      text.draw(in: &frame, rest.inset(left: 2, right: 2), style: style, isFocused: !isArmed && saving == nil)
    } else {
      frame.verticalRule(x: rest.x + 1, y: rest.y, height: rest.height)
      text.draw(in: &frame, rest.inset(left: 3, right: 1), style: style, isFocused: saving == nil)
    }
    frame.status(error: error, isSaving: saving != nil, in: area.line(area.height - 1))
  }

  /// Whether the key was one of the text's.
  mutating func handle(_ key: Key, size: Size) -> Bool {
    if isArmed { return false }
    return text.handle(key == .ctrl("n") ? .enter : key, size: size)
  }
}
