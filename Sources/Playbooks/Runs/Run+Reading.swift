import Values

/// Reading off a run what a screen or a decision asks.
extension Run {
  /// Numbers of its steps, in order.
  package var order: [String] { steps.map(\.step) }

  /// Where to go on: the step being done, the one touched last before others; else the first unsettled one after the
  /// step touched last, else the first unsettled one. Nil when none is left.
  package var current: String? { current(in: states) }

  /// As ``current``, for whoever has ``states`` in hand.
  package func current(in states: [String: StepState]) -> String? {
    let order = order
    // What runs beside the other steps is not waited for.
    let beside = Set(openExecutions.filter { $0.started.mode == .background }.compactMap(\.step))
    func isLeft(_ step: String) -> Bool { !(states[step]?.isSettled ?? false) }
    func isNext(_ step: String) -> Bool { isLeft(step) && !beside.contains(step) }
    if let last, states[last] == .doing, isNext(last) { return last }
    if let doing = order.first(where: { states[$0] == .doing && isNext($0) }) { return doing }
    let from = last.flatMap { order.firstIndex(of: $0) } ?? order.startIndex
    return order[from...].first(where: isNext) ?? order.first(where: isNext) ?? order.first(where: isLeft)
  }

  /// When a step is due; nil when it has no time.
  package func due(of step: String) -> Instant? { steps.first { $0.step == step }.flatMap(due) }

  package func due(of planned: RunStarted.Planned) -> Instant? {
    guard let startedAt, let dueMs = planned.dueMs else { return nil }
    return startedAt + .milliseconds(dueMs)
  }

  /// Steps whose time has come and that are not settled, the one longest due first.
  package func overdue(at now: Instant) -> [RunStarted.Planned] {
    guard let startedAt, isOpen else { return [] }
    let late = steps.filter { step in
      step.dueMs.map { startedAt + .milliseconds($0) <= now } ?? false && !state(of: step.step).isSettled
    }
    return late.enumerated().sorted {
      ($0.element.dueMs ?? 0, $0.offset) < ($1.element.dueMs ?? 0, $1.offset)
    }
    .map(\.element)
  }

  /// Values for the placeholders: what the run has, `secrets` for those it may not keep.
  package func runValues(secrets: [String: Secret] = [:]) -> [String: RunValue] {
    var result: [String: RunValue] = [:]
    for (name, value) in values {
      if value.isSecret {
        result[name] = secrets[name].map { .secret($0) }
      } else {
        result[name] = value.value.map { .plain($0) }
      }
    }
    return result
  }

  /// `ticked by ops2 at 03:06Z`: what became of a step, for a refusal.
  func told(_ mark: Mark) -> String {
    let what =
      switch mark.state {
      case .done: "ticked"
      case .skipped: "skipped"
      case .failed: "marked as failed"
      case .notApplicable: "marked as not applicable"
      case .doing: "begun"
      case .todo: "taken back"
      case .unknown: "left with unknown outcome"
      }
    return "\(what) by \(mark.by) at \(mark.at.minuteUTC)"
  }
}
