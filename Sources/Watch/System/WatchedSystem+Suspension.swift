import Incidents
import Probes
import Values

/// Our own connection: while it is gone, and until it is back after sleep, nothing is said of anybody.
extension WatchedSystem {
  /// What the fact is about, beside the servers that are asked and told.
  static let connection = "connection"

  /// What a check of connectivity says of all that is polled.
  mutating func check(_ observation: Observation, of index: Int, at moment: Moment) -> [WatchEffect] {
    if endpoints[index].isAwaited { settling?.waiting -= 1 }
    var rest = observation
    rest.samples = []
    rest.page = nil
    _ = endpoints[index].observe(rest, at: moment)
    let polled = checks.filter { endpoints[$0].isPolled && endpoints[$0].last?.verdict != .unable }
    let isGone = !polled.isEmpty && polled.allSatisfy { endpoints[$0].last?.verdict == .failure }
    if isGone { return loseConnection(because: rest.reason, at: moment) }
    var effects: [WatchEffect] = []
    if rest.isSuccess, suspension != nil { effects = resume(at: moment) }
    guard suspension == nil else { return effects }
    return effects + endpoints.indices.flatMap { settleWithheld(of: $0, at: moment) }
  }

  private mutating func loseConnection(because reason: String?, at now: Moment) -> [WatchEffect] {
    guard suspension?.cause != .connection else { return [] }
    let known = suspension?.known ?? lastKnown
    // What timers were carried over already is not carried over again.
    suspension = Suspension(
      cause: .connection, since: suspension?.since ?? now.wall, began: suspension?.began ?? now.uptime,
      known: known ?? now.wall, missed: suspension?.missed ?? [], reason: reason)
    for index in endpoints.indices { endpoints[index].withheld = Withheld() }
    settle(at: now, attempts: 2)
    touch()
    let why = reason.map { " (\($0))" } ?? ""
    return [
      .record(RecordTransitions(remotes: [fact(ofConnection: RemoteChanged.failing, reason)], at: now.wall)),
      .notice("\(folder.title): our own connection is gone\(why); results are suspended until it is back."),
    ]
  }

  /// The machine slept: a network takes a while to come back.
  mutating func awaken(at now: Moment) {
    guard suspension == nil, endpoints.contains(where: { $0.isPolled && !$0.isCheck }) else { return }
    suspension = Suspension(
      cause: .sleep, since: now.wall, began: now.uptime, known: lastKnown ?? now.wall,
      until: now.uptime + Suspension.patience)
  }

  /// Everything that may have been missed is polled anew, and rules wait for that.
  mutating func resume(at now: Moment) -> [WatchEffect] {
    guard let over = suspension else { return [] }
    suspension = nil
    let span = max(.zero, now.uptime - over.began)
    for index in groups.indices { groups[index].group.bridge(span, missed: span, at: now.wall) }
    for index in endpoints.indices
    where !endpoints[index].isCheck && (over.cause == .connection || over.missed.contains(index)) {
      endpoints[index].refresh(Self.turns(of: endpoints[index].endpoint, in: folder, at: now))
      agenda.set(index, to: endpoints[index].deadline(at: now))
    }
    settle(at: now, attempts: 2)
    touch()
    guard over.cause == .connection else { return [] }
    let back = RecordTransitions(remotes: [fact(ofConnection: RemoteChanged.reachable, nil)], at: now.wall)
    return [
      .record(back),
      .notice("\(folder.title): our own connection is back after \(span.short); everything is polled anew."),
    ]
  }

  /// An answer while nothing can be said: what failed leaves no trace, what came back is true all the same.
  mutating func suspend(_ observation: Observation, of index: Int, at now: Moment) {
    if observation.isSuccess { keepSamples(of: observation, from: index) }
    endpoints[index].suspend(at: now.wall)
    suspension?.missed.insert(index)
  }

  private var lastKnown: Instant? {
    endpoints.lazy.filter { !$0.isCheck }.compactMap { $0.last?.at }.max()
  }

  private func fact(ofConnection state: String, _ reason: String?) -> RemoteChanged {
    RemoteChanged(
      system: folder.name, remote: Self.connection, server: "our own", state: state,
      reason: reason.map { "All checks of connectivity fail: \($0)." })
  }
}
