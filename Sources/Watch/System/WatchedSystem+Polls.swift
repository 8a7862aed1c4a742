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
    var silent: [EndpointChanged] = []
    while let next = agenda.first, next.due <= moment.uptime {
      let index = next.item
      if let change = endpoints[index].advance(to: now) {
        silent.append(fact(change, of: endpoints[index].endpoint))
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
    }
    return effects
  }

  mutating func probeNow(_ name: String, at now: Moment) -> [WatchEffect] {
    guard let index = place(of: name), let poll = endpoints[index].poll, endpoints[index].takeTurnNow() else {
      return []
    }
    agenda.set(index, to: endpoints[index].deadline(at: now))
    return [.poll(poll)]
  }

  mutating func observe(_ observation: Observation, at moment: Moment) -> [WatchEffect] {
    // An endpoint that was edited away meanwhile has nothing more to say.
    guard let index = place(of: observation.endpoint) else { return [] }
    let now = moment.wall
    defer { agenda.set(index, to: endpoints[index].deadline(at: moment)) }
    guard endpoints[index].accepts(at: moment.uptime) else { return [] }
    answers += 1
    if endpoints[index].isAwaited { settling?.waiting -= 1 }
    touch(isUrgent: false)
    if restoring == nil {
      endpoints[index].take(observation, in: &store)
    } else {
      restoring?.observations.append(observation)
    }
    // The samples are where they belong: the last observation is kept without them.
    var rest = observation
    rest.samples = []
    rest.page = nil
    guard let change = endpoints[index].observe(rest, at: now) else { return [] }
    touch()
    let changed = fact(change, of: endpoints[index].endpoint)
    return [.record(RecordTransitions(endpoints: [changed], at: observation.at))]
  }

  func fact(_ change: EndpointTransition, of endpoint: Endpoint) -> EndpointChanged {
    EndpointChanged(
      system: folder.name, environment: endpoint.environment, endpoint: endpoint.name,
      from: change.from.rawValue,
      to: change.to.rawValue, reason: change.reason, code: change.code,
      tookMs: change.took.map { Int(clamping: $0.milliseconds) })
  }
}
