import Foundation
import Incidents
import Retro
import Terminal
import Testing
import Values

@testable import Console

/// Screen 7 as text, looked at by eye before it was committed.
@Suite struct TimelineGoldenTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  private func expect(_ player: Player, _ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().path
    try expectGolden(player.frame, "retro-\(name)", file: folder)
  }

  @Test(arguments: sizes) func incidents(_ size: Size) throws {
    try expect(RetroFixture.player(size), "incidents")
  }

  @Test(arguments: sizes) func events(_ size: Size) throws {
    var player = try RetroFixture.player(size)
    player.press("v")
    try expect(player, "events")
    player.press("k", "k", "k", "k", "+", "+")
    try expect(player, "events-day")
  }

  @Test(arguments: sizes) func filter(_ size: Size) throws {
    var player = try RetroFixture.player(size)
    player.press("v", "/")
    player.type("kind:alert urgency:high")
    try expect(player, "filter")
    player.press("Esc", "k", "k", "*", "/")
    player.type("kind:alert system:ensei-packs error")
    player.press("Enter")
    player.wait(.seconds(6))
    try expect(player, "filtered")
  }

  @Test(arguments: sizes) func preview(_ size: Size) throws {
    var player = try RetroFixture.player(size)
    player.press("v", "v")
    try expect(player, "preview")
  }

  @Test(arguments: sizes) func figures(_ size: Size) throws {
    var player = try RetroFixture.player(size)
    player.press("M")
    try expect(player, "figures")
  }

  @Test(arguments: sizes) func comparison(_ size: Size) throws {
    var player = try RetroFixture.player(size)
    player.press("c")
    try expect(player, "compare")
    player.press("Enter")
    try expect(player, "compared")
  }

  @Test(arguments: sizes) func nothing(_ size: Size) throws {
    var player = try Player(size: size, journal: TestJournal())
    player.press("7")
    try expect(player, "nothing")
    player.press("v")
    try expect(player, "nothing-happened")
  }
}
