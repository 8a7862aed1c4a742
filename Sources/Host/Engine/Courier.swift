import Probes
import Synchronization
import Transfer
import Values
import Watch
import Wire

/// Sends polls and has each answer judged where it arrives, on the transfer thread.
package final class Courier: Sendable {
  private struct Trip: Sendable {
    let track: Track
    let started: Instant
    /// Whoever asked for its trace; a poll of the engine's has nobody.
    var wanted: (@Sendable (ProbeTrace) -> Void)?
  }

  /// One definition of an endpoint, and what is remembered of its polls.
  private final class Track: Sendable {
    let poll: Poll
    private let memory: Mutex<ProbeMemory>

    init(_ poll: Poll, generation: UInt64) {
      self.poll = poll
      memory = Mutex(ProbeMemory(generation: generation))
    }

    func trace(_ outcome: Outcome, at started: Instant) -> ProbeTrace {
      poll.endpoint.trace(of: outcome, at: started)
    }

    func judge(_ outcome: Outcome, at started: Instant) -> Observation {
      memory.withLock { poll.endpoint.judge(outcome, at: started, with: &$0) }
    }
  }

  private struct Place: Hashable {
    let system: String
    let endpoint: String
  }

  private struct State {
    var next: UInt64 = 0
    var trips: [TransferID: Trip] = [:]
    /// Of each endpoint, as it was defined when it was polled last.
    var tracks: [Place: Track] = [:]
    var generations: UInt64 = 0
    /// Programs that are under way.
    var programs: [TransferID: ProcessRequest] = [:]
    /// Requests that are sent for those who follow logs, under the ids of their polls.
    var fetches: Set<TransferID> = []
    /// Weak, for its requests are sent by those who tell it of their outcomes.
    weak var lines: Lines?

    mutating func track(of poll: Poll) -> Track {
      let place = Place(system: poll.system, endpoint: poll.endpoint.name)
      if let known = tracks[place], known.poll === poll { return known }
      generations += 1
      let track = Track(poll, generation: generations << 40)
      tracks[place] = track
      return track
    }
  }

  private let state: Trips
  private let transfers: Transfers
  private let sockets: Sockets
  private let processes: Processes
  private let lines: Lines
  private let pushes: PushBoard?

  /// Shared between the courier and the transfer thread's completions.
  private final class Trips: Sendable {
    let state = Mutex(State())
  }

  private let complete: @Sendable (TransferID, Outcome) -> Void

  /// - Parameters:
  ///   - pushes: where what was pushed is looked up; nil: nobody listens.
  ///   - failed: hears how a poll failed, before `deliver` does.
  ///   - deliver: runs on the thread where the answer arrived.
  package init(
    limits: TransferLimits = TransferLimits(), version: String, pushes: PushBoard? = nil,
    failed: @escaping @Sendable (_ system: String, ProbeTrace) -> Void = { _, _ in },
    deliver: @escaping @Sendable (_ system: String, Observation) -> Void
  ) {
    let trips = Trips()
    state = trips
    let complete: @Sendable (TransferID, Outcome) -> Void = { id, outcome in
      guard let trip = trips.state.withLock({ $0.trips.removeValue(forKey: id) }) else { return }
      if case .failure(let failure) = outcome, failure.kind == .cancelled { return }
      if let wanted = trip.wanted { return wanted(trip.track.trace(outcome, at: trip.started)) }
      let system = trip.track.poll.system
      let observation = trip.track.judge(outcome, at: trip.started)
      if !observation.isSuccess { failed(system, trip.track.trace(outcome, at: trip.started)) }
      deliver(system, observation)
    }
    self.complete = complete
    self.pushes = pushes
    let transfers = Transfers(limits: limits, userAgent: "midwatch/\(version)") { id, outcome in
      let isFetch = trips.state.withLock { $0.fetches.remove(id) != nil }
      guard isFetch else { return complete(id, outcome) }
      trips.state.withLock { $0.lines }?.receive(outcome, of: id)
    }
    self.transfers = transfers
    sockets = Sockets(limits: limits, completion: complete)
    processes = Processes { id, end in
      guard let request = trips.state.withLock({ $0.programs.removeValue(forKey: id) }) else { return }
      complete(id, end.flatMap { $0.outcome(of: request) })
    }
    let lines = Lines(
      fetch: { request, id in
        trips.state.withLock { _ = $0.fetches.insert(id) }
        transfers.start(request, id: id)
      }, completion: complete)
    self.lines = lines
    trips.state.withLock { $0.lines = lines }
  }

  /// Sends them together: whoever carries them is woken once.
  package func send(_ polls: [Poll], at now: Instant) {
    guard !polls.isEmpty else { return }
    let ids = state.state.withLock { state in
      polls.map { poll in
        state.next += 1
        let id = TransferID(state.next)
        state.trips[id] = Trip(track: state.track(of: poll), started: now)
        return id
      }
    }
    var requests: [(Request, TransferID)] = []
    requests.reserveCapacity(polls.count)
    for (poll, id) in zip(polls, ids) {
      if case .http(let request) = poll.plan {
        requests.append((request, id))
      } else {
        send(poll, id: id, at: now)
      }
    }
    transfers.start(requests)
  }

  /// Probes out of turn with everything written down; it counts for nothing else. `wanted` runs on the thread where
  /// the answer arrives. An endpoint of a kind that cannot be probed is not.
  package func trace(
    _ endpoint: Endpoint, of system: String, at now: Instant, wanted: @escaping @Sendable (ProbeTrace) -> Void
  ) {
    guard let plan = endpoint.plan()?.traced else { return }
    // What is remembered of polls is for polls.
    let poll = Poll(endpoint, of: system, plan: plan)
    let track = Track(poll, generation: 0)
    let id = state.state.withLock { state in
      state.next += 1
      let id = TransferID(state.next)
      state.trips[id] = Trip(track: track, started: now, wanted: wanted)
      return id
    }
    send(poll, id: id, at: now)
  }

  private func send(_ poll: Poll, id: TransferID, at now: Instant) {
    switch poll.plan {
    case .http(let request): transfers.start(request, id: id)
    case .stream(let request): sockets.start(.stream(request), id: id)
    case .name(let request): sockets.start(.name(request), id: id)
    case .echo(let request): sockets.start(.echo(request), id: id)
    case .pushed(let request):
      let place = PushPlace(system: poll.system, endpoint: poll.endpoint.name)
      let unheard = Failure(.unheard, reason: "only the engine knows what was pushed")
      complete(id, pushes?.outcome(of: place, request, at: now) ?? .failure(unheard))
    case .process(let request):
      state.state.withLock { $0.programs[id] = request }
      processes.start(request, id: id)
    case .lines(let request): lines.ask(request, of: "\(poll.system)/\(poll.endpoint.name)", id: id)
    }
  }

  /// From the next poll on. They hold for HTTP and, apart from it, for what goes over other sockets.
  package func limit(_ limits: TransferLimits) {
    transfers.limit(limits)
    sockets.limit(limits)
  }

  package func stop() {
    lines.stop()
    processes.stop()
    transfers.stop()
    sockets.stop()
  }
}
