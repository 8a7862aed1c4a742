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
    store(observation.samples, of: index, at: observation.at)
    guard let change = endpoints[index].observe(observation, at: now) else { return [] }
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

  /// Appends a scrape's samples under one timestamp, and marks what it no longer has as stale.
  private mutating func store(_ samples: [Sample], of index: Int, at instant: Instant) {
    var seen: Set<SeriesID> = []
    for sample in samples {
      let id = store.reference(sample.labels)
      if store.append(ref: id, t: sample.timestamp ?? instant.milliseconds, v: sample.value),
        sample.timestamp == nil
      {
        seen.insert(id)
      }
    }
    let gone = endpoints[index].series.subtracting(seen)
    store.markStale(gone, t: instant.milliseconds)
    endpoints[index].series = seen
  }
}
