import Playbooks
import Terminal
import Values

/// One step's words and commands as lines to draw, and what is known of it.
struct StepText {
  let step: Step
  let view: StepView
  let state: StepState
  /// The command that `y` copies or `x` runs next.
  let next: Int?
  /// What was run of it, by command.
  var standing: [Int: CommandTrace] = [:]
  var values: [String: RunValue] = [:]
  var declared: Set<String> = []
  /// When it is due, and whether that is over.
  var due: (words: String, style: Style)?

  func rows(width: Int, hasTitle: Bool, at now: Instant) -> [Spans] {
    var text = BlockText(width: width)
    text.values = values
    text.declared = declared
    text.commands = view.commands.indices.map { index in (mark(index), isUnresolved(index) ? .due : .strong) }
    // What is no longer than its title is not said twice.
    let isTitle = step.marker != .block && step.text.plain.withoutStop == step.title.withoutStop
    if hasTitle {
      let title: Spans =
        isTitle && view.choice == nil
        ? text.styled(step.text).map { ($0.0, $0.1 == .text ? .strong : $0.1) } : [(view.title, .strong)]
      text.add([("\(view.number) ", .strong)] + title)
      text.append([])
    }
    if let choice = view.choice {
      text.add("If \(choice.condition): \(choice.action)", .text)
    } else if step.marker != .block, !step.text.isEmpty, !hasTitle || !isTitle {
      text.add(text.styled(step.text))
    }
    text.add(step.blocks)
    let notes = notes(at: now)
    if !notes.isEmpty { text.blank() }
    for note in notes { text.add([note.words], first: note.first) }
    return text.rows
  }

  /// How a command stands: succeeded, failed, running, next.
  private func mark(_ index: Int) -> (String, Style) {
    switch standing[index]?.state {
    case .passed: return (Sign.done.glyph, .up)
    case .failed: return (Sign.failed.glyph, .down)
    case .unknown: return (Sign.stale.glyph, .unknown)
    case .starting, .running, .ending, .saving: return (Sign.command.glyph, .info)
    case nil:
      let isNext = index == next && view.commands.count > 1
      return isNext ? (Sign.current.glyph, .strong) : (Sign.command.glyph, .key)
    }
  }

  private func isUnresolved(_ number: Int) -> Bool {
    guard view.commands.indices.contains(number) else { return false }
    if case .failure = view.commands[number].resolved { return true }
    return false
  }

  private struct Note {
    let first: Spans
    let words: (String, Style)
  }

  /// What the playbook, the run and the journal say of the step.
  private func notes(at now: Instant) -> [Note] {
    var notes = problems.map { Note(first: [("\(Sign.warn.glyph) ", .due)], words: ($0, .due)) }
    func tell(_ name: String, _ words: String, _ style: Style = .text) {
      notes.append(Note(first: [(name.paddedRight(to: 8), .dim)], words: (words, style)))
    }
    let settings = step.settings
    if let due, !state.isSettled { tell("due", due.words, due.style) }
    if let role = settings.role { tell("role", role) }
    if let until = settings.until { tell("until", "\(until.text); it ticks itself then") }
    if let undo = settings.undo { tell("undo", "\(undo); until then it stays in force") }
    if let who = view.assigned { tell("for", who) }
    if let mark = view.mark, mark.state != .todo {
      let means = mark.means == .check ? ", by a check" : ""
      let reason = mark.reason.map { ": \($0)" } ?? ""
      let word = StepMark(mark.state, isChoice: false).word
      tell("state", "\(word) by \(mark.by) at \(mark.at.minuteUTC)\(means)\(reason)", .dim)
    }
    for (index, trace) in standing.sorted(by: { $0.key < $1.key }) where !trace.isOpen {
      let which = view.commands.count > 1 ? "command \(index + 1): " : ""
      let told = trace.told(at: now).map(\.0).joined()
      notes.append(
        Note(
          first: [("ran     ", .dim)],
          words: (
            "\(which)\(told), \(trace.by) at \(trace.at.minuteUTC)", trace.state == .passed ? .dim : .text
          )))
      if trace.state == .unknown, let orphan = trace.orphan {
        notes.append(
          Note(
            first: [("\(Sign.warn.glyph) ", .due)],
            words: ("its process \(orphan.pid) is still alive, and nobody waits for it; C ends it", .due)))
      }
    }
    return notes
  }

  private var problems: [String] {
    var seen: [String] = []
    for command in view.commands {
      if case .failure(let why) = command.resolved, !seen.contains(why.description) {
        let asks = why.missing.isEmpty && why.undecided.isEmpty ? "" : " v gives it."
        seen.append(why.description + asks)
      }
    }
    for command in step.commands {
      if let flaw = command.flaw { seen.append("This command does not end: \(flaw).") }
    }
    return seen
  }
}

extension String {
  fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

/// Sign and word of what became of a step.
struct StepMark {
  let sign: Sign
  let word: String
  let style: Style

  init(_ state: StepState, isChoice: Bool, isCurrent: Bool = false) {
    switch state {
    case .done: (sign, word, style) = (.done, "done", .up)
    case .skipped: (sign, word, style) = (.skipped, "skipped", .warn)
    case .notApplicable: (sign, word, style) = (.notApplicable, "not applicable", .dim)
    case .failed: (sign, word, style) = (.failed, "failed", .down)
    case .unknown: (sign, word, style) = (.stale, "outcome unknown", .unknown)
    case .doing: (sign, word, style) = (.current, "begun", .strong)
    case .todo:
      (sign, word, style) = (
        isChoice ? .choice : isCurrent ? .current : .todo, "to do", isCurrent ? .strong : .text
      )
    }
  }
}
