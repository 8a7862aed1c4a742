import Host
import Journal
import Probes
import Synchronization
import Testing
import Values
import Watch
import Wire

/// Raw results outlive the engine that polled.
struct ResultKeeperTests {
  private static let endpoint = Endpoint(name: "api", kind: .http, target: "http://127.0.0.1:1/")

  private static func observation(_ at: Instant, _ reason: String? = nil) -> Observation {
    Observation(
      endpoint: "api", at: at, took: .milliseconds(12), reason: reason, code: reason == nil ? 200 : 503)
  }

  private static func results(_ folder: TestFolder, limit: Int = 10_000) throws -> [SampleStore.PollResult] {
    try SampleStore.results(
      in: StateFolder(folder.path + "/state"), of: "shop", endpoint: "api", limit: limit)
  }

  @Test func failuresAreKeptAndSuccessesThinned() throws {
    let folder = try TestFolder()
    #expect(try Self.results(folder).isEmpty)
    let keeper = ResultKeeper(try SampleStore(StateFolder(folder.path + "/state"))) { _ in }
    let now = Clock.now()
    for second in stride(from: Int64(-60), to: 0, by: 5) {
      keeper.note(Self.observation(now + .seconds(second)), of: "shop")
    }
    for second in stride(from: Int64(0), to: 20, by: 5) {
      keeper.note(Self.observation(now + .seconds(second), "status 503"), of: "shop")
    }
    keeper.stop()
    let kept = try Self.results(folder)
    #expect(kept.map { ($0.at - now).milliseconds / 1000 } == [15, 10, 5, 0, -15, -30, -45, -60])
    #expect(kept.first?.reason == "status 503" && kept.first?.code == 503 && kept.first?.phases != nil)
    #expect(kept.last?.reason == nil && kept.last?.took == .milliseconds(12))
  }

  @Test func successesGoAfterAnHourAndFailuresAfterAWeek() throws {
    let folder = try TestFolder()
    let store = try SampleStore(StateFolder(folder.path + "/state"))
    let now = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)
    func result(_ age: Span, _ reason: String? = nil) -> SampleStore.PollResult {
      SampleStore.PollResult(
        system: "shop", endpoint: "api", at: now - age, took: .zero, code: nil, reason: reason)
    }
    let all = [
      result(.minutes(59)), result(.minutes(61)), result(.days(6), "refused"), result(.days(8), "refused"),
    ]
    try store.saveResults(all, at: now, ages: ResultKeeper.ages, limits: ResultKeeper.limits)
    #expect(try Self.results(folder).map { now - $0.at } == [.minutes(59), .days(6)])
    try store.dropResults(at: now + .hours(1), ages: ResultKeeper.ages)
    #expect(try Self.results(folder).map { now - $0.at } == [.days(6)])
  }

  @Test func noEndpointTakesMoreThanItsRoom() throws {
    let folder = try TestFolder()
    let store = try SampleStore(StateFolder(folder.path + "/state"))
    let now = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)
    for batch in 0..<3 {
      let results = (0..<10).map { second in
        SampleStore.PollResult(
          system: "shop", endpoint: "api", at: now + .seconds(Int64(batch * 10 + second)), took: .zero,
          reason: second.isMultiple(of: 2) ? "refused" : nil)
      }
      try store.saveResults(
        results, at: now + .minutes(1), ages: ResultKeeper.ages, limits: (successes: 3, failures: 4))
    }
    let kept = try Self.results(folder).map { ($0.at - now).milliseconds / 1000 }
    #expect(kept == [29, 28, 27, 26, 25, 24, 22])
  }

  @Test func tracesComeBackAfterARestart() throws {
    let folder = try TestFolder()
    let at = Clock.now() - .minutes(5)
    var failures = KeptFailures()
    for (second, reason) in [(0, "refused"), (5, "reset")] {
      let outcome = Outcome.failure(Failure(.refused, reason: reason))
      failures.keep(Self.endpoint.trace(of: outcome, at: at + .seconds(Int64(second))), of: "shop")
    }
    #expect(failures.takeChanged().map(\.endpoint) == ["api"])
    #expect(failures.takeChanged().isEmpty)
    let old = Self.endpoint.trace(of: .failure(Failure(.refused, reason: "old")), at: at - .days(8))
    failures.keep(old, of: "shop")
    let first = ResultKeeper(try SampleStore(StateFolder(folder.path + "/state"))) { _ in }
    first.keep(failures.takeChanged())
    first.stop()
    let heard = Mutex<[String: [ProbeTrace]]>([:])
    let second = ResultKeeper(try SampleStore(StateFolder(folder.path + "/state"))) { traces in
      heard.withLock { $0 = traces }
    }
    second.stop()
    var restored = KeptFailures()
    for (system, traces) in heard.withLock({ $0 }) { restored.restore(traces, of: system) }
    #expect(restored.failures(of: "api", in: "shop").map(\.reason) == ["reset", "refused"])
  }
}
