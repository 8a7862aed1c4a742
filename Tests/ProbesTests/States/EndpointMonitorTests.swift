import Probes
import Testing
import Values

struct EndpointMonitorTests {
  static let start = Instant(seconds: 1_800_000_000)

  private func monitor(failures: Int = 1, successes: Int = 1) -> EndpointMonitor {
    var endpoint = Endpoint(name: "api", kind: .http, target: "http://127.0.0.1/")
    endpoint.failures = failures
    endpoint.successes = successes
    return EndpointMonitor(endpoint)
  }

  private func observation(_ reason: String?) -> Observation {
    Observation(
      endpoint: "api", at: Self.start, took: .milliseconds(84), reason: reason,
      code: reason == nil ? 200 : 503)
  }

  /// The table as the documentation prints it: states from top to bottom, signals from left to right.
  @Test func everyRowOfTheTable() {
    let expected: [(EndpointState, [EndpointState])] = [
      (.unknown, [.up, .up, .pending, .down, .stale, .unknown]),
      (.up, [.up, .up, .pending, .down, .stale, .unknown]),
      (.pending, [.up, .up, .pending, .down, .stale, .pending]),
      (.down, [.down, .up, .down, .down, .stale, .down]),
      (.stale, [.up, .up, .pending, .down, .stale, .unknown]),
    ]
    let signals: [EndpointSignal] = [
      .success, .enoughSuccesses, .failure, .enoughFailures, .silence, .undecided,
    ]
    #expect(signals == EndpointSignal.allCases)
    for (from, results) in expected {
      for (signal, to) in zip(signals, results) {
        #expect(EndpointTransitions.next(from, signal) == to, "\(from) \(signal)")
      }
    }
    #expect(EndpointTransitions.rows.count == 30)
    #expect(Set(EndpointTransitions.rows.map { [$0.from.rawValue, $0.signal.rawValue] }).count == 30)
  }

  @Test func pausesHideMaintenanceAndThatHidesResults() {
    for observed in [EndpointState.unknown, .up, .pending, .down, .stale] {
      #expect(EndpointTransitions.shown(observed, isPaused: false, isInMaintenance: false) == observed)
      #expect(EndpointTransitions.shown(observed, isPaused: false, isInMaintenance: true) == .maintenance)
      #expect(EndpointTransitions.shown(observed, isPaused: true, isInMaintenance: false) == .paused)
      #expect(EndpointTransitions.shown(observed, isPaused: true, isInMaintenance: true) == .paused)
    }
  }

  /// What is shown of a failing endpoint while something that it depends on is not up.
  @Test func onlyFailuresAreShownAsBlocked() {
    let expected: [(EndpointState, EndpointState)] = [
      (.unknown, .unknown), (.up, .up), (.pending, .blocked), (.down, .blocked), (.stale, .stale),
    ]
    for (observed, shown) in expected {
      func shows(_ isPaused: Bool, _ isInMaintenance: Bool) -> EndpointState {
        EndpointTransitions.shown(
          observed, isPaused: isPaused, isInMaintenance: isInMaintenance, isBlocked: true)
      }
      #expect(shows(false, false) == shown)
      #expect(shows(false, true) == .maintenance)
      #expect(shows(true, true) == .paused)
    }
  }

  @Test func whatWasBlockedIsJudgedAnew() throws {
    var monitor = monitor(failures: 2)
    let blockedChange = monitor.receive(observation("refused"), at: Self.start, blockedBy: "database")
    let blocked = try #require(blockedChange)
    #expect(blocked.to == .blocked && blocked.blockedBy == "database" && blocked.reason == "refused")
    #expect(monitor.receive(observation("refused"), at: Self.start, blockedBy: "network") == nil)
    #expect(monitor.blockedBy == "network" && monitor.observed == .down)
    // The failures of before were not its own: one is not enough.
    let pendingChange = monitor.receive(observation("refused"), at: Self.start, isFirst: true)
    let pending = try #require(pendingChange)
    #expect(pending.from == .blocked && pending.to == .pending && pending.blockedBy == nil)
    #expect(monitor.receive(observation("refused"), at: Self.start)?.to == .down)
    #expect(monitor.block(by: "database", at: Self.start)?.to == .blocked)
    let upChange = monitor.receive(observation(nil), at: Self.start, isFirst: true)
    let up = try #require(upChange)
    #expect(up.from == .blocked && up.to == .up && up.reason == "answers again after 2 failures")
  }

  /// `.` success, `x` failure; what is shown after each.
  @Test(arguments: [
    (1, 1, ".x.", "up down up"),
    (3, 1, ".xx.xxx.", "up pending pending up pending pending down up"),
    (2, 2, "xx..", "pending down down up"),
    (2, 2, "xx.x..", "pending down down down down up"),
    (1, 3, ".x...", "up down down down up"),
    (2, 3, "x.", "pending up"),
  ])
  func thresholds(failures: Int, successes: Int, results: String, states: String) {
    var monitor = monitor(failures: failures, successes: successes)
    var seen: [String] = []
    for (index, result) in results.enumerated() {
      let before = monitor.state
      let transition = monitor.receive(
        observation(result == "x" ? "refused" : nil), at: Self.start + .seconds(Int64(index) * 30))
      #expect((transition != nil) == (before != monitor.state))
      #expect(transition.map { $0.from == before && $0.to == monitor.state } ?? true)
      seen.append(monitor.state.rawValue)
    }
    #expect(seen.joined(separator: " ") == states)
  }

  @Test func aTransitionTellsWhy() throws {
    var monitor = monitor(failures: 2)
    let firstChange = monitor.receive(observation("no answer in 5s"), at: Self.start)
    let first = try #require(firstChange)
    #expect(first.from == .unknown && first.to == .pending && first.reason == "no answer in 5s")
    #expect(first.code == 503 && first.took == .milliseconds(84) && !first.recoveredOnRetry)
    let retryChange = monitor.receive(observation(nil), at: Self.start + .seconds(30))
    let retry = try #require(retryChange)
    #expect(retry.to == .up && retry.recoveredOnRetry)
    #expect(retry.reason == "recovered on retry after 1 failure")
    #expect(monitor.since == Self.start + .seconds(30))
    _ = monitor.receive(observation("a"), at: Self.start + .seconds(60))
    _ = monitor.receive(observation("b"), at: Self.start + .seconds(90))
    #expect(monitor.state == .down && monitor.lastReason == "b")
    let backChange = monitor.receive(observation(nil), at: Self.start + .seconds(120))
    let back = try #require(backChange)
    #expect(back.reason == "answers again after 2 failures" && !back.recoveredOnRetry)
  }

  @Test func silenceMakesItStale() throws {
    var monitor = monitor()
    #expect(monitor.nextDeadline == nil)
    _ = monitor.receive(observation(nil), at: Self.start)
    let deadline = Self.start + .seconds(100)
    #expect(monitor.nextDeadline == deadline)
    #expect(monitor.advance(to: deadline - .milliseconds(1)) == nil)
    let staleChange = monitor.advance(to: deadline)
    let stale = try #require(staleChange)
    #expect(stale.from == .up && stale.to == .stale && stale.reason == "no result for 1m40s")
    #expect(monitor.nextDeadline == nil)
    #expect(monitor.advance(to: deadline + .hours(1)) == nil)
    #expect(monitor.receive(observation(nil), at: deadline + .hours(2))?.to == .up)
  }

  @Test func oneThatNeverAnswersBecomesStaleFromTheFirstLook() {
    var monitor = monitor()
    #expect(monitor.advance(to: Self.start) == nil)
    #expect(monitor.advance(to: Self.start + .seconds(100))?.to == .stale)
  }

  @Test func maintenanceHidesAndThenShowsWhatIs() throws {
    var monitor = monitor()
    _ = monitor.receive(observation(nil), at: Self.start)
    let begunChange = monitor.maintain("Patch night", at: Self.start)
    let begun = try #require(begunChange)
    #expect(begun.to == .maintenance && begun.reason == "Patch night")
    #expect(monitor.receive(observation("refused"), at: Self.start) == nil)
    let endedChange = monitor.maintain(nil, at: Self.start)
    let ended = try #require(endedChange)
    #expect(ended.from == .maintenance && ended.to == .down && ended.reason == "refused")
  }

  @Test func aPauseForgets() throws {
    var monitor = monitor(failures: 2)
    _ = monitor.receive(observation("refused"), at: Self.start)
    #expect(monitor.pause("not trusted", at: Self.start)?.to == .paused)
    #expect(monitor.nextDeadline == nil)
    #expect(monitor.advance(to: Self.start + .days(1)) == nil)
    let resumedChange = monitor.pause(nil, at: Self.start + .days(1))
    let resumed = try #require(resumedChange)
    #expect(resumed.from == .paused && resumed.to == .unknown)
    #expect(monitor.receive(observation("refused"), at: Self.start + .days(1))?.to == .pending)
  }
}
