import Terminal
import Values

/// Looking through what a command wrote.
extension Console {
  mutating func findInOutput(backwards: Bool, at now: Instant) -> [Effect] {
    guard let lines = playbook.lines(world) else { return [] }
    let layout = playbook.layout(layout.stage, world, at: now)
    if !playbook.output.find(in: lines, backwards: backwards, height: max(1, layout.output.height)) {
      shell.say("No line holds \(playbook.output.search).", at: now, tone: .failed)
    }
    return []
  }

  /// Shows what an earlier or a later execution of the step's commands wrote.
  mutating func chooseOutput(by step: Int) -> [Effect] {
    let all = playbook.traces(world)
    guard let here = all.firstIndex(where: { $0.id == playbook.trace(world)?.id }) else { return [] }
    let place = min(max(0, here + step), all.count - 1)
    let search = playbook.output.search
    playbook.output = OutputView()
    playbook.output.search = search
    playbook.output.chosen = place == all.count - 1 ? nil : all[place].id
    return []
  }
}
