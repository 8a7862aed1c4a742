import Probes
import Testing
import Values

struct FlappingTests {
  static let start = Instant(seconds: 1_800_000_000)

  @Test func fourChangesInTenMinutesBeginIt() {
    var flapping = Flapping(every: .seconds(30))
    #expect(flapping.window == .minutes(10))
    for minute in [0, 3, 6] {
      flapping.note(at: Self.start + .minutes(Int64(minute)))
      #expect(!flapping.isOn)
    }
    flapping.note(at: Self.start + .minutes(9))
    #expect(flapping.isOn && flapping.count == 4)
    // At 10:00 the first is too old, at 13:00 the second; with one left it is over.
    for (minute, count, isOn) in [(10, 3, true), (13, 2, true), (15, 2, true), (16, 1, false)] {
      flapping.advance(to: Self.start + .minutes(Int64(minute)))
      #expect(flapping.count == count && flapping.isOn == isOn, "\(minute)")
    }
  }

  @Test func threeInTheWindowAreNot() {
    var flapping = Flapping(every: .seconds(30))
    for minute in stride(from: Int64(0), to: 120, by: 4) { flapping.note(at: Self.start + .minutes(minute)) }
    #expect(!flapping.isOn && flapping.count == 3)
  }

  @Test func whereTwentyPollsTakeLongerTheyAreTheWindow() {
    var flapping = Flapping(every: .minutes(5))
    #expect(flapping.window == .minutes(100))
    for minute in [0, 30, 60, 90] { flapping.note(at: Self.start + .minutes(Int64(minute))) }
    #expect(flapping.isOn)
  }

  @Test func changesAheadOfAClockThatWasSetBackAreForgotten() {
    var flapping = Flapping(every: .seconds(30))
    for second in 0..<6 { flapping.note(at: Self.start + .seconds(Int64(second))) }
    #expect(flapping.isOn)
    flapping.advance(to: Self.start - .hours(1))
    #expect(!flapping.isOn && flapping.count == 0)
  }

  /// `.` success, `x` failure, each a minute after the one before.
  @Test(arguments: [
    (1, ".x.x.", 4), (1, ".xxxx", 1), (3, ".x.xx.", 4), (1, "x.", 1), (1, "xx", 0),
  ])
  func aMonitorCountsChangesBetweenUpAndNotUp(failures: Int, results: String, count: Int) {
    var endpoint = Endpoint(name: "api", kind: .http, target: "http://127.0.0.1/")
    endpoint.failures = failures
    var monitor = EndpointMonitor(endpoint)
    for (index, result) in results.enumerated() {
      let at = Self.start + .minutes(Int64(index))
      let observation = Observation(endpoint: "api", at: at, reason: result == "x" ? "refused" : nil)
      _ = monitor.receive(observation, at: at)
    }
    #expect(monitor.flapping.count == count)
    #expect(monitor.flapping.isOn == (count >= 4))
  }

  @Test func whatIsBlockedDoesNotFlap() {
    var monitor = EndpointMonitor(Endpoint(name: "api", kind: .http, target: "http://127.0.0.1/"))
    for index in 0..<8 {
      let at = Self.start + .minutes(Int64(index))
      let reason = index.isMultiple(of: 2) ? nil : "refused"
      _ = monitor.receive(
        Observation(endpoint: "api", at: at, reason: reason), at: at, blockedBy: "database")
    }
    #expect(monitor.flapping.count == 0)
  }
}
