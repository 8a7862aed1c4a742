import Values

/// Going from step to step.
extension PlainRun {
  var current: Step? { step.flatMap { script.steps[$0] } }

  /// Goes to what is made of parts that are settled, where that has to be ticked by itself; else to the next step on
  /// which something is left to do.
  mutating func advance(after number: String?) -> [Effect] {
    if let whole = number.flatMap({ script.wholes(around: $0).first(where: isLeft) }) {
      return present(whole)
    }
    let place = number.flatMap { script.order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    guard let following = script.order[place...].first(where: isLeft) else { return askEnd() }
    return present(following)
  }

  /// As ``advance(after:)``, that step itself included.
  mutating func advance(from number: String?) -> [Effect] {
    let place = number.flatMap { script.order.firstIndex(of: $0) } ?? 0
    guard let following = script.order[place...].first(where: isLeft) ?? script.order.first(where: isLeft)
    else {
      return advance(after: script.order.last)
    }
    return present(following)
  }

  /// A step of parts is done with them, but for one that leaves something in force, which only its own tick says.
  private func isLeft(_ number: String) -> Bool {
    guard !run.state(of: number).isSettled, run.order.contains(number) else { return false }
    return !script.isMadeOfParts(number)
      || script.parts(of: number).allSatisfy { run.state(of: $0).isSettled }
  }

  mutating func present(_ number: String) -> [Effect] {
    step = number
    guard let current else { return askEnd() }
    index = firstCommand(of: current)
    var place = shown
    var lines = script.text(before: number, from: &place)
    shown = place
    let text = PlaybookText(values: values, declared: declared)
    for whole in script.wholes(around: number).reversed() where script.parts(of: whole).first == number {
      if let step = script.steps[whole] { lines += text.lines(of: step, withSubsteps: false) }
    }
    lines += text.lines(of: current, withSubsteps: false)
    lines += history(of: current) + [""]
    return [.print(lines)] + offer()
  }

  mutating func askEnd() -> [Effect] {
    step = nil
    question = .end
    return [.print([""] + standing), ask(.end)]
  }
}
