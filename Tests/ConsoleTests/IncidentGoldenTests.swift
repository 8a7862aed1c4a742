import Incidents
import Playbooks
import Terminal
import Testing
import Values
import Watch

@testable import Console

/// Screen 3 and its hand-over as text, looked at by eye before they were committed.
@Suite struct IncidentGoldenTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  /// Twelve minutes in: described, linked, with tasks, a decision, a run half done and an update that went out.
  static func night(_ size: Size) throws -> Player {
    var player = try Player(size: size)
    player.press("a", "i", "Enter")
    player.wait(.seconds(20))
    player.press("p", "Space", "Space")
    player.wait(.seconds(15))
    player.press("3", "e", "Tab")
    player.type("nobody can buy packs, about 7 % of purchases failed")
    player.press("Tab")
    player.type("health, metrics")
    player.press("Enter")
    player.press("t")
    player.type("check the Firestore status page @ops2 10m")
    player.press("Enter", "t")
    player.type("call the vendor")
    player.press("Enter")
    player.press("d")
    player.type("no rollback before the vendor answers")
    player.press("Tab")
    player.type("none")
    player.press("Enter")
    player.press("m", "j", "Enter")
    player.wait(.seconds(40))
    return player
  }

  /// A second, smaller trouble of another system beside it.
  static func two(_ size: Size) throws -> Player {
    var player = try night(size)
    player.press("Esc", "1", "j", "i", "Enter")
    player.wait(.seconds(40))
    return player
  }

  @Test(arguments: sizes) func theNight(_ size: Size) throws {
    var player = try Self.night(size)
    player.press("Esc")
    player.wait(.seconds(6))
    try expectGolden(player.frame, "incident-night")
  }

  @Test(arguments: sizes) func handOver(_ size: Size) throws {
    var player = try Self.night(size)
    player.press("Esc", "h")
    player.wait(.seconds(6))
    try expectGolden(player.frame, "hand-over")
  }

  @Test(arguments: sizes) func secondOfTwo(_ size: Size) throws {
    try expectGolden(Self.two(size).frame, "incident-second")
  }

  @Test(arguments: sizes) func whichIsInFocus(_ size: Size) throws {
    var player = try Self.two(size)
    player.press("I")
    try expectGolden(player.frame, "incident-focus")
  }

  @Test(arguments: sizes) func links(_ size: Size) throws {
    var player = try Self.two(size)
    player.press("m")
    try expectGolden(player.frame, "incident-links")
  }

  @Test(arguments: sizes) func describe(_ size: Size) throws {
    var player = try Self.night(size)
    player.press("Esc", "e", "Tab", "Tab")
    try expectGolden(player.frame, "incident-describe")
  }

  @Test(arguments: sizes) func task(_ size: Size) throws {
    var player = try Self.night(size)
    player.press("Esc", "Tab", "Enter")
    try expectGolden(player.frame, "incident-task")
  }

  // MARK: - Comms

  @Test(arguments: sizes) func sending(_ size: Size) throws {
    var player = try Player.withUpdate(size)
    player.press("A")
    player.wait(.seconds(6))
    player.press("Enter")
    try expectGolden(player.frame, "sending")
  }

  @Test(arguments: sizes) func deliveries(_ size: Size) throws {
    var player = try Player.withUpdate(size)
    player.press("A", "Enter", "Space", "Down", "Space", "Enter", "5")
    try expectGolden(player.frame, "sending-nowhere")
    player.press("Space", "Down", "Space", "Up", "Up", "Space", "Enter")
    let places = ["status-page", "mail", "team"].map { "ensei-packs/\($0)/D-1" }
    try player.finish(places[0], .sent(receipt: "201 p31zjtct2jer", remoteID: "p31zjtct2jer"))
    try player.finish(places[1], .failed(reason: "550 no such mailbox"))
    player.wait(.seconds(7))
    player.press("5", "Tab")
    try expectGolden(player.frame, "deliveries")
  }
}
