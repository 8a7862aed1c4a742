import Incidents
import Values

/// Going from step to step.
extension PlainRun {
  var current: Step? { step.flatMap { script.steps[$0] } }

  /// Settles what is made of parts that are settled; else goes to the next step on which something is left to do.
  mutating func advance(after number: String?) -> [Effect] {
    if let number, let act = rollUp(around: number) {
      next = .advance
      return [.act(act)]
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

  private func isLeft(_ number: String) -> Bool {
    !run.state(of: number).isSettled && !script.isMadeOfParts(number) && run.order.contains(number)
  }

  /// What settles a step whose parts are all settled: done when one of them was done. Tried once for each.
  private mutating func rollUp(around number: String) -> (any Act)? {
    for whole in script.wholes(around: number) where script.isMadeOfParts(whole) {
      let states = script.parts(of: whole).map { run.state(of: $0) }
      guard !run.state(of: whole).isSettled, run.order.contains(whole), states.allSatisfy(\.isSettled),
        rolledUp.insert(whole).inserted
      else { continue }
      return states.contains(.done)
        ? TickStep(run: run.key, step: whole)
        : MarkStep(run: run.key, step: whole, as: .notApplicable, reason: "none of its parts was done")
    }
    return nil
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
