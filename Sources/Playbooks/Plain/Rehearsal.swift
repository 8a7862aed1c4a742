import Values

/// What a run would run: every command of a document as it would be, with nothing run and nothing written down.
package struct Rehearsal: Sendable {
  /// Inert.
  package let lines: [String]
  /// How many commands there are, and how many could not run as things stand.
  package let commands: Int
  package let blocked: Int

  /// - Parameters:
  ///   - anchor: limits it to a section and those below it.
  ///   - first: the step to begin with.
  package init(
    _ document: PlaybookDocument, section anchor: String?, from first: String? = nil,
    in run: Run? = nil, _ setting: CommandPlan.Setting
  ) {
    var lines: [String] = []
    var commands = 0
    var blocked = 0
    let all = document.steps(under: anchor)
    let start = first.flatMap { first in all.firstIndex { $0.number == first } } ?? all.startIndex
    for step in all[start...] {
      lines.append(Inert.terminal("\(step.number)  \(step.title)"))
      for index in step.commands.indices {
        let isRunnable = step.runnable.contains(index)
        if isRunnable { commands += 1 }
        switch CommandPlan.make(step, index, of: document, in: run, setting) {
        case .success(let plan): lines += PlainRun.told(plan).map { "    " + $0 }
        case .failure(let objection):
          if isRunnable { blocked += 1 }
          let preview = Resolution.preview(
            step.commands[index].text, values: setting.values, declared: setting.declared)
          lines += PlaybookText.prompted(preview).map { "    " + $0 }
          lines.append("    " + Inert.terminal(objection.sentence))
        }
      }
      if step.commands.isEmpty { lines.append("    (by hand)") }
    }
    self.lines = lines
    self.commands = commands
    self.blocked = blocked
  }
}
