import Alerting
import Incidents
import Metrics
import Playbooks
import PromQL
import Values

/// Steps that tick themselves.
extension WatchedSystem {
  /// Ticks what waits for something that holds now; looked at after each evaluation, and at the system's own rate.
  ///
  /// A step is ticked once. Nothing is while nobody can say whether it holds: no data is not good news.
  mutating func tickSteps(at now: Moment) -> [WatchEffect] {
    guard restoring == nil, suspension == nil, settling == nil,
      steps.takeTurn(at: now, every: folder.every)
    else { return [] }
    var effects: [WatchEffect] = []
    for index in steps.entries.indices {
      guard let holds = holds(index, at: now) else { continue }
      if !holds {
        steps.entries[index].waitsForEnd = false
      } else if !steps.entries[index].waitsForEnd, !steps.entries[index].isTicked {
        steps.entries[index].isTicked = true
        let step = steps.entries[index].step
        let check = TickStep.Check(until: step.until.text, marked: step.marked)
        effects.append(.tick(TickStep(run: step.run, step: step.step, means: .check, check: check)))
      }
    }
    return effects
  }

  /// Nil when nobody can say.
  private mutating func holds(_ index: Int, at now: Moment) -> Bool? {
    switch steps.entries[index].step.until {
    case .alert(let name, let isFiring):
      state(ofAlert: name, at: now.wall).map { $0 == (isFiring ? .firing : .inactive) }
    case .endpoint(let name, let isUp): isEndpointUp(name).map { $0 == isUp }
    case .query: returnsSomething(index, at: now.wall)
    }
  }

  /// The loudest state of all alerts of that name; nil when there is no such rule, when it was not evaluated, or when
  /// what it needs is not there.
  private func state(ofAlert name: String, at now: Instant) -> AlertState? {
    var states: [AlertState?] = []
    for watched in groups where watched.group.hasAlert(named: name) {
      states += self.states(ofAlert: name, in: watched, at: now)
    }
    for (reported, isHeard) in remotes.reports {
      states += reported.all.filter { $0.alert.name == name }.map {
        isHeard && $0.isConfirmed ? $0.alert.state : nil
      }
    }
    if states.contains(.firing) { return .firing }
    guard !states.isEmpty, !states.contains(nil) else { return nil }
    return states.contains(.pending) ? .pending : .inactive
  }

  private func states(
    ofAlert name: String, in watched: WatchedGroup, at now: Instant
  ) -> [AlertState?] {
    let group = watched.group
    let isElsewhere = remotes.evaluates && isRemote(group.definition)
    guard group.evaluatedAt != nil, !watched.failures.contains(where: { $0.rule == name }),
      !isElsewhere || remotes.prometheus?.isHeard == true
    else { return [nil] }
    // One that ended because its series ended did not recover.
    var states = (group.instances + group.resolved).filter { $0.rule == name }.map {
      $0.hasNoData ? nil : $0.state
    }
    for rule in group.definition.rules where rule.isAlerting && rule.name == name {
      let isBlind =
        !isElsewhere && !rule.expr.missingSelectors(for: .empty, at: now.milliseconds, in: store).isEmpty
      states.append(isBlind ? nil : .inactive)
    }
    return states
  }

  private func isEndpointUp(_ name: String) -> Bool? {
    guard let place = place(of: name), endpoints[place].heldBack == nil else { return nil }
    switch endpoints[place].monitor.state {
    case .up: return true
    case .down: return false
    default: return nil
    }
  }

  private mutating func returnsSomething(_ index: Int, at now: Instant) -> Bool? {
    guard var query = steps.entries[index].query else { return nil }
    defer { steps.entries[index].query = query }
    guard let value = try? query.instant(at: now.milliseconds, in: store) else { return nil }
    switch value {
    case .vector(let elements) where !elements.isEmpty: return true
    case .matrix(let series) where series.contains(where: { !$0.points.isEmpty }): return true
    case .scalar(let number): return number.isNaN ? nil : number != 0
    case .string: return nil
    case .vector, .matrix:
      // Nothing is found where nothing is, too.
      let missing = query.expr.missingSelectors(for: .empty, at: now.milliseconds, in: store)
      return missing.isEmpty ? false : nil
    }
  }
}
