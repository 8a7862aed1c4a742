import Incidents
import Terminal
import Values

/// One line that is being written at the bottom of any screen.
struct LineEntry: Sendable {
  enum TaskChange: Equatable, Sendable { case done, give, drop }

  enum Purpose: Equatable, Sendable {
    /// To the incident; nil is the journal.
    case note(incident: String?)
    case skip(run: String, step: String)
    case failStep(step: String)
    case assign(step: String)
    /// That what a step left in force is so no more; why, or how.
    case undone(run: String, step: String)
    case task(incident: String)
    /// Said of a task.
    case changeTask(incident: String, task: String, TaskChange)
    case role(incident: String, role: String)
    /// How long a deadline is silent, or why for good.
    case deadline(DeadlineHandling, Deadline.Identity)
    case retract(event: String, incident: String)
    /// An address, and what it leads to.
    case address(incident: String)
    /// The commander's role, with words for the next one.
    case handOver(incident: String)
    case discard(draft: String)
    /// Who gets a copy each.
    case recipients(draft: String)
    /// Why a delivery is closed.
    case settle(delivery: String)
    case routine(system: String, title: String)
    /// Something of screen 7.
    case retro(RetroLine)
    /// Something of tickets.
    case desk(DeskLine)
  }

  let purpose: Purpose
  let label: String
  /// What the empty line says.
  let placeholder: String
  var field: TextField
  /// What a note is about, which stands before its words.
  var about: String?
  var error: String?
  var saving: Int?

  init(_ purpose: Purpose, label: String, placeholder: String, text: String = "", history: [String] = []) {
    self.purpose = purpose
    self.label = label
    self.placeholder = placeholder
    field = TextField(text, history: history)
  }

  var isNote: Bool { if case .note = purpose { true } else { false } }

  var hints: [(String, String)] {
    if saving != nil { return [("", "saving…")] }
    let backdate = isNote ? [("-12m  14:03Z  -12m..-3m", "at the start backdates")] : []
    return [("Enter", "save")] + backdate + [("Esc", "close")]
  }

  /// When the note says it happened; nil without a time at its beginning.
  func place(at now: Instant, _ world: World) -> (occurred: Instant, ended: Instant?)? {
    guard isNote else { return nil }
    let found = NoteTime.split(field.text, at: now, offset: world.zone?.offset ?? 0)
    return found.occurred.map { ($0, found.ended) }
  }

  func draw(in frame: inout Frame, _ area: Rect, _ world: World, at now: Instant) {
    let line = area.line(0)
    let time: String
    let style: Style
    if let place = place(at: now, world) {
      (time, style) = (place.occurred.dateClockUTC + (place.ended.map { " to \($0.clockUTC)" } ?? ""), .due)
    } else {
      (time, style) = (isNote ? now.clockUTC : "", .dim)
    }
    var x = frame.put(
      [(" \(label) ", .strong), (time + (time.isEmpty ? "" : " "), style)], at: line.origin, clip: line)
    x = min(x, line.right)
    field.draw(
      in: &frame, Rect(x: x, y: line.y, width: line.right - x, height: line.height), placeholder: placeholder,
      isFocused: saving == nil)
    frame.status(error: error, isSaving: saving != nil, in: area.line(1))
  }
}

extension Frame {
  /// What an act under way, or one that failed, says below the text it was made from.
  mutating func status(error: String?, isSaving: Bool, in line: Rect) {
    if isSaving { put(" saving…", at: line.origin, style: .strong, clip: line) }
    if let error {
      put(
        [(" \(Sign.failed.glyph) ", .down), (error.truncatedEnd(to: max(0, line.width - 4)), .text)],
        at: line.origin, clip: line)
    }
  }
}
