import Probes
import Systems
import Testing
import Values
import Watch

struct FlappingPageTests {
  private static let system = """
    title: Shop
    every: 10s
    endpoints:
      health: {http: "http://127.0.0.1:1/health"}
    """

  /// A minute up, a minute down.
  private static func flap(_ endpoint: Endpoint, _ now: Instant) -> Observation? {
    let minute = (now - Player.start).milliseconds / 60_000
    return minute.isMultiple(of: 2) ? Answers.up(endpoint, now) : Answers.down(endpoint, now)
  }

  @Test func itIsNamedAndPagesNoMore() throws {
    var player = Player()
    player.load(try Player.folder(system: Self.system, rules: "groups: []\n"))
    player.pass(.minutes(5), answer: Self.flap)
    let before = player.take()
    #expect(before.fired.count == 2, "so many it takes to see it")
    player.pass(.minutes(30), answer: Self.flap)
    let during = player.take()
    #expect(during.fired.isEmpty && during.resolved.isEmpty)
    #expect(during.changes.count >= 28, "each change is recorded all the same")
    let row = try #require(player.watch.snapshots(at: player.now).first?.endpoints.first)
    #expect(row.flapping?.words.hasPrefix("flapping, ") ?? false)
    #expect(row.flapping?.words.hasSuffix(" changes in 10m") ?? false)
    player.pass(.minutes(12)) { endpoint, now in Answers.up(endpoint, now) }
    #expect(player.take().resolved.count == 1)
    #expect(player.watch.snapshots(at: player.now).first?.endpoints.first?.flapping == nil)
  }
}
