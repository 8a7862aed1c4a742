import Incidents
import Terminal
import Values

/// One of a few things, taken with Enter or its own key.
struct Choice: Sendable {
  enum Purpose: Equatable, Sendable {
    case status(incident: String)
    case severity(incident: String)
    case role(incident: String)
    /// What is due in it, to be silenced or said to be done.
    case deadline(DeadlineHandling, incident: String)
    /// Which of the open incidents.
    case focus
    /// What becomes of a task.
    case task(incident: String, task: String)
    /// What an incident has to do with another, or with an address.
    case link(incident: String)
    case linkTo(incident: String, as: LinkKind)
    case unlink(incident: String)
    /// Which link is shown whole.
    case look(incident: String)
    /// From what an incident is declared: nothing in particular, or a folder's own declaration.
    case declaration(about: Subject)
    /// An incident of that system is open already.
    case join(incident: String, about: Subject)
    case acknowledge
    /// Something of tickets.
    case desk(DeskAsk)
    /// Something of screen 7.
    case retro(RetroAsk)
    /// One of the things that a step has to copy.
    case copy
    /// What is in force and shall be so no more.
    case effect
    /// What becomes of a silence; `about` is the alert that it was asked of.
    case silence(String, about: AlertIdentity?)
  }

  struct Option: Sendable {
    /// What it stands for: a status, an alert's key.
    let id: String
    let label: String
    let detail: String
    var isCurrent = false
  }

  let purpose: Purpose
  let title: String
  let options: [Option]
  var selected: Int
  var error: String?
  var saving: Int?

  init(_ purpose: Purpose, title: String, options: [Option], selected: Int = 0) {
    self.purpose = purpose
    self.title = title
    self.options = options
    self.selected = min(max(0, selected), max(0, options.count - 1))
  }

  var chosen: Option? { options.indices.contains(selected) ? options[selected] : nil }

  var height: Int { options.count + 1 + (error != nil || saving != nil ? 1 : 0) }

  /// Whether the key moved the selection: arrows, j k, a number.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .down, .character("j"): selected = min(selected + 1, max(0, options.count - 1))
    case .up, .character("k"): selected = max(0, selected - 1)
    case .home, .character("g"): selected = 0
    case .end, .character("G"): selected = max(0, options.count - 1)
    case .character(let character):
      guard let number = character.wholeNumberValue, (1...max(1, options.count)).contains(number) else {
        return false
      }
      selected = number - 1
    default: return false
    }
    return true
  }

  func draw(in frame: inout Frame, _ area: Rect) {
    frame.rule(area.line(0), title: [[(title, .strong)]])
    let hasStatus = error != nil || saving != nil
    let rows = area.inset(top: 1, bottom: hasStatus ? 1 : 0)
    let first = max(0, selected - rows.height + 1)
    let widest = options.map(\.label.displayWidth).max() ?? 0
    let columns = [
      Column("number", minimum: 2), Column("label", minimum: min(widest, 36)),
      Column("now", minimum: options.contains(where: \.isCurrent) ? 3 : 0),
      Column("detail", minimum: 8, ideal: area.width, drop: 1),
    ]
    let widths = Column.fit(columns, width: rows.width - 2, gap: 2)
    for (line, index) in options.indices.dropFirst(first).prefix(rows.height).enumerated() {
      let option = options[index]
      let row = rows.line(line)
      if index == selected { frame.put(Sign.selected.glyph, at: row.origin, style: .strong, clip: row) }
      frame.row(
        [
          [("\(index + 1)", .key)], [(option.label, index == selected ? .strong : .text)],
          [(option.isCurrent ? "now" : "", .up)], [(option.detail, .dim)],
        ],
        columns: columns, widths: widths, in: row.inset(left: 2), gap: 2)
      if index == selected { frame.highlight(row) }
    }
    if hasStatus { frame.status(error: error, isSaving: saving != nil, in: area.line(area.height - 1)) }
  }
}
