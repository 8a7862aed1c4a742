import Playbooks
import Values

/// What was done by playbooks: steps, commands, how they ended and what they wrote.
extension IncidentReport {
  var runBlocks: [RetroBlock] {
    runs.map { run in
      let title = run.started.map { "\(run.key) \($0.title)" } ?? run.key
      return .group(
        title: title,
        Self.facts(runFacts(run))
          + Self.table("Steps of \(run.key)", ["Step", "Title", "State", "UTC", "By", "Why"], stepRows(run))
          + run.executions.flatMap(executed))
    }
  }

  private func runFacts(_ run: Run) -> [(String, String?)] {
    let started = run.started
    let (settled, all) = run.progress
    let values = run.values.sorted { $0.key < $1.key }.map { name, value in
      "\(name)=\(value.isSecret ? Secret.mask : value.value ?? "")"
    }
    let ended = run.end.map { end in
      let how = end.outcome == .completed ? "every step settled" : "stopped with steps left"
      return "\(end.at.dateClockUTC) by \(end.by), \(how)"
    }
    return [
      ("Playbook", started.map { $0.playbook + ($0.section.map { "#\($0)" } ?? "") }),
      ("Environment", started?.environment),
      ("Begun", run.startedAt.map { "\($0.dateClockUTC) by \(run.startedBy ?? "somebody")" }),
      ("Ended", ended ?? "not yet"), ("Steps settled", "\(settled) of \(all)"),
      ("Values", values.isEmpty ? nil : values.joined(separator: ", ")),
      ("Text", run.snapshot.map { "SHA-256 \($0)" }),
    ]
  }

  private func stepRows(_ run: Run) -> [[RetroTable.Cell]] {
    run.steps.map { planned in
      let mark = run.marks[planned.step]
      let why = [mark?.means == .check ? "by its check" : nil, mark?.reason].compactMap { $0 }
      return [
        .init(planned.step), .init(planned.title), .init(run.state(of: planned.step).words),
        .init(mark?.at.dateClockUTC ?? ""), .init(mark?.by ?? ""), .init(why.joined(separator: "; ")),
      ]
    }
  }

  private func executed(_ execution: Run.Execution) -> [RetroBlock] {
    let started = execution.started
    let step = execution.step.map { "step \($0)" } ?? "a step that the text has no more"
    let place = started.target.map { " on \($0)" } ?? ""
    var facts: [(String, String?)] = [
      ("Ran", "\(execution.at.dateClockUTC) by \(execution.by), \(step), in \(started.cwd)\(place)")
    ]
    var output: [RetroBlock] = []
    switch execution.end {
    case nil: facts.append(("Ended", "not yet"))
    case .unknown(let why, let at)?:
      facts.append(("Outcome unknown", "\(why), noticed \(at.dateClockUTC)"))
    case .finished(let fact, _)?:
      facts.append((fact.succeeded ? "Succeeded" : "Failed", how(fact)))
      if let digest = fact.digest { facts.append(("SHA-256 of all it wrote", digest)) }
      output = kept(fact)
    }
    return [.verbatim(started.command, language: "sh")] + Self.facts(facts) + output
  }

  private func how(_ fact: CommandFinished) -> String {
    let reason = fact.cause == .unable ? "" : fact.reason.map { ": \($0)" } ?? ""
    let tries = fact.tries.map { $0 > 1 ? ", \($0) tries" : "" } ?? ""
    return "\(Timeline.end(fact))\(reason), in \(fact.took.short)\(tries), "
      + "\(fact.lines) \(fact.lines == 1 ? "line" : "lines")"
  }

  private func kept(_ fact: CommandFinished) -> [RetroBlock] {
    guard let output = fact.output else { return [] }
    guard let text = texts[output.sha256] else {
      return [.paragraph("Its output is not in the journal any more.")]
    }
    return text.isEmpty ? [] : [.verbatim(OutputExcerpt.of(text), language: "text")]
  }
}
