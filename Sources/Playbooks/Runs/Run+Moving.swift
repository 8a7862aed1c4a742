/// Going over to an edited text: everything known of a step goes under its number there.
extension Run {
  /// A step that the text does not have any more, and what had become of it.
  package struct LeftBehind: Codable, Equatable, Sendable {
    package let step: RunStarted.Planned
    package let mark: Mark
  }

  mutating func move(_ fact: RunMoved) {
    let lost = Set(fact.lost)
    let renumbered = fact.renumbered ?? [:]
    func number(_ step: String) -> String? { lost.contains(step) ? nil : renumbered[step] ?? step }
    func moved<Value>(_ values: [String: Value]) -> [String: Value] {
      var result: [String: Value] = [:]
      for (step, value) in values {
        if let step = number(step) { result[step] = value }
      }
      return result
    }
    for step in steps where lost.contains(step.step) {
      if let mark = marks[step.step], mark.state != .todo {
        leftBehind.append(LeftBehind(step: step, mark: mark))
      }
    }
    snapshot = fact.snapshot.sha256
    steps = fact.steps ?? steps
    marks = moved(marks)
    assigned = moved(assigned)
    overdueTold = moved(overdueTold)
    last = last.flatMap(number)
    for index in executions.indices { executions[index].step = executions[index].step.flatMap(number) }
    move(&effects, number)
  }

  /// What a lost step left in force stays in force, under a number that no step has: `1.2*`.
  private func move(_ effects: inout [Effect], _ number: (String) -> String?) {
    // Those of steps lost before have such numbers already.
    var names = Set(effects.compactMap { number($0.step) })
    effects = effects.map { effect in
      if let step = number(effect.step) { return effect.renamed(step) }
      var name = effect.step + "*"
      while !names.insert(name).inserted { name += "*" }
      return effect.renamed(name)
    }
  }
}

extension Run.Effect {
  fileprivate func renamed(_ step: String) -> Self {
    Self(step: step, what: what, undo: undo, by: by, at: at)
  }
}
