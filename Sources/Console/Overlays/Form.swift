import Incidents
import Terminal
import Values

/// A few named fields; Enter takes them all, from whichever has the cursor.
struct Form: Sendable {
  enum Purpose: Equatable, Sendable {
    /// From an alert, or from a folder's own declaration by its title and playbook.
    case declare(cause: AlertIdentity?, template: String?, playbook: String?)
    case silence(AlertIdentity)
    case extendSilence(String)
    case endSilence(String)
    case acknowledge(AlertIdentity)
    case resolve(incident: String)
    case describe(incident: String)
    case decide(incident: String)
    /// An entry of the timeline, said anew.
    case amend(event: String, incident: String)
    /// Values for a playbook's placeholders, and what they are wanted for.
    case variables(Wish)
    /// Rules that are tried on an incident's series.
    case backtest(incident: String)
    /// Incidents as a file.
    case export
    /// A new action item.
    case action
    /// A new ticket.
    case ticket
    /// What stands about a ticket.
    case ticketFacts(String)
    /// Part of a ticket that becomes one of its own.
    case split(String)
    /// Values for a template's fields.
    case fields(draft: String)
    /// What each recipient's copy says of its own.
    case recipients(draft: String)
  }

  /// What values are asked for.
  enum Wish: Equatable, Sendable {
    case values, copying
    /// To show what runs then.
    case running(inTerminal: Bool, all: Bool)
  }

  struct Field: Sendable {
    enum Entry: Sendable {
      case text(TextField)
      /// Options and the chosen one; ← → and digits move.
      case options([String], Int)
    }

    let id: String
    let label: String
    /// One dim line of help beside the label's value, when there is room.
    var note: String
    var entry: Entry

    /// - Parameter keepsLines: pasted lines stay lines.
    init(_ id: String, _ label: String, text: String = "", note: String = "", keepsLines: Bool = false) {
      self.id = id
      self.label = label
      self.note = note
      entry = .text(TextField(text, keepsLines: keepsLines))
    }

    init(_ id: String, _ label: String, options: [String], selected: Int, note: String = "") {
      self.id = id
      self.label = label
      self.note = note
      entry = .options(options, min(max(0, selected), max(0, options.count - 1)))
    }

    var value: String {
      switch entry {
      case .text(let field): field.text
      case .options(let options, let index): options.indices.contains(index) ? options[index] : ""
      }
    }
  }

  var purpose: Purpose
  var title: String
  /// What Enter does: `declare`, `silence`.
  let verb: String
  var fields: [Field]
  var focus = 0
  /// Lines above the fields: what this will do, to whom.
  var guidance: [String] = []
  /// Lines below the fields: what it would do as it stands, made anew after every key.
  var preview: [(String, Style)] = []
  /// Asked once already whether that is meant; the next key that changes something asks anew.
  var isArmed = false
  var error: String?
  var saving: Int?

  init(_ purpose: Purpose, title: String, verb: String, fields: [Field], guidance: [String] = []) {
    self.purpose = purpose
    self.title = title
    self.verb = verb
    self.fields = fields
    self.guidance = guidance
  }

  subscript(_ id: String) -> String {
    (fields.first { $0.id == id }?.value ?? "").trimmed
  }

  var hints: [(String, String)] {
    if saving != nil { return [("", "saving…")] }
    let isOptions = fields.indices.contains(focus) ? fields[focus].isOptions : false
    return [("Enter", verb)] + (fields.count > 1 ? [("Tab", "next field")] : [])
      + (isOptions ? [("← →", "choose")] : []) + [("Esc", "does nothing")]
  }

  /// Whether the key was one of a form's.
  mutating func handle(_ key: Key) -> Bool {
    guard fields.indices.contains(focus) else { return false }
    isArmed = false
    switch key {
    case .tab, .down: focus = (focus + 1) % fields.count
    case .backtab, .up: focus = (focus + fields.count - 1) % fields.count
    default: return fields[focus].handle(key)
    }
    return true
  }

  func height(width: Int) -> Int {
    1 + guidanceLines(width).count + fields.count + previewLines(width).count + noteLines(width).count + 1
  }

  private func previewLines(_ width: Int) -> [(String, Style)] {
    preview.flatMap { text, style in text.wrapped(to: max(1, width - 2)).map { ($0, style) } }
  }

  private func guidanceLines(_ width: Int) -> [String] {
    guidance.flatMap { $0.wrapped(to: max(1, width - 2)) }
  }

  private func noteLines(_ width: Int) -> [String] {
    guard fields.indices.contains(focus), !fields[focus].note.isEmpty else { return [] }
    return fields[focus].note.wrapped(to: max(1, width - 2))
  }

  func draw(in frame: inout Frame, _ area: Rect) {
    frame.rule(area.line(0), title: [[(title, .strong)]])
    var rest = area.inset(top: 1)
    let guidance = guidanceLines(area.width)
    // Fields come first when room is short.
    for line in guidance.prefix(max(0, rest.height - fields.count - 1)) {
      frame.put(line, at: rest.inset(left: 1).origin, style: .dim, clip: rest)
      rest = rest.inset(top: 1)
    }
    let widest = min(max(12, area.width * 2 / 5), fields.map(\.label.displayWidth).max() ?? 0)
    let first = max(0, focus - max(1, rest.height - 1) + 1)
    for (index, field) in fields.enumerated().dropFirst(first) where rest.height > 1 || index == focus {
      let line = rest.line(0)
      let isFocused = index == focus
      if isFocused { frame.put(Sign.current.glyph, at: line.origin, style: .strong, clip: line) }
      frame.put(
        field.label.paddedRight(to: widest), at: Point(x: line.x + 2, y: line.y),
        style: isFocused ? .strong : .dim, clip: line)
      field.draw(in: &frame, line.inset(left: widest + 4, right: 1), isFocused: isFocused && saving == nil)
      rest = rest.inset(top: 1)
    }
    for (line, style) in previewLines(area.width).prefix(max(0, rest.height - 1)) {
      frame.put(line, at: rest.inset(left: 1).origin, style: style, clip: rest)
      rest = rest.inset(top: 1)
    }
    if error != nil || saving != nil {
      frame.status(error: error, isSaving: saving != nil, in: rest.line(0))
      return
    }
    for line in noteLines(area.width).prefix(rest.height) {
      frame.put(line, at: rest.inset(left: 1).origin, style: .dim, clip: rest)
      rest = rest.inset(top: 1)
    }
  }
}

extension Form.Field {
  var isOptions: Bool { if case .options = entry { true } else { false } }

  mutating func handle(_ key: Key) -> Bool {
    switch entry {
    case .text(var field):
      let isTaken = field.handle(key)
      entry = .text(field)
      return isTaken
    case .options(let options, var index):
      switch key {
      case .right, .character(" "), .character("l"): index = min(index + 1, max(0, options.count - 1))
      case .left, .character("h"): index = max(0, index - 1)
      case .character(let character):
        guard let number = character.wholeNumberValue, (1...max(1, options.count)).contains(number) else {
          return false
        }
        index = number - 1
      default: return false
      }
      entry = .options(options, index)
      return true
    }
  }

  func draw(in frame: inout Frame, _ line: Rect, isFocused: Bool) {
    switch entry {
    case .text(let field):
      field.draw(in: &frame, line, style: isFocused ? .input : .text, isFocused: isFocused)
    case .options(let options, let index):
      let room = options.reduce(0) { $0 + $1.displayWidth + 2 }
      // Too many for the line: the chosen one alone, with arrows that say there are others.
      if room > line.width {
        let chosen = options.indices.contains(index) ? options[index] : ""
        frame.put([("‹ ", .dim), (chosen, .strong), (" ›", .dim)], at: line.origin, clip: line)
        return
      }
      var x = line.x
      for (number, option) in options.enumerated() {
        let isChosen = number == index
        let style = isChosen ? Style(.strong, background: .selection) : .dim
        x = frame.put(
          isChosen ? "[\(option)]" : " \(option) ", at: Point(x: x, y: line.y), style: style, clip: line)
      }
    }
  }
}

extension String {
  /// Without blanks and line ends at either end.
  var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
