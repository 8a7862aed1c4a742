import Incidents
import Metrics
import Probes
import Values

/// Polling: which endpoints are due, and what an observation changes.
extension WatchedSystem {
  /// Requests for every endpoint whose turn has come.
  mutating func poll(at moment: Moment) -> [WatchEffect] {
    let now = moment.wall
    var effects: [WatchEffect] = []
    if let until = suspension?.until, until <= moment.uptime { effects += resume(at: moment) }
    var silent: [EndpointChanged] = []
    var stale: [Int] = []
    while let next = agenda.first, next.due <= moment.uptime {
      let index = next.item
      if let until = endpoints[index].withheld.until, until <= moment.uptime {
        effects += judgeWithheld(of: index, at: moment)
      }
      if suspension != nil { endpoints[index].listen(at: now) }
      if let change = endpoints[index].advance(to: now), !endpoints[index].isCheck {
        silent.append(fact(change, of: endpoints[index].endpoint))
        stale.append(index)
      }
      let isTurn = endpoints[index].takeTurn(at: moment.uptime)
      // By a clock that was corrected a little, patience may not quite be over: no deadline is met twice.
      let deadline = endpoints[index].deadline(at: moment)
      agenda.set(index, to: deadline.map { max($0, moment.uptime + .milliseconds(1)) })
      if isTurn, let poll = endpoints[index].poll { effects.append(.poll(poll)) }
    }
    if !silent.isEmpty {
      touch()
      effects.append(.record(RecordTransitions(endpoints: silent, at: now)))
      for index in stale { effects += reconsider(dependencies.descendants(of: index), at: moment) }
    }
    return effects
  }

  mutating func probeNow(_ name: String, at now: Moment) -> [WatchEffect] {
    place(of: name).map { pollNow($0, at: now) } ?? []
  }

  /// Out of turn; nothing where it is under way already.
  mutating func pollNow(_ index: Int, at now: Moment) -> [WatchEffect] {
    guard let poll = endpoints[index].poll, endpoints[index].takeTurnNow() else { return [] }
    agenda.set(index, to: endpoints[index].deadline(at: now))
    return [.poll(poll)]
  }

  mutating func observe(_ observation: Observation, at moment: Moment) -> [WatchEffect] {
    // An endpoint that was edited away meanwhile has nothing more to say.
    guard let index = place(of: observation.endpoint) else { return [] }
    defer { agenda.set(index, to: endpoints[index].deadline(at: moment)) }
    guard endpoints[index].accepts(at: moment.uptime) else { return [] }
    answers += 1
    touch(isUrgent: false)
    if endpoints[index].isTooEarlyToTell() { return pollNow(index, at: moment) }
    if endpoints[index].isCheck { return check(observation, of: index, at: moment) }
    var effects: [WatchEffect] = []
    if let suspension {
      guard suspension.cause == .sleep, observation.isSuccess else {
        suspend(observation, of: index, at: moment)
        return []
      }
      effects = resume(at: moment)
    }
    if observation.verdict == .failure, isToBeExplained(observation, of: index) {
      return effects + withhold(observation, of: index, at: moment)
    }
    effects += judgeWithheld(of: index, at: moment)
    return effects + judge(observation, of: index, at: moment)
  }

  /// What an answer says of its endpoint, and of those that depend on it.
  mutating func judge(_ observation: Observation, of index: Int, at moment: Moment) -> [WatchEffect] {
    if endpoints[index].isAwaited { settling?.waiting -= 1 }
    keepSamples(of: observation, from: index)
    // The samples are where they belong: the last observation is kept without them.
    var rest = observation
    rest.samples = []
    rest.page = nil
    let change = endpoints[index].observe(rest, at: moment, blockedBy: cause(of: index))
    var effects: [WatchEffect] = []
    if let change {
      touch()
      let changed = fact(change, of: endpoints[index].endpoint)
      effects.append(.record(RecordTransitions(endpoints: [changed], at: observation.at)))
    }
    return effects + reconsider(dependencies.descendants(of: index), at: moment)
  }

  mutating func keepSamples(of observation: Observation, from index: Int) {
    if restoring == nil {
      endpoints[index].take(observation, in: &store)
    } else {
      restoring?.observations.append(observation)
    }
  }

  func fact(_ change: EndpointTransition, of endpoint: Endpoint) -> EndpointChanged {
    EndpointChanged(
      system: folder.name, environment: endpoint.environment, endpoint: endpoint.name,
      from: change.from.rawValue,
      to: change.to.rawValue, reason: change.reason, code: change.code,
      tookMs: change.took.map { Int(clamping: $0.milliseconds) }, blockedBy: change.blockedBy)
  }
}
