import Journal
import Metrics
import Probes
import Serving
import Synchronization
import Systems
import Transfer
import Values
import Wire

/// What was pushed to the engine's endpoints last, where the polls look it up.
///
/// It is written beside the samples: a restart forgets nothing. Where that is lost, silence counts from when we
/// began to listen. Time in which nobody listened (the engine was down, the machine asleep) is no silence.
package final class PushBoard: Sendable {
  /// Bytes of a page at most.
  package static let maximumBytes = 1 << 20
  /// Samples of a page at most.
  static let maximumSamples = 10_000
  /// How often it is noted that somebody listens.
  static let breath = Span.seconds(20)

  private struct State {
    var isOpen = false
    var gates: [PushPlace: PushGate] = [:]
    var entries: [PushPlace: PushEntry] = [:]
    /// When it was last noted that somebody listens.
    var breath: Instant?
  }

  private let tally = Mutex((taken: 0, refused: 0))
  /// How many pushes were taken and refused since the process began.
  package var counts: (taken: Int, refused: Int) { tally.withLock { $0 } }

  private let state = Mutex(State())
  private let keeper = Mutex<PushKeeper?>(nil)

  package init() {}

  /// The engine begins: from now on pushes are taken.
  package func begin(_ store: SampleStore?, at now: Instant) {
    let saved = store.map(PushKeeper.load)
    let made = store.flatMap { PushKeeper($0) { [weak self] in self?.breathe(at: Clock.now()) } }
    keeper.withLock { $0 = made }
    state.withLock { state in
      state = State(isOpen: true, entries: saved?.entries ?? [:], breath: saved?.breath)
      // What nobody noted the time of cannot be judged by its age.
      if state.breath == nil { state.entries = state.entries.mapValues { $0.forgettingSilence(at: now) } }
    }
    breathe(at: now)
  }

  /// The engine ends; what waits is written. Nothing is taken any more.
  package func end() {
    breathe(at: Clock.now())
    state.withLock { $0 = State() }
    keeper.withLock { keeper in
      defer { keeper = nil }
      return keeper
    }?.stop()
  }

  /// Learns the endpoints of a folder to which something may be pushed, and forgets those that are gone.
  package func admit(_ folder: SystemFolder, isTrusted: Bool, at now: Instant) {
    let pushed = folder.endpoints.filter { $0.kind == .push }
    let changes = state.withLock { state in
      guard state.isOpen else { return [(PushPlace, PushEntry?)]() }
      let places = Set(pushed.map { PushPlace(system: folder.name, endpoint: $0.name) })
      var changes: [(PushPlace, PushEntry?)] = []
      for place in state.entries.keys where place.system == folder.name && !places.contains(place) {
        state.entries[place] = nil
        changes.append((place, nil))
      }
      state.gates = state.gates.filter { $0.key.system != folder.name }
      for endpoint in pushed {
        let place = PushPlace(system: folder.name, endpoint: endpoint.name)
        state.gates[place] = PushGate(endpoint, isTrusted: isTrusted)
        guard state.entries[place] == nil else { continue }
        let entry = PushEntry(since: now)
        state.entries[place] = entry
        changes.append((place, entry))
      }
      return changes
    }
    save(changes)
  }

  /// Takes a push; throws why not, with a status of HTTP.
  ///
  /// - Parameters:
  ///   - type: `Content-Type`; nil, or that of a form, which curl sends by itself, is the text format.
  ///   - bearer: the token that came with it, where one is asked for; nil where the way it came is enough.
  package func take(
    _ body: [UInt8], type: String?, for place: PushPlace, bearer: PushGate.Bearer, at now: Instant
  ) throws(HTTPRefusal) {
    do throws(HTTPRefusal) {
      try accept(body, type: type, for: place, bearer: bearer, at: now)
      tally.withLock { $0.taken += 1 }
    } catch {
      tally.withLock { $0.refused += 1 }
      throw error
    }
  }

  private func accept(
    _ body: [UInt8], type: String?, for place: PushPlace, bearer: PushGate.Bearer, at now: Instant
  ) throws(HTTPRefusal) {
    let (isOpen, gate) = state.withLock { ($0.isOpen, $0.gates[place]) }
    guard isOpen else {
      throw HTTPRefusal(503, "This process is not the engine now; push again, or with `midwatch push`.")
    }
    guard let gate else {
      throw HTTPRefusal(
        404, "There is no endpoint \(place.endpoint) of \(place.system) to push to; it needs `push:`.")
    }
    try gate.admit(bearer, to: place)
    let page = try PushPage(body, type: type)
    let entry = state.withLock { state -> PushEntry? in
      guard state.isOpen, let known = state.entries[place] else { return nil }
      let entry = PushEntry(since: known.since, pushed: now, page: page)
      state.entries[place] = entry
      return entry
    }
    if let entry { save([(place, entry)]) }
  }

  /// What a look at an endpoint finds.
  func outcome(of place: PushPlace, _ request: PushedRequest, at now: Instant) -> Outcome {
    let entry = state.withLock { $0.entries[place] }
    guard let entry else {
      return .failure(Failure(.unheard, reason: "nobody listens for what is pushed"))
    }
    let silence = entry.silence(at: now)
    guard let pushed = entry.pushed else {
      let isLate = silence > request.patience
      let reason =
        isLate
        ? "nothing was pushed since \(entry.since.dateClockUTC)"
        : "nothing was pushed yet in \(max(.zero, silence).short)"
      return .failure(Failure(isLate ? .timeout : .unheard, reason: reason))
    }
    var response = Response(
      status: 0, headers: [Header("Content-Type", entry.page.type)], body: entry.page.body)
    response.push = PushReceipt(at: pushed, silence: silence)
    return .success(response)
  }

  /// Notes that we listen; what passed since the last time beyond a breath was not listened to.
  func breathe(at now: Instant) {
    let changes = state.withLock { state in
      guard state.isOpen else { return [(PushPlace, PushEntry?)]() }
      defer { state.breath = now }
      guard let last = state.breath, now - last > Self.breath * 3 else { return [] }
      let missed = now - last - Self.breath
      state.entries = state.entries.mapValues { $0.missing(missed) }
      return state.entries.map { ($0.key, $0.value) }
    }
    save(changes)
    keeper.withLock { $0 }?.note(breath: now)
  }

  private func save(_ changes: [(PushPlace, PushEntry?)]) {
    guard !changes.isEmpty, let keeper = keeper.withLock({ $0 }) else { return }
    for (place, entry) in changes { keeper.save(entry, for: place) }
  }
}
