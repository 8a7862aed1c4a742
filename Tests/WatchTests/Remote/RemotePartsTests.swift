import Alerting
import Incidents
import Metrics
import Testing
import Values

@testable import Watch

@Suite struct RemotePartsTests {
  private static let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func at(_ seconds: Int64) -> Moment { Moment(Self.start + .seconds(seconds)) }

  // MARK: Backoff and health

  @Test(
    arguments: [
      (1, 0.0, 500), (1, 1.0, 1000), (2, 0.5, 1500), (3, 0.0, 2000), (7, 1.0, 60_000), (99, 0.0, 30_000),
      (0, 1.0, 1000), (1, .nan, 500), (1, 9.0, 1000),
    ] as [(Int, Double, Int64)])
  func delaysDoubleUpToAMinuteAndHalfIsChance(_ failures: Int, _ jitter: Double, _ milliseconds: Int64) {
    #expect(Backoff().delay(after: failures, jitter: jitter) == .milliseconds(milliseconds))
  }

  @Test func aServerIsGivenThePatienceItAsksForUpToALimit() {
    #expect(Backoff().delay(after: 1, jitter: 1, asked: .seconds(30)) == .seconds(30))
    #expect(Backoff().delay(after: 9, jitter: 1, asked: .seconds(30)) == .minutes(1))
    #expect(Backoff().delay(after: 1, jitter: 1, asked: .days(1)) == .minutes(10))
  }

  @Test func whatFailsTogetherCountsOnce() {
    var health = RemoteHealth()
    let failure = RemoteFailure(.unreachable, "cannot be reached: x")
    let first = health.fail(failure, sent: at(0).uptime, at: at(1), jitter: 1)
    let second = health.fail(failure, sent: at(0).uptime, at: at(1), jitter: 1)
    #expect(first && !second && health.failures == 1)
    #expect(!health.mayAsk(at: at(1)) && health.mayAsk(at: at(2)))
    let third = health.fail(failure, sent: at(2).uptime, at: at(3), jitter: 1)
    #expect(!third && health.failures == 2 && !health.mayAsk(at: at(4)) && health.mayAsk(at: at(5)))
    #expect(health.since == at(1).wall && health.lastSuccess == nil)
    let back = health.succeed(at: at(6))
    let again = health.succeed(at: at(7))
    #expect(back && !again && health.failure == nil && health.failures == 0 && health.since == at(6).wall)
  }

  // MARK: Reported alerts

  private func alert(_ name: String, _ state: AlertState = .firing, since: Int64 = 0) -> ReportedAlert {
    ReportedAlert(
      labels: Labels(["alertname": name]), state: state, activeAt: Self.start + .seconds(since), value: 1)
  }

  @Test func alertsFireOnceAndEndWhenTheListLacksThem() {
    var reported = ReportedAlerts()
    reported.resume(at: at(0))
    var (fired, resolved) = reported.take([alert("A"), alert("B", .pending)], at: at(1))
    #expect(fired.map(\.name) == ["A"] && resolved.isEmpty)
    (fired, resolved) = reported.take([alert("A"), alert("B", since: 1)], at: at(2))
    #expect(fired.map(\.name) == ["B"] && resolved.isEmpty)
    (fired, resolved) = reported.take([alert("B", since: 1)], at: at(3))
    #expect(fired.isEmpty && resolved.map(\.name) == ["A"])
    // With the beginning that has ended already it is another one, or the journal would take it for the same.
    (fired, resolved) = reported.take([alert("A"), alert("B", since: 1)], at: at(4))
    #expect(fired.map(\.activeAt) == [at(4).wall] && resolved.isEmpty)
    (fired, resolved) = reported.take([alert("A"), alert("B", since: 9)], at: at(9))
    #expect(fired.map(\.name) == ["B"] && resolved.map(\.name) == ["B"])
  }

  @Test func afterASilenceWhatIsMissingIsNotOver() {
    var reported = ReportedAlerts()
    _ = reported.take([alert("A"), alert("B")], at: at(0))
    reported.resume(at: at(100))
    var (fired, resolved) = reported.take([alert("B", .pending, since: 100)], at: at(100))
    #expect(fired.isEmpty && resolved.isEmpty)
    #expect(reported.all.map(\.isConfirmed) == [false, false])
    #expect(reported.all.map(\.alert.state) == [.firing, .firing])
    (fired, resolved) = reported.take([alert("A", since: 120)], at: at(200))
    #expect(fired.isEmpty && resolved.isEmpty && reported.all.map(\.isConfirmed) == [true, false])
    (fired, resolved) = reported.take([alert("A", since: 120)], at: at(401))
    #expect(fired.isEmpty && resolved.map(\.name) == ["B"])
  }

  // MARK: Telling

  private func firing(_ name: String, since: Int64 = 0, interval: Span = .seconds(15)) -> AlertRelay.Firing {
    AlertRelay.Firing(
      labels: Labels(["alertname": name]), annotations: [:], since: Self.start + .seconds(since),
      interval: interval)
  }

  private func names(_ alerts: [PostableAlert]) -> [String?] { alerts.map { $0.labels["alertname"] } }

  @Test func firingIsSentEachMinuteAndResolvedForAQuarterOfAnHour() {
    var relay = AlertRelay()
    relay.update([firing("A"), firing("B", interval: .minutes(2))], at: at(0))
    let first = relay.take(at: at(0))
    #expect(names(first) == ["A", "B"] && first.map(\.startsAt) == [at(0).wall, at(0).wall])
    #expect(
      first.map(\.endsAt) == [at(240).wall, at(480).wall], "four times the longer of interval and delay")
    #expect(relay.take(at: at(0)).isEmpty && relay.nextDeadline == nil, "on its way")
    relay.settle(first.map(\.labels), isTaken: true)
    #expect(relay.take(at: at(59)).isEmpty && relay.nextDeadline == at(60).uptime)
    let second = relay.take(at: at(60))
    #expect(names(second) == ["A", "B"] && second.first?.endsAt == at(300).wall)
    relay.settle(second.map(\.labels), isTaken: true)

    relay.update([firing("B", interval: .minutes(2))], at: at(70))
    let end = relay.take(at: at(70))
    #expect(names(end) == ["A"] && end.first?.endsAt == at(70).wall && end.first?.startsAt == at(0).wall)
    relay.settle(end.map(\.labels), isTaken: true)
    relay.update([], at: at(80))
    let other = relay.take(at: at(80))
    #expect(names(other) == ["B"])
    relay.settle(other.map(\.labels), isTaken: true)
    let repeated = relay.take(at: at(130))
    #expect(names(repeated) == ["A"] && repeated.first?.endsAt == at(70).wall)
    relay.settle(repeated.map(\.labels), isTaken: true)
    #expect(names(relay.take(at: at(70 + 900))) == ["B"], "A is forgotten after a quarter of an hour")
  }

  @Test func whatWasNotTakenIsDueAgainAndWhatWasNeverToldNeedsNoEnd() {
    var relay = AlertRelay()
    relay.update([firing("A")], at: at(0))
    relay.update([], at: at(1))
    #expect(relay.take(at: at(1)).isEmpty && relay.nextDeadline == nil)
    relay.update([firing("A", since: 2)], at: at(2))
    let sent = relay.take(at: at(2))
    relay.settle(sent.map(\.labels), isTaken: false)
    #expect(names(relay.take(at: at(3))) == ["A"])
    // It ends, and begins anew, while it is on its way.
    relay.update([], at: at(4))
    relay.settle(sent.map(\.labels), isTaken: true)
    #expect(relay.take(at: at(4)).first?.endsAt == at(4).wall)
    relay.update([firing("A", since: 5)], at: at(5))
    relay.settle(sent.map(\.labels), isTaken: true)
    #expect(relay.take(at: at(5)).first?.startsAt == at(5).wall)
  }

  @Test func oneRequestHasAtMostABatch() {
    var relay = AlertRelay()
    relay.update((0..<300).map { firing("A\($0)") }, at: at(0))
    #expect(relay.take(at: at(0)).count == 256 && relay.take(at: at(0)).count == 44)
  }

  // MARK: Silences

  @Test func whatMarksASilenceNamesJournalSystemAndKey() {
    let shared = SharedSilences(system: "nova-rms", origin: "9f3a61c2d4")
    func key(_ comment: String) -> String? {
      shared.key(
        of: ReportedSilence(id: "i", state: .active, comment: comment, start: Self.start, end: Self.start))
    }
    #expect(key("why [midwatch 9f3a61c2 nova-rms SIL-3]") == "SIL-3")
    #expect(key("[midwatch 9f3a61c2 nova-rms SIL-1] [midwatch 9f3a61c2 nova-rms SIL-2]") == "SIL-2")
    for foreign in [
      "why", "why [midwatch 00000000 nova-rms SIL-3]", "why [midwatch 9f3a61c2 other SIL-3]",
      "why [midwatch 9f3a61c2 nova-rms SIL-3] edited", "[midwatch 9f3a61c2 nova-rms ]",
    ] {
      #expect(key(foreign) == nil, "\(foreign)")
    }
  }
}
