import Alerting
import Incidents
import Probes
import Systems
import Transfer
import Values
import Watch

/// Polls systems some times and evaluates their rules, without a journal, a lock or a trace: what `check`
/// and `query` do where no engine runs.
package enum Survey {
  /// - Parameters:
  ///   - rounds: how often each endpoint is polled, `every` apart on the dot, so that a rate over the rounds
  ///     is that of the counter and not of our haste.
  ///   - silences: of the journal, where there is one: what they hide is not to be heard here either.
  /// - Returns: the engine as it is after the last round; ask it for ``Watch/snapshots(at:)``.
  package static func run(
    _ systems: [(folder: SystemFolder, isTrusted: Bool)], silences: [Silence] = [], rounds: Int, every: Span,
    version: String
  ) -> (watch: Watch, at: Instant) {
    let mailbox = Mailbox<(String, Observation)>()
    let courier = Courier(limits: TransferLimits(systems.map(\.folder)), version: version) {
      system, observation in mailbox.post((system, observation))
    }
    let answers = Mailbox<(String, UInt64, RemoteAnswer)>()
    let remotes = RemoteCourier(version: version) { answers.post(($0, $1, $2)) }
    defer {
      courier.stop()
      remotes.stop()
    }
    func call(_ effects: [WatchEffect]) {
      for case .call(let system, let call) in effects { remotes.send(call, of: system) }
    }
    var watch = Watch(followsSchedule: false)
    var now = Clock.now()
    _ = watch.receive(.silences(silences), at: now)
    for (folder, isTrusted) in systems {
      _ = watch.receive(.load(folder, isTrusted: isTrusted, saved: nil, firing: []), at: now)
    }
    let folders = systems.map(\.folder)
    let timeouts = folders.flatMap { $0.endpoints.map(\.timeout) + $0.remoteTimeouts }
    let patience = timeouts.max() ?? .seconds(10)
    for round in 0..<max(1, rounds) {
      if round > 0 { now = now + every }
      let wait = now - Clock.now()
      if wait > .zero { _ = mailbox.wait(timeout: wait) }
      while Clock.now() < now { _ = mailbox.wait(timeout: now - Clock.now()) }
      var polls: [Poll] = []
      for folder in folders {
        for (endpoint, _) in folder.polled {
          for effect in watch.receive(.probe(system: folder.name, endpoint: endpoint.name), at: now) {
            if case .poll(let poll) = effect { polls.append(poll) }
          }
        }
      }
      courier.send(polls, at: now)
      let limit = Clock.now() + patience + .seconds(2)
      while !watch.hasSettled(rounds: round + 1), Clock.now() < limit {
        _ = mailbox.wait(timeout: .milliseconds(100))
        for (system, observation) in mailbox.drain() {
          _ = watch.receive(.observed(system: system, observation), at: now)
        }
      }
      call(watch.receive(.evaluate, at: now))
      let end = Clock.now() + patience + .seconds(2)
      while !watch.remotesAreIdle, Clock.now() < end {
        _ = answers.wait(timeout: .milliseconds(100))
        for (system, id, answer) in answers.drain() {
          call(watch.receive(.answered(system: system, call: id, answer, jitter: 0), at: now))
        }
      }
    }
    return (watch, now)
  }
}
