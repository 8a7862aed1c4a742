import Incidents
import Values

/// The report as CommonMark with GFM tables; every text of others in it is inert.
extension RunReport {
  package var markdown: String {
    var lines = ["# \(run.key) \(Inert.markdown(document.title))", ""]
    lines += facts + [""]
    lines += ["## Values", ""] + valuesTable + [""]
    lines += ["## Still in force", ""] + effects + [""]
    lines += ["## Steps", ""] + overview + [""]
    lines += steps
    if !run.leftBehind.isEmpty {
      lines += ["## Done on steps that the text has no more", ""] + leftBehind + [""]
    }
    if !evidence.isEmpty {
      lines += ["## Evidence", ""] + evidence.flatMap(evidenceLines)
    }
    lines += ["## Integrity", ""] + integrity
    return lines.joined(separator: "\n") + "\n"
  }

  private var facts: [String] {
    let started = run.started
    let playbook = (started?.playbook ?? document.name) + (started?.section.map { "#\($0)" } ?? "")
    let (settled, all) = run.progress
    var facts = ["- Playbook: \(Inert.markdown(playbook))"]
    if let system = started?.system { facts.append("- System: \(Inert.markdown(system))") }
    if let environment = started?.environment {
      facts.append("- Environment: \(Inert.markdown(environment))")
    }
    facts.append("- Incident: \(run.incident.map(Inert.markdown) ?? "none")")
    if let at = run.startedAt {
      facts.append("- Begun: \(at.dateClockUTC) by \(Inert.markdown(run.startedBy ?? "somebody"))")
    }
    if let end = run.end {
      let how = end.outcome == .completed ? "every step settled" : "stopped with steps left"
      let took = run.startedAt.map { ", after \((end.at - $0).short)" } ?? ""
      facts.append("- Ended: \(end.at.dateClockUTC) by \(Inert.markdown(end.by)), \(how)\(took)")
    } else {
      facts.append("- Ended: not yet")
    }
    facts.append("- Steps settled: \(settled) of \(all)")
    facts.append("- Text: SHA-256 \(Inert.markdown(run.snapshot ?? "unknown"))")
    return facts
  }

  private var valuesTable: [String] {
    guard !run.values.isEmpty else { return ["None."] }
    let rows = run.values.sorted { $0.key < $1.key }.map { name, value in
      [
        Inert.markdown(name),
        value.isSecret ? "\(Secret.mask) (secret)" : Inert.markdown(value.value ?? ""),
      ]
    }
    return table(["Name", "Value"], rows)
  }

  private var effects: [String] {
    guard !run.effects.isEmpty else { return ["Nothing."] }
    return run.effects.map { effect in
      "- \(Inert.markdown(effect.what)), since \(effect.at.dateClockUTC) by \(Inert.markdown(effect.by)); "
        + "to take it back: \(Inert.markdown(effect.undo))"
    }
  }

  private var overview: [String] {
    let rows = run.steps.map { planned -> [String] in
      let mark = run.marks[planned.step]
      return [
        Inert.markdown(planned.step), Inert.markdown(planned.title), run.state(of: planned.step).words,
        mark?.at.dateClockUTC ?? "", mark.map { Inert.markdown($0.by) } ?? "",
        [
          mark.flatMap { words(for: $0) }, run.overdueTold[planned.step].map { "was due \($0.dateClockUTC)" },
        ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; "),
      ]
    }
    return table(["Step", "", "State", "UTC", "By", "Why"], rows)
  }

  private func words(for mark: Run.Mark) -> String? {
    let parts = [mark.means == .check ? "by its check" : nil, mark.reason.map(Inert.markdown)]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }

  /// Those on which commands ran.
  private var steps: [String] {
    let left = Set(run.steps.map(\.step))
    let parts = run.steps.map { ($0.step, $0.title, run.executions(of: $0.step)) }
    let gone = run.executions.filter { $0.step.map { !left.contains($0) } ?? true }
    var lines = parts.filter { !$0.2.isEmpty }.flatMap { step, title, executions in
      ["### \(Inert.markdown(step)) \(Inert.markdown(title))", ""] + executions.flatMap(executed)
    }
    if !gone.isEmpty {
      lines += ["### Steps that the text has no more", ""] + gone.flatMap(executed)
    }
    return lines
  }

  private func executed(_ execution: Run.Execution) -> [String] {
    let started = execution.started
    var lines = OutputExcerpt.fenced(started.command, as: "sh") + [""]
    var facts = ["\(execution.at.dateClockUTC) by \(Inert.markdown(execution.by))"]
    facts.append("in \(Inert.markdown(started.cwd))")
    if let target = started.target { facts.append("on \(Inert.markdown(target))") }
    if started.mode != .once { facts.append(words(for: started.mode)) }
    if !started.environmentNames.isEmpty {
      facts.append(
        "with \(Inert.markdown(started.environmentNames.joined(separator: ", "))) in its environment")
    }
    lines.append("- \(facts.joined(separator: ", "))")
    lines.append("- SHA-256 of the command: \(Inert.markdown(started.digest))")
    switch execution.end {
    case nil: lines += ["- Not ended", ""]
    case .unknown(let why, let at)?:
      lines += ["- Outcome unknown, noticed \(at.dateClockUTC): \(Inert.markdown(why))", ""]
    case .finished(let fact, _)?: lines += ended(fact)
    }
    return lines
  }

  private func words(for mode: CommandStarted.Mode) -> String {
    switch mode {
    case .once: "once"
    case .check: "as a check, which changes nothing"
    case .background: "in the background"
    case .terminal: "with the terminal in its hands"
    }
  }

  private func ended(_ fact: CommandFinished) -> [String] {
    let how =
      fact.exit.map { "exit \($0)" } ?? fact.signal.map { "ended by \(Inert.markdown($0))" } ?? "no process"
    let cause =
      switch fact.cause {
      case .cancelled: ", cancelled"
      case .timeout: ", out of time"
      case .closed: ", ended with its console or its run"
      case .unable: ", could not be run"
      case nil: ""
      }
    let meaning = fact.meaning.map { " (\(Inert.markdown($0)))" } ?? ""
    let reason = fact.reason.map { ": \(Inert.markdown($0))" } ?? ""
    let tries = fact.tries.map { $0 > 1 ? ", \($0) tries" : "" } ?? ""
    var lines = [
      "- \(fact.succeeded ? "Succeeded" : "Failed"): \(how)\(meaning)\(cause)\(reason), "
        + "in \(Span.milliseconds(fact.tookMs).short)\(tries), \(fact.lines) \(fact.lines == 1 ? "line" : "lines")"
    ]
    if let digest = fact.digest { lines.append("- SHA-256 of all it wrote: \(Inert.markdown(digest))") }
    guard let kept = fact.output else { return lines + ["- Its output was not kept", ""] }
    guard let text = outputs[kept.sha256] else {
      return lines + [
        "- Its output is not in the journal any more: SHA-256 \(Inert.markdown(kept.sha256))", "",
      ]
    }
    if text.isEmpty { return lines + ["- It wrote nothing", ""] }
    return lines + [""] + OutputExcerpt.fenced(OutputExcerpt.of(text), as: "text") + [""]
  }

  private var leftBehind: [String] {
    run.leftBehind.map { left in
      let why = words(for: left.mark).map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      return
        "- \(Inert.markdown(left.step.step)) \(Inert.markdown(left.step.title)): \(left.mark.state.words) "
        + "\(left.mark.at.dateClockUTC) by \(Inert.markdown(left.mark.by))\(why)"
    }
  }

  private func evidenceLines(_ one: AttachedEvidence) -> [String] {
    ["### \(one.name) \(Inert.markdown(one.fact.what))", ""]
      + OutputExcerpt.fenced(one.fact.from.text, as: "sh")
      + [""] + one.markdown + [""]
  }

  private var integrity: [String] {
    [
      stamp.sentence(at: made, inert: Inert.markdown), RecordStamp.hint,
    ]
  }

  private func table(_ headings: [String], _ rows: [[String]]) -> [String] {
    ([headings, headings.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}
