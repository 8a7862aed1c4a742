/// Steps that are done because all that stands below them is.
extension Run {
  /// What was said of it; a step of which nothing was said is done once all of its sub-steps are settled, unless it
  /// leaves something in force, which only its own tick says. O(steps).
  package func state(of step: String) -> StepState {
    if let mark = marks[step]?.state, mark != .todo { return mark }
    return isRolledUp(step, steps[...]) ? .done : .todo
  }

  private func isRolledUp(_ step: String, _ all: ArraySlice<RunStarted.Planned>) -> Bool {
    guard let place = all.firstIndex(where: { $0.step == step }), all[place].undo == nil else { return false }
    let below = all[all.index(after: place)...].prefix { $0.step.isBelow(step) }
    let direct = below.filter { $0.step.depth == step.depth + 1 }
    return !direct.isEmpty
      && direct.allSatisfy { child in
        let mark = marks[child.step]?.state ?? .todo
        return mark == .todo ? isRolledUp(child.step, below) : mark.isSettled
      }
  }

  /// What ``state(of:)`` says of every step, in one pass. O(steps × depth).
  package var states: [String: StepState] {
    var states: [String: StepState] = [:]
    var open: [(planned: RunStarted.Planned, settled: Int, of: Int)] = []
    func close(_ parent: (planned: RunStarted.Planned, settled: Int, of: Int)) {
      let step = parent.planned.step
      let mark = marks[step]?.state ?? .todo
      let isDone = mark == .todo && parent.of > 0 && parent.settled == parent.of && parent.planned.undo == nil
      states[step] = isDone ? .done : mark
      if let last = open.indices.last {
        open[last].of += 1
        if states[step]?.isSettled == true { open[last].settled += 1 }
      }
    }
    for planned in steps {
      while let last = open.last, !planned.step.isBelow(last.planned.step) {
        open.removeLast()
        close(last)
      }
      open.append((planned, 0, 0))
    }
    while let last = open.popLast() { close(last) }
    return states
  }

  /// Steps with nothing left to do on them, and all steps. O(steps).
  package var progress: (settled: Int, of: Int) {
    let states = states
    return (states.values.count(where: \.isSettled), states.count)
  }

  /// How many of a step's direct sub-steps have nothing left to do on them; `of` is 0 for a step without any.
  package func progress(below step: String) -> (settled: Int, of: Int) {
    let direct = steps.filter { $0.step.depth == step.depth + 1 && $0.step.isBelow(step) }
    return (direct.count { state(of: $0.step).isSettled }, direct.count)
  }
}

extension String {
  /// How many levels deep a step with that number stands.
  fileprivate var depth: Int { utf8.count { $0 == UInt8(ascii: ".") } }

  /// Whether it is the number of a sub-step, however deep, of the step with that number.
  fileprivate func isBelow(_ step: String) -> Bool {
    utf8.count > step.utf8.count + 1 && utf8.starts(with: step.utf8)
      && utf8.dropFirst(step.utf8.count).first == UInt8(ascii: ".")
  }
}
