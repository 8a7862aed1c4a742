import Foundation
import Incidents
import Probes
import Systems
import Testing
import Values
import Watch

/// Silences, maintenance and inhibition as the engine sees them, by literal events.
@Suite struct MutingTests {
  private static let rules = """
    groups:
      - name: shop
        rules:
          - {alert: DatabaseDown, expr: database_up == 0, labels: {severity: page}}
          - {alert: QueueBacklog, expr: queue_depth > 200, labels: {severity: warning}}
          - {alert: Flaky, expr: flaky > 0, keep_firing_for: 40s, labels: {severity: info}}
    """

  private static func system(_ more: String) -> String {
    """
    title: Shop
    every: 10s
    endpoints:
      health: {http: "http://127.0.0.1:1/health"}
      metrics: {scrape: "http://127.0.0.1:1/metrics", level: off}
    \(more)
    """
  }

  private static let inhibits = """
    inhibit_rules:
      - {source_matchers: [alertname = DatabaseDown], target_matchers: [alertname = QueueBacklog]}
    """

  private static func page(_ text: String) -> (Endpoint, Instant) -> Observation? {
    { endpoint, now in Answers.up(endpoint, now, page: text) }
  }

  private static func row(_ player: Player, _ rule: String) throws -> AlertRow {
    try #require(player.rows.first { $0.identity.rule == rule })
  }

  @Test func inhibitionFollowsWhatFiresNow() throws {
    var player = Player()
    player.load(try Player.folder(system: Self.system(Self.inhibits), rules: Self.rules))
    player.pass(.seconds(30), answer: Self.page("queue_depth 300\n"))
    #expect(player.take().fired.map(\.mutedBy) == [nil])
    #expect(try Self.row(player, "QueueBacklog").isMuted == false)
    player.pass(.seconds(30), answer: Self.page("queue_depth 300\ndatabase_up 0\n"))
    #expect(try Self.row(player, "QueueBacklog").inhibitedBy == "DatabaseDown")
    #expect(try Self.row(player, "DatabaseDown").isMuted == false)
    player.pass(.seconds(30), answer: Self.page("queue_depth 300\ndatabase_up 1\n"))
    #expect(try Self.row(player, "QueueBacklog").isMuted == false, "its source is over")
  }

  @Test func whatMutesAnAlertThatBeginsToFireIsRecordedWithIt() throws {
    var player = Player()
    player.load(try Player.folder(system: Self.system(Self.inhibits), rules: Self.rules))
    player.pass(.seconds(30), answer: Self.page("database_up 0\n"))
    _ = player.take()
    player.pass(.seconds(30), answer: Self.page("database_up 0\nqueue_depth 300\n"))
    #expect(player.take().fired.map(\.mutedBy) == ["inhibited by DatabaseDown"])
  }

  /// The source's group is evaluated after the target's: what it inhibits must not be heard in between.
  @Test func afterAStartNothingIsHeardBeforeItsInhibitorsAreEvaluated() throws {
    let rules = """
      groups:
        - name: fast
          interval: 1s
          rules: [{alert: QueueBacklog, expr: queue_depth > 200}]
        - name: slow
          interval: 30s
          rules: [{alert: DatabaseDown, expr: database_up == 0}]
      """
    var player = Player()
    player.load(try Player.folder(system: Self.system(Self.inhibits), rules: rules))
    var heard: [String] = []
    for _ in 0..<400 {
      player.pass(.milliseconds(250), answer: Self.page("database_up 0\nqueue_depth 300\n"))
      heard += player.rows.filter { $0.state == .firing && !$0.isMuted }.map(\.identity.rule)
    }
    #expect(Set(heard) == ["DatabaseDown"], "the backlog was heard")
    #expect(try Self.row(player, "QueueBacklog").inhibitedBy == "DatabaseDown")
  }

  @Test func nobodyWaitsForeverForASeldomRule() throws {
    let rules = """
      groups:
        - {name: fast, interval: 1s, rules: [{alert: QueueBacklog, expr: queue_depth > 200}]}
        - {name: slow, interval: 1h, rules: [{alert: DatabaseDown, expr: database_up == 0}]}
      """
    var player = Player()
    player.load(try Player.folder(system: Self.system(Self.inhibits), rules: rules))
    player.pass(.seconds(90), answer: Self.page("queue_depth 300\n"))
    #expect(try Self.row(player, "QueueBacklog").isMuted == false)
  }

  @Test func aRestartKeepsWhatInhibits() throws {
    var before = Player()
    let folder = try Player.folder(system: Self.system(Self.inhibits), rules: Self.rules)
    before.load(folder)
    before.pass(.seconds(40), answer: Self.page("database_up 0\nqueue_depth 300\n"))
    let alerts = try before.take().fired.enumerated().map { index, fact in
      var alert = Alert(key: fact.identity.key)
      alert.apply(try Self.event(fact, seq: index, at: before.now))
      return alert
    }
    #expect(alerts.count == 2)
    var after = Player(at: before.now + .seconds(5))
    after.load(folder, firing: alerts)
    #expect(try Self.row(after, "QueueBacklog").inhibitedBy == "DatabaseDown", "before anything is evaluated")
  }

  @Test func maintenanceCoversItsEndpointsForItsTimeAndIsRecorded() throws {
    let window = """
      maintenance:
        - {title: Patch night, at: "\((Player.start + .minutes(1)).rfc3339)", for: 2m, endpoints: [health]}
      """
    var player = Player()
    player.tell(.watched(true))
    player.load(try Player.folder(system: Self.system(window), rules: Self.rules))
    #expect(player.take().maintenance == [[]])
    func answer(_ endpoint: Endpoint, _ now: Instant) -> Observation? {
      endpoint.name == "health"
        ? Answers.down(endpoint, now) : Answers.up(endpoint, now, page: "queue_depth 300\n")
    }
    player.pass(.seconds(59), answer: Answers.queue(300))
    let upcoming = try #require(player.watch.snapshots(at: player.now).first?.maintenance.first)
    #expect(!upcoming.isHeld && upcoming.start == Player.start + .minutes(1))
    _ = player.take()
    player.pass(.seconds(31), answer: answer)
    let began = player.take()
    #expect(began.maintenance == [["Patch night"]])
    #expect(began.changes == ["health maintenance"])
    #expect(began.fired.filter { $0.rule == "EndpointDown" }.map(\.mutedBy) == ["maintenance Patch night"])
    #expect(try Self.row(player, "EndpointDown").mutings.first?.until == Player.start + .minutes(3))
    #expect(try Self.row(player, "QueueBacklog").isMuted == false, "another endpoint's")
    let health = try #require(
      player.watch.snapshots(at: player.now).first?.endpoints.first { $0.name == "health" })
    #expect(health.state == .maintenance)
    #expect(health.reason == "Patch night until 03:03Z")
    player.pass(.seconds(91), answer: answer)
    let ended = player.take()
    #expect(ended.maintenance == [[]])
    #expect(ended.changes == ["health down"])
    #expect(try Self.row(player, "EndpointDown").isMuted == false, "it is heard again")
  }

  @Test func maintenanceOfASystemOrOfMatchersCoversThem() throws {
    for (more, muted) in [
      ("", ["DatabaseDown", "QueueBacklog"]), (", matchers: ['severity = page']", ["DatabaseDown"]),
    ] {
      let window = """
        maintenance:
          - {title: Drill, at: "\(Player.start.rfc3339)", for: 10m\(more)}
        """
      var player = Player()
      player.load(try Player.folder(system: Self.system(window), rules: Self.rules))
      player.pass(.seconds(30), answer: Self.page("queue_depth 300\ndatabase_up 0\n"))
      #expect(player.rows.filter(\.isMuted).map(\.identity.rule).sorted() == muted)
    }
  }

  @Test func anEditedFolderEndsItsWindow() throws {
    let window = "maintenance: [{title: Drill, at: \"\(Player.start.rfc3339)\", for: 10m}]"
    var player = Player()
    player.load(try Player.folder(system: Self.system(window)))
    #expect(player.take().maintenance == [["Drill"]])
    player.load(try Player.folder(system: Self.system("")))
    let took = player.take()
    #expect(took.maintenance == [[]])
    #expect(took.changes == ["health unknown", "metrics unknown"])
  }

  @Test func aSilenceIsSeenToBeginAndToEndWithoutAnybodySayingSo() throws {
    var player = Player()
    player.tell(.watched(true))
    player.load(try Player.folder(rules: Self.rules))
    player.pass(.seconds(30), answer: Self.page("queue_depth 300\n"))
    let fact = SilenceSet(
      silence: "SIL-1", system: "shop", matchers: ["alertname=~\"Queue.*\""],
      start: player.now + .seconds(20),
      end: player.now + .seconds(50), comment: "known")
    var silence = Silence(key: "SIL-1")
    silence.apply(try Self.event(fact, seq: 1, at: player.now))
    player.tell(.silences([silence]))
    var seen: [Bool] = []
    for _ in 0..<3 {
      player.pass(.seconds(19), answer: Self.page("queue_depth 300\n"))
      seen.append(try #require(player.take().snapshots.last?.alerts.first).isMuted)
      player.pass(.seconds(2), answer: Self.page("queue_depth 300\n"))
    }
    #expect(seen == [false, true, false])
    let muting = AlertMuting(
      .silence, "SIL-1", since: fact.start, until: fact.end, by: "ops1", reason: "known")
    #expect(try Self.row(player, "QueueBacklog").mutings != [muting])
  }

  @Test func keepFiringForIsToldWithItsEnd() throws {
    var player = Player()
    player.load(try Player.folder(rules: Self.rules))
    player.pass(.seconds(30), answer: Self.page("flaky 1\n"))
    #expect(try Self.row(player, "Flaky").keptUntil == nil)
    player.pass(.seconds(20), answer: Self.page("flaky 0\n"))
    let kept = try #require(try Self.row(player, "Flaky").keptUntil)
    #expect(kept > player.now && kept <= player.now + .seconds(40))
  }

  private static func event(_ fact: any Fact, seq: Int, at instant: Instant) throws -> Event {
    Event(
      origin: "00", seq: Int64(seq), id: "e\(seq)", kind: type(of: fact).kind, version: 1, occurred: instant,
      ended: nil,
      recorded: instant, actor: Actor(handle: "ops1", host: "h", uid: 1), incident: nil, ticket: nil,
      body: try FactCoding.encode(fact))
  }
}

extension [WatchEffect] {
  /// Titles of the windows that hold, each time that was to be recorded.
  fileprivate var maintenance: [[String]] {
    compactMap { if case .recordMaintenance(let act) = $0 { act.current.map(\.window) } else { nil } }
  }
}
