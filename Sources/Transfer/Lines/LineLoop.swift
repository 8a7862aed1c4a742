internal import Glibc
internal import Values
internal import Wire

/// What the thread of the lines runs: one follower for each who asks, by name.
final class LineLoop {
  private enum Follower {
    case files(FileFollower<DiskFiles>)
    case command(CommandFollower)
    case loki(LokiFollower)
  }

  private struct Place {
    let request: LineRequest
    var follower: Follower
    var asked: SuspendingClock.Instant
    /// The question that waits for Loki.
    var waiting: (id: TransferID, since: SuspendingClock.Instant, phases: Phases)?
  }

  private let orders: Mailbox<LineOrder>
  private let processes: Processes
  private let fetch: @Sendable (Request, TransferID) -> Void
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private var places: [String: Place] = [:]
  private var files = DiskFiles()
  private var runs: UInt64 = 0

  init(
    orders: Mailbox<LineOrder>, processes: Processes,
    fetch: @escaping @Sendable (Request, TransferID) -> Void,
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    self.orders = orders
    self.processes = processes
    self.fetch = fetch
    self.completion = completion
  }

  func run() {
    while true {
      for order in orders.drain() {
        switch order {
        case .ask(let request, let name, let id): ask(request, name, id)
        case .fetched(let id, let outcome): receive(outcome, of: id)
        case .ended(let id, let end): receive(end, of: id)
        case .stop: return stop()
        }
      }
      endForgotten()
      _ = orders.wait(timeout: places.isEmpty ? nil : .seconds(60))
    }
  }

  private func ask(_ request: LineRequest, _ name: String, _ id: TransferID) {
    let now = SuspendingClock.now
    var place = places.removeValue(forKey: name) ?? make(request, at: now)
    if place.request != request {
      drop(place)
      place = make(request, at: now)
    }
    place.asked = now
    switch place.follower {
    case .files(var follower):
      let (lines, gain) = follower.look(in: &files)
      place.follower = .files(follower)
      answer(id, lines, gain, since: now)
    case .command(var follower):
      let (lines, gain) = follower.look(in: processes, at: now) {
        runs += 1
        return TransferID(runs)
      }
      place.follower = .command(follower)
      answer(id, lines, gain, since: now)
    case .loki(var follower):
      if let before = place.waiting {
        completion(before.id, .failure(Failure(.cancelled, reason: "asked again")))
      }
      place.waiting = nil
      if let request = follower.begin(at: Self.wall) {
        place.waiting = (id, now, Phases())
        fetch(request, id)
      } else {
        answer(id, [], LineGain(), since: now)
      }
      place.follower = .loki(follower)
    }
    places[name] = place
  }

  private func receive(_ outcome: Outcome, of id: TransferID) {
    guard let (name, _) = places.first(where: { $0.value.waiting?.id == id }),
      var place = places.removeValue(forKey: name), let waiting = place.waiting,
      case .loki(var follower) = place.follower
    else { return }
    let step = follower.receive(outcome)
    place.follower = .loki(follower)
    switch step {
    case .ask(let request): fetch(request, id)
    case .done(let lines, let gain):
      place.waiting = nil
      answer(id, lines, gain, since: waiting.since)
    case .failed(let failure):
      place.waiting = nil
      completion(id, .failure(failure))
    }
    places[name] = place
  }

  private func receive(_ end: Result<ProcessEnd, Failure>, of id: TransferID) {
    for case .command(let follower) in places.values.map(\.follower) where follower.receive(end, of: id) {
      return
    }
  }

  private func make(_ request: LineRequest, at now: SuspendingClock.Instant) -> Place {
    let follower: Follower
    switch request.source {
    case .files(let pattern):
      follower = .files(FileFollower(pattern: pattern, limit: request.limit, lineLimit: request.lineLimit))
    case .command(let command):
      follower = .command(CommandFollower(command, limit: request.limit, lineLimit: request.lineLimit))
    case .loki(let base, let query):
      follower = .loki(
        LokiFollower(base, query: query, limit: request.limit, lineLimit: request.lineLimit, now: Self.wall))
    }
    return Place(request: request, follower: follower, asked: now)
  }

  /// An endpoint that is gone, or is paused, asks no more.
  private func endForgotten() {
    let now = SuspendingClock.now
    for (name, place) in places {
      guard case .command = place.follower, let patience = place.request.patience.duration,
        now - place.asked > patience
      else { continue }
      drop(place)
      places[name] = nil
    }
  }

  private func drop(_ place: Place) {
    if case .command(let follower) = place.follower { follower.stop(in: processes) }
    if let waiting = place.waiting {
      completion(waiting.id, .failure(Failure(.cancelled, reason: "another log is followed now")))
    }
  }

  private func stop() {
    for place in places.values { drop(place) }
    places = [:]
  }

  private func answer(_ id: TransferID, _ lines: [UInt8], _ gain: LineGain, since: SuspendingClock.Instant) {
    var response = Response(status: 0, body: lines)
    response.lines = gain
    let (seconds, attoseconds) = (SuspendingClock.now - since).components
    response.phases.total = Double(seconds) + Double(attoseconds) / 1e18
    completion(id, .success(response))
  }

  /// Nanoseconds since 1970.
  private static var wall: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec).multipliedSaturating(by: 1_000_000_000).addingSaturating(Int64(time.tv_nsec))
  }
}

extension Span {
  /// Nil for what is as good as for ever.
  fileprivate var duration: Duration? {
    milliseconds < Int64.max / 2 ? .milliseconds(milliseconds) : nil
  }
}
