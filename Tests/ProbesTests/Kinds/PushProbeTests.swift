import Probes
import Testing
import Values
import Wire

struct PushProbeTests {
  private static let at = Instant(seconds: 1_800_000_000)

  private func endpoint(_ assertions: String...) throws -> Endpoint {
    var endpoint = Endpoint(name: "dump", kind: .push, target: "26h")
    endpoint.detail.silence = .hours(26)
    endpoint.labels = ["tier": "core"]
    endpoint.assertions = try assertions.map { try Assertion($0) }
    return endpoint
  }

  private func pushed(_ body: String, ago: Span, silence: Span? = nil) -> Outcome {
    var response = Response(
      status: 0, headers: [Header("Content-Type", "text/plain; version=0.0.4")], body: Array(body.utf8))
    response.push = PushReceipt(at: Self.at - ago, silence: silence ?? ago)
    return .success(response)
  }

  private func value(_ name: String, _ observation: Observation) -> Double? {
    observation.samples.first { $0.labels.metricName == name }?.value
  }

  @Test func nothingGoesOut() throws {
    #expect(try endpoint().plan() == .pushed(PushedRequest(patience: .hours(26))))
    #expect(try endpoint().instance == "dump")
  }

  @Test func aHeartbeatIsASuccessUntilItIsTooOld() throws {
    let young = try endpoint().judge(pushed("", ago: .hours(26)), at: Self.at)
    #expect(young.isSuccess && young.code == nil)
    #expect(value("push_time_seconds", young) == Self.at.seconds - 26 * 3600)
    #expect(value("probe_success", young) == 1 && value("probe_http_status_code", young) == nil)
    let old = try endpoint().judge(pushed("", ago: .hours(27) + .minutes(3)), at: Self.at)
    #expect(old.reason == "nothing was pushed for 1d03h")
    #expect(value("probe_success", old) == 0)
    #expect(value("push_time_seconds", old) == Self.at.seconds - 27 * 3600 - 180)
  }

  @Test func timeInWhichNobodyListenedIsNoSilence() throws {
    let observation = try endpoint().judge(pushed("", ago: .hours(90), silence: .hours(2)), at: Self.at)
    #expect(observation.isSuccess)
  }

  @Test func whatWasPushedIsSeriesWithTheEndpointsLabels() throws {
    let observation = try endpoint().judge(
      pushed("rows 5\nsize{tier=\"x\"} 7\n", ago: .hours(1)), at: Self.at)
    #expect(observation.isSuccess && observation.scraped == 2)
    #expect(value("rows", observation) == 5)
    let size = observation.samples.first { $0.labels.metricName == "size" }
    #expect(
      size?.labels["tier"] == "core" && size?.labels["exported_tier"] == "x" && size?.labels["job"] == "dump")
    #expect(size?.timestamp == nil)
  }

  @Test func whatIsTooOldEnds() throws {
    let observation = try endpoint().judge(pushed("rows 5\n", ago: .hours(27)), at: Self.at)
    #expect(value("rows", observation) == nil && observation.page == nil)
  }

  @Test func theBodyCanBeAskedFor() throws {
    #expect(
      try endpoint(#"body contains "rows""#).judge(pushed("rows 5\n", ago: .zero), at: Self.at).isSuccess)
    #expect(
      try endpoint(#"body contains "sold""#).judge(pushed("rows 5\n", ago: .zero), at: Self.at).reason != nil)
  }

  @Test func nothingYetIsNeitherUpNorDown() throws {
    let failure = Failure(.unheard, reason: "nothing was pushed yet in 3m")
    let endpoint = try endpoint()
    let observation = endpoint.judge(.failure(failure), at: Self.at)
    #expect(
      observation.verdict == .unheard && observation.samples.isEmpty && observation.reason == failure.reason)
    var monitor = EndpointMonitor(endpoint)
    #expect(monitor.receive(observation, at: Self.at) == nil)
    #expect(monitor.state == .unknown && monitor.lastReason == failure.reason)
    // It is no silence of ours, either.
    #expect(monitor.advance(to: Self.at + .seconds(60)) == nil)
    let first = endpoint.judge(pushed("", ago: .zero), at: Self.at + .seconds(60))
    #expect(monitor.receive(first, at: Self.at + .seconds(60))?.to == .up)
  }

  @Test func silenceFromTheBeginningIsDownInTheEnd() throws {
    let failure = Failure(.timeout, reason: "nothing was pushed since 2026-11-20 03:00:00Z")
    let endpoint = try endpoint()
    var monitor = EndpointMonitor(endpoint)
    let change = monitor.receive(endpoint.judge(.failure(failure), at: Self.at), at: Self.at)
    #expect(change?.to == .down && change?.reason == failure.reason)
  }
}
