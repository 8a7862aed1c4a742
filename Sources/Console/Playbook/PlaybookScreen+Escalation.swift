import Playbooks
import Systems
import Terminal
import Values

/// Whom to call when the playbook does not help, and when: counted from the run's start.
extension PlaybookScreen {
  func rungs(_ world: World) -> [PlaybookRung] {
    document.map { PlaybookRung.all(of: $0, world.guide(open?.system)?.contacts ?? []) } ?? []
  }

  /// The ladder whole, for where the text stands.
  func escalationRows(width: Int, hasTitle: Bool, _ world: World, at now: Instant) -> [Spans] {
    var text = BlockText(width: width)
    if hasTitle {
      text.add(Outline.escalationTitle, .strong)
      text.append([])
    }
    let run = run(world)
    let rungs = rungs(world)
    let lead = min(12, (rungs.map(\.name.displayWidth).max() ?? 0) + 2)
    for rung in rungs {
      let name = rung.name.truncatedEnd(to: lead - 1).paddedRight(to: lead)
      text.add([Self.time(of: rung, run, at: now)], first: [(name, .strong)])
      let told = [
        rung.whom, rung.contact?.then.map { "If nobody answers: \($0)" },
        rung.playbook.map { "Then go on with \($0)." },
      ].compactMap { $0 }
      let margin = String(repeating: " ", count: lead)
      for words in told { text.add(words, .text, first: [(margin, .text)]) }
      text.append([])
    }
    return text.rows
  }

  /// When a rung's time comes, or came.
  private static func time(of rung: PlaybookRung, _ run: Run?, at now: Instant) -> (String, Style) {
    guard let run, let begun = run.startedAt else {
      return (
        rung.after == .zero ? "when the run begins" : "\(rung.after.prometheus) after the run begins", .dim
      )
    }
    let due = begun + rung.after
    let left = due - (run.end?.at ?? now)
    guard run.isOpen else { return (left > .zero ? "not reached" : "from \(due.minuteUTC)", .dim) }
    if left > .zero { return ("in \(left.whole), at \(due.minuteUTC)", left < .minutes(1) ? .due : .text) }
    return rung.after == .zero
      ? ("since the run began, \(due.minuteUTC)", .text)
      : ("since \((now - due).whole), \(due.minuteUTC)", .overdue)
  }

  /// The rung whose time has come last, or comes within a minute: nobody has to open the ladder to learn of it.
  func escalationNotice(_ world: World, at now: Instant, width: Int) -> Spans? {
    guard let run = run(world), run.isOpen, let begun = run.startedAt else { return nil }
    let rungs = rungs(world).filter { $0.after > .zero }
    guard let rung = rungs.last(where: { begun + $0.after - now < .minutes(1) }) else { return nil }
    let left = begun + rung.after - now
    let when: (String, Style) =
      left > .zero ? (" in \(left.whole)", .due) : (" since \((Span.zero - left).whole)", .overdue)
    let style: Style = left > .zero ? .due : .overdue
    return [("\(Sign.warn.glyph) escalate to \(rung.name)", style), when, (": \(rung.words)", .text)]
      .fitted(to: width)
  }

  /// What stands beside the ladder in the list: the next rung.
  func escalationMark(_ world: World, at now: Instant) -> Spans {
    guard let run = run(world), run.isOpen, let begun = run.startedAt else { return [("text", .dim)] }
    guard let next = rungs(world).first(where: { begun + $0.after > now }) else { return [("text", .dim)] }
    let left = begun + next.after - now
    return [("\(next.name) in \(left.whole)", left < .minutes(1) ? .due : .dim)]
  }
}
