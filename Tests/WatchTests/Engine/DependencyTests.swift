import Incidents
import Probes
import Systems
import Testing
import Values
import Watch

/// What fails because of something else is blocked by it, whoever was polled first.
struct DependencyTests {
  /// `page` depends on `api`, and that on `database`.
  private static func system(api: String = "", page: String = "") -> String {
    """
    title: Shop
    every: 10s
    endpoints:
      database: {tcp: "127.0.0.1:1"}
      api: {http: "http://127.0.0.1:1/api", depends_on: [database]\(api)}
      page: {http: "http://127.0.0.1:1/", depends_on: [api]\(page)}
    """
  }

  private static let rules = "groups: []\n"

  private static func player(_ system: String = system()) throws -> Player {
    var player = Player()
    player.load(try Player.folder(system: system, rules: rules))
    return player
  }

  private static func answers(down: Set<String>) -> (Endpoint, Instant) -> Observation? {
    { endpoint, now in
      down.contains(endpoint.name)
        ? Answers.down(endpoint, now) : Observation(endpoint: endpoint.name, at: now, took: .milliseconds(5))
    }
  }

  private static func row(_ player: Player, _ name: String) throws -> EndpointRow {
    try #require(player.watch.snapshots(at: player.now).first?.endpoints.first { $0.name == name })
  }

  /// Answers one poll that is under way.
  private static func tell(_ player: inout Player, _ name: String, down: Set<String>, at: Instant? = nil)
    throws
  {
    let folder = try Player.folder(system: system(), rules: rules)
    let endpoint = try #require(folder.endpoints.first { $0.name == name })
    let answer = try #require(answers(down: down)(endpoint, at ?? player.now))
    player.tell(.observed(system: "shop", answer))
  }

  @Test func whatDependsOnWhatIsDownIsBlockedAndDoesNotPage() throws {
    var player = try Self.player()
    player.pass(.seconds(25), answer: Self.answers(down: []))
    _ = player.take()
    player.pass(.minutes(3), answer: Self.answers(down: ["database", "api", "page"]))
    let after = player.take()
    #expect(after.changes.sorted() == ["api blocked", "database down", "page blocked"])
    #expect(after.fired.map { $0.labels["endpoint"] } == ["database"])
    let blocked = after.records.flatMap(\.endpoints).filter { $0.to == "blocked" }
    #expect(blocked.allSatisfy { $0.blockedBy == "database" && $0.reason == "connection refused" })
    let page = try Self.row(player, "page")
    #expect(page.state == .blocked && page.blockedBy == "database")
    let values = player.watch.store(of: "shop").map { store in
      store.select([]).compactMap { id -> Double? in
        let labels = store.labels(of: id)
        guard labels?["__name__"] == "probe_success", labels?["job"] == "page" else { return nil }
        return store.last(of: id)?.v
      }
    }
    #expect(values == [0], "rules see what is")
  }

  @Test func aParentIsAskedBeforeItsChildGoesDown() throws {
    var player = try Self.player()
    player.pass(.seconds(25), answer: Self.answers(down: []))
    // Every poll that comes is left open but those of the page.
    player.pass(.seconds(10))
    _ = player.take()
    try Self.tell(&player, "database", down: [], at: player.now - .seconds(9))
    try Self.tell(&player, "api", down: [], at: player.now - .seconds(9))
    try Self.tell(&player, "page", down: ["page"], at: player.now - .seconds(2))
    let asked = player.take()
    #expect(asked.changes.isEmpty, "nobody knows yet whose fault it is")
    #expect(Set(asked.polls) == ["api", "database"])
    try Self.tell(&player, "api", down: ["api"])
    #expect(player.take().changes.isEmpty, "the database may explain both")
    try Self.tell(&player, "database", down: ["database"])
    #expect(player.take().changes == ["database down", "api blocked", "page blocked"])
  }

  @Test func aParentThatAnswersLeavesTheFaultWithItsChild() throws {
    var player = try Self.player()
    player.pass(.seconds(25), answer: Self.answers(down: []))
    player.pass(.minutes(1), answer: Self.answers(down: ["page"]))
    let after = player.take()
    #expect(after.changes.contains("page down"))
    #expect(after.fired.map { $0.labels["endpoint"] } == ["page"])
  }

  @Test func aParentThatSaysNothingIsNotWaitedForForEver() throws {
    var player = try Self.player()
    player.pass(.seconds(25), answer: Self.answers(down: []))
    _ = player.take()
    player.pass(.seconds(20)) { endpoint, now in
      endpoint.name == "page" ? Answers.down(endpoint, now) : nil
    }
    #expect(player.take().changes == ["page down"])
  }

  @Test func aChildThatWasDownFirstBecomesBlocked() throws {
    var player = try Self.player()
    player.pass(.seconds(25), answer: Self.answers(down: []))
    player.pass(.seconds(60), answer: Self.answers(down: ["page"]))
    _ = player.take()
    player.pass(.seconds(60), answer: Self.answers(down: ["page", "database", "api"]))
    let after = player.take()
    #expect(after.changes.sorted() == ["api blocked", "database down", "page blocked"])
    #expect(after.resolved.isEmpty, "what fired is not over")
    let alert = player.watch.snapshots(at: player.now).first?.alerts.first {
      $0.identity.labels["endpoint"] == "page"
    }
    #expect(alert?.inhibitedBy != nil)
  }

  @Test func aChildIsPolledAnewOnceItsParentIsUp() throws {
    var player = try Self.player(Self.system(page: ", failures: 3"))
    player.pass(.seconds(25), answer: Self.answers(down: []))
    player.pass(.minutes(1), answer: Self.answers(down: ["database", "api", "page"]))
    _ = player.take()
    player.pass(.seconds(9))
    // Everything is under way now; what the page says is of before its parents came back.
    try Self.tell(&player, "database", down: [])
    #expect(player.take().changes == ["database up"])
    try Self.tell(&player, "api", down: ["api"])
    #expect(player.take().changes.isEmpty, "it was asked before")
    try Self.tell(&player, "api", down: [])
    #expect(player.take().changes == ["api up"])
    #expect(try Self.row(player, "page").state == .blocked)
    try Self.tell(&player, "page", down: ["page"])
    let again = player.take()
    #expect(again.changes.isEmpty && again.polls == ["page"])
    try Self.tell(&player, "page", down: [])
    #expect(player.take().changes == ["page up"])
  }

  @Test func aChildThatIsStillDownIsDownByItself() throws {
    var player = try Self.player()
    player.pass(.seconds(25), answer: Self.answers(down: []))
    player.pass(.minutes(1), answer: Self.answers(down: ["database", "api", "page"]))
    _ = player.take()
    player.pass(.minutes(1), answer: Self.answers(down: ["page"]))
    let after = player.take()
    #expect(after.changes.sorted() == ["api up", "database up", "page down"])
    #expect(after.fired.map { $0.labels["endpoint"] } == ["page"])
  }

  @Test func circlesAndUnknownNamesAreMistakesWithTheirPlaces() {
    let text = """
      title: Shop
      endpoints:
        a: {http: "http://127.0.0.1:1/", depends_on: [b]}
        b: {http: "http://127.0.0.1:2/", depends_on: [a]}
        c: {http: "http://127.0.0.1:3/", depends_on: [databse]}
        databases: {http: "http://127.0.0.1:4/"}
      """
    let (_, problems) = SystemFolder.load(
      Folder(name: "shop", files: ["system.yaml": text]), environment: [:])
    let told = problems.map(\.description)
    #expect(
      told.contains { $0.hasPrefix("system.yaml:3:49") && $0.contains("the endpoint a depends on itself") })
    #expect(
      told.contains { $0.hasPrefix("system.yaml:4:49") && $0.contains("the endpoint b depends on itself") })
    #expect(told.contains { $0.hasPrefix("system.yaml:5:49") && $0.contains("\"databse\"") })
  }
}
