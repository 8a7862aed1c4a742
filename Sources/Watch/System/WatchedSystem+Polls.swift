import Incidents
import Metrics
import Probes
import Values

/// Polling: which endpoints are due, and what an observation changes.
extension WatchedSystem {
  /// Requests for every endpoint whose turn has come.
  mutating func poll(at now: Instant) -> [WatchEffect] {
    var effects: [WatchEffect] = []
    var silent: [EndpointChanged] = []
    for index in endpoints.indices {
      if let change = endpoints[index].advance(to: now) {
        silent.append(fact(change, of: endpoints[index].endpoint))
      }
      guard endpoints[index].takeTurn(at: now) else { continue }
      effects.append(.poll(system: folder.name, endpoints[index].endpoint, endpoints[index].endpoint.plan()))
    }
    if !silent.isEmpty {
      touch()
      effects.append(.record(RecordTransitions(endpoints: silent, at: now)))
    }
    return effects
  }

  mutating func probeNow(_ name: String, at now: Instant) -> [WatchEffect] {
    guard let index = endpoints.firstIndex(where: { $0.endpoint.name == name }),
      endpoints[index].takeTurnNow()
    else {
      return []
    }
    return [.poll(system: folder.name, endpoints[index].endpoint, endpoints[index].endpoint.plan())]
  }

  mutating func observe(_ observation: Observation, at now: Instant) -> [WatchEffect] {
    // An endpoint that was edited away meanwhile has nothing more to say.
    guard let index = endpoints.firstIndex(where: { $0.endpoint.name == observation.endpoint }) else {
      return []
    }
    touch(isUrgent: false)
    let endpoint = endpoints[index].endpoint
    endpoints[index].series.take(observation, target: endpoint.targetLabels, in: &store)
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
