import Desk
import Foundation
import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// Screen 6 as text, looked at by eye before it was committed.
@Suite struct DeskGoldenTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  /// Beside those of the other screens.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path

  private func expect(_ player: Player, _ name: String) throws {
    try expectGolden(player.frame, "tickets-\(name)", file: Self.folder)
  }

  @Test(arguments: sizes) func queue(_ size: Size) throws {
    try expect(DeskFixture.player(size), "queue")
  }

  @Test(arguments: sizes) func whole(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("J", "Enter")
    try expect(player, "whole")
  }

  @Test(arguments: sizes) func incident(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("1", "i", "Enter", "6", "L", "Enter", "J", "L", "Enter")
    try expect(player, "announce")
    player.press("Esc", "l")
    player.wait(.seconds(6))
    try expect(player, "incident")
    player.press("l")
    try expect(player, "linked")
  }

  @Test(arguments: sizes) func filter(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("/")
    player.type("tenant:acme sev:<=2 urgency:high")
    try expect(player, "filter")
  }

  @Test(arguments: sizes) func nothing(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("/")
    player.type("tenant:nobody")
    player.press("Enter")
    try expect(player, "nothing")
    player = try DeskFixture.player(size, journal: Fixture.journal())
    try expect(player, "none")
  }

  @Test(arguments: sizes) func publicReply(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("J", "c")
    player.type("We gave you the second charge back. It takes two days until you see it.")
    try expect(player, "public")
    player.press("Enter")
    try expect(player, "public-confirm")
    player.press("Enter")
    player.wait(.seconds(1))
    try expect(player, "public-sent")
  }

  @Test(arguments: sizes) func internalComment(_ size: Size) throws {
    var player = try DeskFixture.player(size, roles: [])
    player.press("C")
    player.type("asked the bank")
    try expect(player, "internal")
  }

  @Test(arguments: sizes) func state(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("J", "S")
    try expect(player, "state")
  }

  @Test(arguments: sizes) func assign(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("a")
    try expect(player, "assign")
  }

  @Test(arguments: sizes) func bulk(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("Space", "Space", "Space", "S", "Down", "Enter")
    try expect(player, "bulk")
    player.press("Enter")
    try expect(player, "receipts")
  }

  @Test(arguments: sizes) func why(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("w")
    try expect(player, "why")
  }

  @Test(arguments: sizes) func intake(_ size: Size) throws {
    var player = try DeskFixture.player(size)
    player.press("o")
    player.type("Card is refused")
    player.press("Down")
    player.type("customer 6")
    try expect(player, "intake")
  }
}
