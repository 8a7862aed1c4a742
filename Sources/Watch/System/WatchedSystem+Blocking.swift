import Incidents
import Probes
import Values

/// What depends on what: a failure is explained by something else that is not up, before it is called down.
///
/// The poll of what an endpoint depends on may come after its own. So before it goes down, everything that could
/// explain it and was not asked since is asked out of turn, and its failure waits for that, for a while.
extension WatchedSystem {
  /// A failure waits no longer than this for what could explain it.
  private static let longestGrace = Span.seconds(15)

  /// What the endpoint depends on and is not up: of several the one that none of the others explains.
  func cause(of index: Int) -> String? {
    let faults = dependencies.ancestors(of: index).filter { endpoints[$0].monitor.observed.blocksOthers }
    guard !faults.isEmpty else { return nil }
    let root = faults.first { fault in
      !dependencies.ancestors(of: fault).contains { endpoints[$0].monitor.observed.blocksOthers }
    }
    return (root ?? faults.first).map { endpoints[$0].endpoint.name }
  }

  /// Whether a failure would change what is known, while something that could explain it was not asked since.
  func isToBeExplained(_ observation: Observation, of index: Int) -> Bool {
    if !endpoints[index].withheld.isEmpty { return true }
    guard endpoints[index].monitor.observed != .down || endpoints[index].isToBeJudgedAnew else {
      return false
    }
    return !unasked(of: index, since: observation.at).isEmpty
  }

  /// What could explain a failure of that time, and has not answered to anything later.
  private func unasked(of index: Int, since: Instant) -> [Int] {
    func isUnasked(_ other: Int) -> Bool {
      endpoints[other].isPolled && (endpoints[other].last.map { $0.at < since } ?? true)
    }
    var found: [Int] = []
    let isConnected = checks.contains { !isUnasked($0) && endpoints[$0].last?.isSuccess ?? false }
    if !isConnected { found += checks.filter(isUnasked) }
    let monitor = endpoints[index].monitor
    if monitor.isBeforeItsFall || endpoints[index].isToBeJudgedAnew || endpoints[index].withheld.count > 1,
      cause(of: index) == nil
    {
      found += dependencies.ancestors(of: index).filter(isUnasked)
    }
    return found
  }

  mutating func withhold(_ observation: Observation, of index: Int, at moment: Moment) -> [WatchEffect] {
    let since = endpoints[index].withheld.first?.at ?? observation.at
    let others = unasked(of: index, since: since)
    let timeout = others.map { endpoints[$0].endpoint.timeout }.max() ?? .zero
    endpoints[index].withhold(
      observation, until: moment.uptime + min(timeout + .seconds(1), Self.longestGrace))
    return others.flatMap { pollNow($0, at: moment) }
  }

  /// Judges what waits, whoever has answered.
  mutating func judgeWithheld(of index: Int, at moment: Moment) -> [WatchEffect] {
    let waiting = endpoints[index].withheld
    guard !waiting.isEmpty else { return [] }
    endpoints[index].withheld = Withheld()
    defer { agenda.set(index, to: endpoints[index].deadline(at: moment)) }
    return waiting.observations.flatMap { judge($0, of: index, at: moment) }
  }

  mutating func judgeAllWithheld(at moment: Moment) -> [WatchEffect] {
    endpoints.indices.flatMap { judgeWithheld(of: $0, at: moment) }
  }

  /// Judges what waits once nothing is left to wait for.
  mutating func settleWithheld(of index: Int, at moment: Moment) -> [WatchEffect] {
    guard let first = endpoints[index].withheld.first else { return [] }
    let others = unasked(of: index, since: first.at)
    guard !others.isEmpty else { return judgeWithheld(of: index, at: moment) }
    return others.flatMap { pollNow($0, at: moment) }
  }

  /// Something that these depend on may have changed.
  mutating func reconsider(_ places: [Int], at moment: Moment) -> [WatchEffect] {
    var effects: [WatchEffect] = []
    for place in places {
      guard let name = cause(of: place) else {
        guard endpoints[place].monitor.blockedBy != nil else {
          effects += settleWithheld(of: place, at: moment)
          continue
        }
        // What failed because of that says nothing any more: only a new poll does.
        if endpoints[place].judgeAnew(), let poll = endpoints[place].poll { effects.append(.poll(poll)) }
        agenda.set(place, to: endpoints[place].deadline(at: moment))
        continue
      }
      effects += settleWithheld(of: place, at: moment)
      guard endpoints[place].monitor.observed.isFailure else { continue }
      if let change = endpoints[place].block(by: name, at: moment.wall) {
        touch()
        let changed = fact(change, of: endpoints[place].endpoint)
        effects.append(.record(RecordTransitions(endpoints: [changed], at: moment.wall)))
      }
    }
    return effects
  }
}
