import Playbooks
import Terminal
import Values

/// A command before it runs: what is shown here, byte for byte, is what runs.
struct CommandPreview: Sendable {
  let step: String
  /// What runs, one after the other while all goes well; more than one where all of a step's commands were asked for.
  let plans: [CommandPlan]
  let mode: CommandStarted.Mode
  /// Why it goes no further than the last of the plans.
  var stop: String?
  /// What is known of it from earlier, as a sentence.
  var earlier: String?
  /// Whether that has to be confirmed as well: nobody knows what the last one did.
  var isUncertain = false
  /// What was typed for the target's name.
  var typed = TextField()
  var isArmed = false
  var error: String?
  var top = 0

  init(step: String, plans: [CommandPlan], mode: CommandStarted.Mode) {
    self.step = step
    self.plans = plans
    self.mode = mode
  }

  var danger: String? { plans.lazy.compactMap(\.danger).first }
  var target: String { plans.first?.target ?? "" }

  var hints: [(String, String)] {
    return [("Enter", isArmed ? "run it again" : "run it"), ("Esc", "does nothing"), ("Tab", "next command")]
      + (danger == nil ? [("j k", "scroll")] : [("↑↓", "scroll")])
  }

  /// Whether the key was one of its own.
  mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .down: top += 1
    case .up: top = max(0, top - 1)
    case .pageDown: top += 10
    case .pageUp: top = max(0, top - 10)
    case .character("j") where danger == nil: top += 1
    case .character("k") where danger == nil: top = max(0, top - 1)
    default:
      guard danger != nil, typed.handle(key) else { return false }
      (error, isArmed) = (nil, false)
    }
    top = min(top, 10_000)
    return true
  }

  // MARK: - Drawing

  func draw(in frame: inout Frame, _ area: Rect, handle: String) {
    guard !area.isEmpty else { return }
    let rows = rows(width: max(8, area.width - 1), handle: handle)
    // What is to be pressed stands below what it runs, not at the end of the screen.
    let (body, rest) = area.splitTop(min(rows.count, max(0, area.height - 3)))
    let foot = rest.splitTop(3).top
    let first = min(top, max(0, rows.count - body.height))
    for (index, row) in rows.dropFirst(first).prefix(body.height).enumerated() {
      frame.put(row, at: body.line(index).origin, clip: body)
    }
    let below = rows.count - first - body.height
    if below > 0 {
      let text = " \(below) more \(below == 1 ? "line" : "lines") below: ↓ "
      let line = body.line(body.height - 1)
      frame.put(
        text, at: Point(x: max(line.x, line.right - text.displayWidth - 1), y: line.y),
        style: Style(.due, reverse: true), clip: line)
    }
    drawFoot(in: &frame, foot)
  }

  private func drawFoot(in frame: inout Frame, _ foot: Rect) {
    let line = foot.line(foot.height > 2 ? 1 : 0)
    if danger != nil {
      let label = "Type the target's name to run it: "
      let x = frame.put(label, at: line.origin, style: .due, clip: line)
      let name = target.displayWidth + 2
      typed.draw(
        in: &frame, Rect(x: x, y: line.y, width: min(max(name, 12), max(0, line.right - x)), height: 1),
        placeholder: "")
    } else {
      frame.put(
        [
          ("Enter", .key), (isArmed ? " runs it once more" : " runs it", .strong), ("   Esc", .key),
          (" does nothing", .dim),
        ],
        at: line.origin, clip: line)
    }
    if let error {
      let below = foot.line(foot.height > 2 ? 0 : 1)
      frame.put(
        [("\(Sign.failed.glyph) ", .down), (error.truncatedEnd(to: max(0, below.width - 3)), .text)],
        at: below.origin, clip: below)
    }
  }

  private func rows(width: Int, handle: String) -> [Spans] {
    var text = BlockText(width: width)
    guard let plan = plans.first else { return [] }
    let what = plans.count > 1 ? "Exactly these \(plans.count), one after the other," : "Exactly this"
    let stop = plans.count > 1 ? " It stops at the first that fails." : ""
    if let danger {
      text.add([
        ("\(Sign.warn.glyph) This changes \(target)", .overdue), (": it matches ", .text),
        ("\(danger).", .strong),
      ])
    }
    text.add("\(what) will run on \(target), in \(plan.directory), as \(handle).\(stop)", .text)
    for plan in plans {
      text.blank()
      if let title = plan.title { text.add("# \(title)", .dim, first: [("  ", .text)]) }
      for line in plan.text.shown.split(separator: "\n", omittingEmptySubsequences: false) {
        text.exact(String(line), .strong, first: [("  ", .text)])
      }
    }
    text.blank()
    for (name, words) in facts(plan) { text.add(words, .text, first: [(name.paddedRight(to: 13), .dim)]) }
    if let reason = self.stop {
      text.blank()
      text.add(reason, .due, first: [("\(Sign.warn.glyph) then ", .due)])
    }
    if let earlier {
      text.blank()
      text.add(
        earlier, isUncertain ? .due : .text, first: [(isUncertain ? "\(Sign.stale.glyph) " : "", .due)])
    }
    return text.rows
  }

  private func facts(_ plan: CommandPlan) -> [(String, String)] {
    var facts: [(String, String)] = []
    let names = plans.flatMap(\.environmentNames)
    let unique = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    facts.append(
      ("environment", unique.isEmpty ? "nothing besides midwatch's own" : unique.joined(separator: " ")))
    switch mode {
    case .terminal:
      facts.append(("terminal", "it has the terminal until it ends; nothing of its output is kept"))
    case .background: facts.append(("runs", "beside the other steps, until the run ends"))
    case .check:
      let every = plan.every.map { " every \($0.prometheus)" } ?? ""
      let length = plan.repeatsFor.map { ", for \($0.prometheus) at most" } ?? ""
      let until =
        plan.every == nil
        ? "once"
        : "\(every.dropFirst()) until it passes\(length); then its step is ticked"
      facts.append(("checks", "changes nothing, as the playbook says: \(until)"))
    case .once: facts.append(("runs", "once, to its end"))
    }
    if mode != .background, mode != .terminal {
      facts.append(("timeout", "\(plan.timeout.prometheus); then TERM, and KILL if that does not end it"))
    }
    if !plan.exits.isEmpty {
      let known = plan.exits.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      facts.append(("exits", known.joined(separator: ", ") + "; any other fails"))
    }
    if !plan.keepsOutput { facts.append(("output", "only its digest is kept")) }
    if plan.text.holdsSecret { facts.append(("secrets", "shown as \(Secret.mask), masked in the output")) }
    return facts
  }
}
