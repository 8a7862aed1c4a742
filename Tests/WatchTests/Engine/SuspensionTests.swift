import Incidents
import Probes
import Systems
import Testing
import Values
import Watch

/// While our own connection is gone nothing is said of anybody.
struct SuspensionTests {
  private static let system = """
    title: Shop
    every: 10s
    endpoints:
      health: {http: "http://127.0.0.1:1/health"}
      metrics: {scrape: "http://127.0.0.1:1/metrics"}
    connectivity:
      - {tcp: "127.0.0.1:2"}
      - {tcp: "127.0.0.1:3"}
      - {tcp: "127.0.0.1:4"}
    """

  private static let checks: Set<String> = ["connectivity-1", "connectivity-2", "connectivity-3"]

  private static func answers(down: Set<String>) -> (Endpoint, Instant) -> Observation? {
    { endpoint, now in
      if down.contains(endpoint.name) { return Answers.down(endpoint, now) }
      return endpoint.kind == .scrape
        ? Answers.up(endpoint, now, page: "queue_depth 231\n")
        : Observation(endpoint: endpoint.name, at: now, took: .milliseconds(5))
    }
  }

  private static var nothing: (Endpoint, Instant) -> Observation? {
    answers(down: checks.union(["health", "metrics"]))
  }

  private static func player() throws -> Player {
    var player = try begun(answers(down: []))
    player.pass(.seconds(25), answer: answers(down: []))
    return player
  }

  /// With the answers to what was polled at once.
  private static func begun(_ answer: (Endpoint, Instant) -> Observation?) throws -> Player {
    var player = Player()
    player.load(try Player.folder(system: system))
    for case .poll(let poll) in player.effects {
      if let came = answer(poll.endpoint, player.now) { player.tell(.observed(system: "shop", came)) }
    }
    return player
  }

  private static func snapshot(_ player: Player) throws -> SystemSnapshot {
    try #require(player.watch.snapshots(at: player.now).first)
  }

  @Test func nothingIsRecordedAsDownWhileAllChecksFail() throws {
    var player = try Self.player()
    #expect(player.take().changes.sorted() == ["health up", "metrics up"], "checks are no endpoints")
    player.pass(.minutes(20), answer: Self.nothing)
    let gone = player.take()
    #expect(gone.changes.isEmpty && gone.fired.isEmpty && gone.resolved.isEmpty)
    #expect(gone.records.flatMap(\.remotes).map(\.state) == ["failing"])
    #expect(gone.notices.count == 1)
    let snapshot = try Self.snapshot(player)
    #expect(snapshot.endpoints.map(\.name) == ["health", "metrics"])
    #expect(snapshot.endpoints.allSatisfy { $0.state == .up })
    let words = try #require(snapshot.suspension?.words)
    #expect(words.hasPrefix("our own connection is gone since 03:00:"))
    #expect(words.hasSuffix("(connection refused); what is shown is of 03:00Z"))
    player.pass(.seconds(30), answer: Self.answers(down: ["health"]))
    let back = player.take()
    #expect(back.records.flatMap(\.remotes).map(\.state) == ["reachable"])
    #expect(back.changes == ["health down"], "it is polled anew, and that counts")
    #expect(try Self.snapshot(player).suspension == nil)
  }

  @Test func samplesOfFailedPollsAreNotKept() throws {
    var player = try Self.player()
    player.pass(.minutes(2), answer: Self.nothing)
    let store = try #require(player.watch.store(of: "shop"))
    for id in store.select([]) where store.labels(of: id)?["__name__"] == "probe_success" {
      #expect(store.last(of: id)?.v == 1)
      let job: String = store.labels(of: id)?["job"] ?? "none"
      #expect(!job.contains("connectivity"))
    }
  }

  @Test func oneCheckThatAnswersIsEnough() throws {
    var player = try Self.player()
    _ = player.take()
    player.pass(.minutes(1), answer: Self.answers(down: ["connectivity-1", "connectivity-3", "health"]))
    let after = player.take()
    #expect(after.changes == ["health down"])
    #expect(after.fired.contains { $0.labels["endpoint"] == "health" })
    #expect(try Self.snapshot(player).suspension == nil)
  }

  @Test func anAlertNeitherFiresNorEndsMeanwhile() throws {
    var player = try Self.player()
    player.pass(.seconds(30), answer: Self.answers(down: []))
    #expect(player.take().fired.map(\.rule) == ["QueueBacklog"])
    player.pass(.minutes(30), answer: Self.nothing)
    player.pass(.minutes(2), answer: Self.answers(down: []))
    let after = player.take()
    #expect(after.fired.isEmpty && after.resolved.isEmpty)
    #expect(after.changes.isEmpty)
  }

  @Test func atTheStartNobodyIsDownBeforeTheChecksAnswered() throws {
    var player = try Self.begun(Self.nothing)
    player.pass(.minutes(2), answer: Self.nothing)
    #expect(player.take().changes.isEmpty)
    let snapshot = try Self.snapshot(player)
    #expect(snapshot.suspension != nil && snapshot.endpoints.allSatisfy { $0.state == .unknown })
  }

  @Test func afterSleepNobodyIsDownBeforeSomethingAnswers() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(25), answer: Self.answers(down: []))
    _ = player.take()
    player.sleep(.hours(8))
    let both = Self.answers(down: ["health", "metrics"])
    player.pass(.seconds(30), answer: both)
    #expect(player.take().changes.isEmpty, "the network is not back yet")
    #expect(try Self.snapshot(player).suspension?.cause == .sleep)
    player.pass(.seconds(20), answer: Self.answers(down: ["health"]))
    #expect(player.take().changes == ["health down"])
  }

  @Test func afterSleepSilenceIsBelievedInTheEnd() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(25), answer: Self.answers(down: []))
    _ = player.take()
    player.sleep(.hours(8))
    player.pass(.seconds(90), answer: Self.answers(down: ["health", "metrics"]))
    #expect(player.take().changes.sorted() == ["health down", "metrics down"])
  }

  @Test func anEditWithoutChecksEndsIt() throws {
    var player = try Self.player()
    player.pass(.minutes(1), answer: Self.nothing)
    _ = player.take()
    let text = Self.system.split(separator: "\n").prefix(5).joined(separator: "\n")
    player.load(try Player.folder(system: text))
    player.pass(.seconds(30), answer: Self.answers(down: ["health"]))
    #expect(player.take().changes == ["health down"])
  }
}
