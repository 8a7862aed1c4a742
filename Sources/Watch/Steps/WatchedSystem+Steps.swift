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
      if let asked = askRemotely(index, at: now) {
        effects += asked
      } else {
        effects += settle(index, holds(index, at: now))
      }
    }
    return effects
  }

  /// What follows from knowing whether it holds; nil when nobody can say.
  private mutating func settle(_ index: Int, _ holds: Bool?) -> [WatchEffect] {
    guard let holds else { return [] }
    guard holds else {
      steps.entries[index].waitsForEnd = false
      return []
    }
    let entry = steps.entries[index]
    guard !entry.waitsForEnd, !entry.isTicked else { return [] }
    steps.entries[index].isTicked = true
    let check = TickStep.Check(until: entry.step.until.text, marked: entry.step.marked)
    return [.tick(TickStep(run: entry.step.run, step: entry.step.step, means: .check, check: check))]
  }

  // MARK: A remote engine

  /// Asks the remote engine for what a step waits for; nil where that is to be known here.
  ///
  /// Series that are here decide here; a query without any is about what the server has.
  private mutating func askRemotely(_ index: Int, at now: Moment) -> [WatchEffect]? {
    guard let link = remotes.prometheus, let query = steps.entries[index].query else { return nil }
    let uses = query.expr.selectors
    guard !uses.isEmpty, uses.allSatisfy({ store.select($0.selector.matchers).isEmpty }) else { return nil }
    let entry = steps.entries[index]
    guard !entry.isTicked, !entry.isAsked else { return [] }
    steps.entries[index].isAsked = true
    let question = (expression: entry.step.until.text, evidence: query.expr.presence())
    let outputs = remotes.prometheus?.ask(
      group: entry.key, [question], at: now.wall, dataAt: now.wall, now: now)
    return take(outputs ?? [], from: .prometheus, link.source, link.server, at: now)
  }

  /// The answer of the remote engine about a step; nil when no step asked that.
  mutating func takeStep(_ key: String, _ answers: [RuleAnswer]) -> [WatchEffect]? {
    guard let index = steps.entries.firstIndex(where: { $0.isAsked && $0.key == key }) else { return nil }
    steps.entries[index].isAsked = false
    guard suspension == nil, let answer = answers.first, let expr = steps.entries[index].query?.expr else {
      return []
    }
    return settle(index, Self.holds(answer, of: expr))
  }

  private static func holds(_ answer: RuleAnswer, of expr: Expr) -> Bool? {
    guard case .success(let elements) = answer.elements else { return nil }
    if expr.valueType == .scalar {
      return elements.first.flatMap { $0.value.isNaN ? nil : $0.value != 0 }
    }
    guard elements.isEmpty else { return true }
    return answer.missing(of: expr).isEmpty ? false : nil
  }

  // MARK: What is here

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
