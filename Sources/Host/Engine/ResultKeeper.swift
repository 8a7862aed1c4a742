import Foundation
import Journal
import Probes
import Synchronization
import Transfer
import Values
import Watch

/// Writes what came of polls, and how they failed, on a thread of its own and a batch at a time: nobody who polls
/// waits for a disk.
///
/// Successes are kept for an hour, and one in fifteen seconds is enough; failures for seven days. Losing them costs
/// history, nothing else.
package final class ResultKeeper: Sendable {
  package static let ages = (successes: Span.hours(1), failures: Span.days(7))
  /// Of one endpoint.
  package static let limits = (successes: 240, failures: 1000)
  /// Successes of one endpoint are at least this far apart.
  private static let spacing = Span.seconds(15)
  private static let batch = Span.seconds(10)
  /// Results that wait for the disk at most; what comes then is lost.
  private static let waiting = 50_000
  private static let prefix = "failures:"

  private struct Place: Hashable {
    let system: String
    let endpoint: String
  }

  private struct State {
    var results: [SampleStore.PollResult] = []
    var traces: [Place: [ProbeTrace]] = [:]
    /// When a success was kept last.
    var successes: [Place: Instant] = [:]
  }

  private enum Order: Sendable { case stop }

  private let state = Mutex(State())
  private let orders = Mailbox<Order>()
  private let worker = Mutex<Worker?>(nil)

  /// - Parameter remember: hears on the keeper's thread how polls failed before this start, the oldest first, by
  ///   system.
  package init(_ store: SampleStore, remember: @escaping @Sendable ([String: [ProbeTrace]]) -> Void) {
    let made = Worker(name: "results") { [self] in
      remember(Self.load(store, at: Clock.now()))
      try? store.dropResults(at: Clock.now(), ages: Self.ages)
      var nextDrop = Clock.steady() + .hours(1)
      var isStopping = false
      while !isStopping {
        _ = orders.wait(timeout: Self.batch)
        isStopping = !orders.drain().isEmpty
        write(to: store, at: Clock.now())
        guard nextDrop <= Clock.steady() else { continue }
        nextDrop = Clock.steady() + .hours(1)
        try? store.dropResults(at: Clock.now(), ages: Self.ages)
      }
    }
    worker.withLock { $0 = made }
  }

  /// From any thread; never blocks on a disk.
  package func note(_ observation: Observation, of system: String) {
    // What nobody was asked, and what tells neither, is no result.
    guard observation.verdict != .unable, observation.verdict != .unheard else { return }
    let place = Place(system: system, endpoint: observation.endpoint)
    state.withLock { state in
      if observation.isSuccess {
        if let last = state.successes[place], observation.at >= last, observation.at - last < Self.spacing {
          return
        }
        state.successes[place] = observation.at
      }
      guard state.results.count < Self.waiting else { return }
      state.results.append(
        SampleStore.PollResult(
          system: system, endpoint: observation.endpoint, at: observation.at, took: observation.took,
          code: observation.code, reason: observation.reason,
          phases: observation.isSuccess
            ? nil : (try? JSONEncoder().encode(observation.phases)).map(Array.init)))
    }
  }

  /// How polls of these endpoints failed, the oldest first: all that is kept of each.
  package func keep(_ kept: [KeptFailures.Kept]) {
    guard !kept.isEmpty else { return }
    state.withLock { state in
      for one in kept { state.traces[Place(system: one.system, endpoint: one.endpoint)] = one.traces }
    }
  }

  /// Writes what waits, then ends the thread.
  package func stop() {
    orders.post(.stop)
    worker.withLock { worker in
      defer { worker = nil }
      return worker
    }?.join()
  }

  private func write(to store: SampleStore, at now: Instant) {
    let (results, traces) = state.withLock { state in
      defer { (state.results, state.traces) = ([], [:]) }
      return (state.results, state.traces)
    }
    try? store.saveResults(results, at: now, ages: Self.ages, limits: Self.limits)
    for (place, traces) in traces {
      guard let bytes = try? JSONEncoder().encode(traces) else { continue }
      try? store.setValue(Array(bytes), for: "\(Self.prefix)\(place.system)/\(place.endpoint)")
    }
  }

  private static func load(_ store: SampleStore, at now: Instant) -> [String: [ProbeTrace]] {
    var found: [String: [ProbeTrace]] = [:]
    for (key, bytes) in (try? store.values(named: prefix)) ?? [] {
      let system = key.dropFirst(prefix.count).prefix { $0 != "/" }
      let traces = (try? JSONDecoder().decode([ProbeTrace].self, from: Data(bytes))) ?? []
      let young = traces.filter { now - $0.at < ages.failures }
      if young.isEmpty { try? store.setValue(nil, for: key) }
      found[String(system), default: []] += young
    }
    return found
  }
}
