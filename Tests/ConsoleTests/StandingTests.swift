import Terminal
import Testing
import Values
import Watch

/// Endpoints whose state is not their own: blocked, flapping, out of our reach.
struct StandingTests {
  private static var blocked: SystemSnapshot {
    var ensei = Fixture.ensei
    ensei.alerts = []
    for index in ensei.endpoints.indices {
      ensei.endpoints[index].state = .up
      ensei.endpoints[index].reason = nil
    }
    if ensei.endpoints.indices.contains(2) {
      ensei.endpoints[0].state = .blocked
      ensei.endpoints[0].blockedBy = "postgres"
      ensei.endpoints[0].reason = "status 503"
      ensei.endpoints[0].since = Fixture.now - .minutes(3)
      ensei.endpoints[1].flapping = EndpointRow.Flapping(changes: 6, within: .minutes(10))
      ensei.endpoints[2].state = .down
      ensei.endpoints[2].reason = "connection refused by 127.0.0.1:5432"
      ensei.endpoints[2].flapping = EndpointRow.Flapping(changes: 5, within: .minutes(10))
      ensei.endpoints[2].since = Fixture.now - .minutes(4)
    }
    return ensei
  }

  private static var suspended: SystemSnapshot {
    var ensei = blocked
    ensei.suspension = SuspensionRow(
      cause: .connection, since: Fixture.now - .minutes(7), known: Fixture.now - .minutes(8),
      reason: "no route to 192.0.2.1")
    return ensei
  }

  @Test(arguments: GoldenTests.sizes) func blockedAndFlapping(_ size: Size) throws {
    let player = try Player(size: size, snapshots: [Self.blocked], journal: TestJournal())
    try expectGolden(player.frame, "dashboard-blocked")
  }

  @Test(arguments: GoldenTests.sizes) func ourOwnConnectionIsGone(_ size: Size) throws {
    let player = try Player(size: size, snapshots: [Self.suspended], journal: TestJournal())
    try expectGolden(player.frame, "dashboard-suspended")
  }
}
