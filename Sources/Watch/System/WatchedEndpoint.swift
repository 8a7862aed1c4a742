import Metrics
import Probes
import Values

/// One endpoint under watch: when it is polled next, what came of the last polls, and its state.
struct WatchedEndpoint: Sendable {
  let endpoint: Endpoint
  /// What polling it takes; nil when this version cannot.
  let poll: Poll?
  private(set) var monitor: EndpointMonitor
  private(set) var schedule: Schedule
  private(set) var restraint = Restraint()
  private(set) var isInFlight = false
  private(set) var rounds = 0
  /// Whether rules wait for its first answer: since the start, or since a gap.
  private(set) var isAwaited: Bool
  /// Whether the answer under way is of before a gap, and says nothing.
  private var isOutdated = false
  private(set) var last: Observation?
  private(set) var history: [Double?] = []
  /// Where its samples go.
  var series = EndpointSeries()
  /// Why it is not polled, if it is not: shown, and never taken for up.
  let heldBack: String?
  /// Whether it is there to tell whether our own connection works: shown nowhere, and no rule sees it.
  let isCheck: Bool
  /// Failures that are not looked at before those were asked that could explain them.
  var withheld = Withheld()
  /// Whether what it was blocked by is up again, so that only its next answer says how it is.
  var isToBeJudgedAnew = false
  /// Whether the answer under way is of before that.
  private var isTooEarly = false

  /// Polls kept for the sparkline.
  static let historyLength = 24

  init(
    _ endpoint: Endpoint, of system: String, heldBack: String?, isCheck: Bool = false, first: Uptime,
    second: Uptime? = nil
  ) {
    self.endpoint = endpoint
    self.isCheck = isCheck
    poll = endpoint.plan().map { Poll(endpoint, of: system, plan: $0) }
    self.heldBack = heldBack
    isAwaited = heldBack == nil
    monitor = EndpointMonitor(endpoint)
    schedule = Schedule(every: endpoint.every, first: first, second: second)
  }

  /// The same endpoint, with what is known of it, under an edited definition.
  func redefined(
    _ endpoint: Endpoint, of system: String, heldBack: String?, at now: Moment
  ) -> WatchedEndpoint {
    guard endpoint != self.endpoint || heldBack != self.heldBack else { return self }
    var made = WatchedEndpoint(
      endpoint, of: system, heldBack: heldBack, isCheck: isCheck, first: now.uptime)
    made.history = history
    made.series = series
    made.series.forgetPlaces()
    return made
  }

  var isPolled: Bool { heldBack == nil }
  /// When it is polled next; nil while it is not, or while an answer is awaited.
  var nextPoll: Uptime? { isPolled && !isInFlight ? schedule.next : nil }
  /// When it wants attention: a poll, or the end of patience with one that answers nothing.
  func deadline(at now: Moment) -> Uptime? {
    let patience = isPolled ? monitor.nextDeadline.map(now.uptime(of:)) : nil
    return [nextPoll, patience, withheld.until].compactMap { $0 }.min()
  }

  /// Whether it is to be polled now; if so it is on its way.
  mutating func takeTurn(at now: Uptime) -> Bool {
    guard isPolled, !isInFlight, schedule.takeTurn(at: now) else { return false }
    isInFlight = true
    return true
  }

  /// Whether it can be polled out of turn.
  mutating func takeTurnNow() -> Bool {
    guard isPolled, !isInFlight else { return false }
    isInFlight = true
    return true
  }

  /// It is polled out of turn, and only what comes of that says how it is. Whether it is to be sent now; else that
  /// is done once the answer under way came.
  mutating func judgeAnew() -> Bool {
    guard isPolled, !isToBeJudgedAnew else { return false }
    isToBeJudgedAnew = true
    isTooEarly = isInFlight
    return takeTurnNow()
  }

  /// Whether what came back began too early to say how it is; if so it is to be polled again.
  mutating func isTooEarlyToTell() -> Bool {
    defer { isTooEarly = false }
    if isTooEarly { isInFlight = false }
    return isTooEarly
  }

  /// What came back is put aside: it may come from something else.
  mutating func withhold(_ observation: Observation, until: Uptime) {
    isInFlight = false
    withheld.add(observation, until: until)
  }

  /// What came back says nothing of it, for it is us who cannot reach anything.
  mutating func suspend(at now: Instant) {
    isInFlight = false
    rounds += 1
    withheld = Withheld()
    monitor.listen(at: now)
  }

  mutating func listen(at now: Instant) {
    if isPolled { monitor.listen(at: now) }
  }

  /// It is polled anew; an answer under way is of before.
  mutating func refresh(_ turns: (first: Uptime, second: Uptime?)) {
    guard isPolled else { return }
    withheld = Withheld()
    isOutdated = isInFlight
    isAwaited = true
    restraint = Restraint()
    monitor.expect(delay: .zero)
    schedule.begin(at: turns.first, second: turns.second)
  }

  /// Something that it depends on is not up; returns the change of state, if it is one.
  mutating func block(by name: String, at now: Instant) -> EndpointTransition? {
    isToBeJudgedAnew = false
    return monitor.block(by: name, at: now)
  }

  /// Notices silence; returns the change of state, if it is one.
  mutating func advance(to now: Instant) -> EndpointTransition? {
    isPolled ? monitor.advance(to: now) : nil
  }

  /// Time went on without us: silence of ours is not its own, and an answer under way is of before.
  ///
  /// - Parameter turns: when it is polled anew; nil leaves its turns as they are.
  mutating func bridge(_ gap: Gap, turns: (first: Uptime, second: Uptime?)?) {
    monitor.bridge(gap.shift)
    guard let turns, isPolled else { return }
    isOutdated = isInFlight
    isAwaited = true
    restraint = Restraint()
    monitor.expect(delay: .zero)
    schedule.begin(at: turns.first, second: turns.second)
  }

  /// Whether what came back is to be heard at all; if not it is polled again at `now`.
  mutating func accepts(at now: Uptime) -> Bool {
    guard isOutdated else { return true }
    isOutdated = false
    isInFlight = false
    schedule.begin(at: now)
    return false
  }

  /// Begins or (nil) ends maintenance; returns the change of state, if it is one.
  mutating func maintain(_ note: String?, at now: Instant) -> EndpointTransition? {
    monitor.maintain(note, at: now)
  }

  /// Puts the samples of what came back where they belong.
  mutating func take(_ observation: Observation, in store: inout Store) {
    series.take(observation, target: endpoint.targetLabels, in: &store)
  }

  /// Takes what came back; returns the change of state, if it is one.
  ///
  /// - Parameter block: what it depends on and is not up.
  mutating func observe(
    _ observation: Observation, at moment: Moment, blockedBy block: String? = nil
  ) -> EndpointTransition? {
    let now = moment.wall
    let isFirst = isToBeJudgedAnew && block == nil
    isToBeJudgedAnew = false
    isInFlight = false
    pace(after: observation, at: moment.uptime)
    isAwaited = false
    rounds += 1
    last = observation
    guard observation.verdict != .unheard else {
      return monitor.receive(observation, at: now, blockedBy: block, isFirst: isFirst)
    }
    history.append(observation.isSuccess ? observation.took.seconds * 1000 : nil)
    history.removeFirst(max(0, history.count - Self.historyLength))
    return monitor.receive(observation, at: now, blockedBy: block, isFirst: isFirst)
  }

  /// Sets when it is polled next, where that is not at its own rate. That our own connection is back must be noticed
  /// at once.
  private mutating func pace(after observation: Observation, at now: Uptime) {
    guard !isCheck else { return }
    schedule.resume(at: now)
    let turns = restraint.turns(after: observation, of: endpoint, next: schedule.next, at: now)
    schedule.postpone(by: turns)
    monitor.expect(delay: schedule.every * turns)
  }
}
