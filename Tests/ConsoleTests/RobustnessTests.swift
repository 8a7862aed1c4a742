import Terminal
import TestSupport
import Testing
import Values
import Watch

@testable import Console

/// Whatever is pressed, at whatever size: no trap, and a frame of the size that was told.
@Suite struct RobustnessTests {
  private static let keys: [Key] =
    "?:/nqaisupryzfjkgGSNtovwePdDEJxF*-[]1234567 bd\"{@".map { Key.character($0) }
    + [
      .enter, .escape, .tab, .backtab, .backspace, .delete, .up, .down, .left, .right, .pageUp, .pageDown,
      .home,
      .end, .ctrl("u"), .ctrl("l"), .ctrl("z"), .alt("b"), .function(3), .paste("two\nlines ✖ 日本"), .unknown,
      .insert,
    ]

  @Test(arguments: 1...12) func randomKeysAtRandomSizes(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var player = try Player()
    for _ in 0..<160 {
      switch Int.random(in: 0..<12, using: &random) {
      case 0:
        let size = Size(
          width: Int.random(in: 0...140, using: &random), height: Int.random(in: 0...50, using: &random))
        player.receive(.resized(size))
      case 1: player.wait(.seconds(Int64.random(in: 0...900, using: &random)))
      case 2:
        var snapshot =
          [Fixture.ensei, Fixture.nova, Fixture.jamble].randomElement(using: &random) ?? Fixture.ensei
        if Bool.random(using: &random) { snapshot.alerts = [] }
        if Bool.random(using: &random) { snapshot.endpoints.reverse() }
        player.receive(.snapshot(snapshot))
      default: player.receive(.key(Self.keys.randomElement(using: &random) ?? .escape))
      }
      let frame = player.frame
      #expect(frame.size == player.console.size)
      if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor) || frame.bounds.isEmpty) }
    }
  }

  @Test func everyScreenAtEverySize() throws {
    var player = try Player()
    player.press("a", "i", "Enter", "p", "Space", "Space", "u", "Enter")
    for digit in ["1", "2", "3", "4", "5", "7"] {
      player.press(digit)
      for width in stride(from: 0, through: 140, by: 7) {
        for height in stride(from: 0, through: 50, by: 5) {
          let size = Size(width: width, height: height)
          player.receive(.resized(size))
          #expect(player.frame.size == size)
        }
      }
      player.receive(.resized(Size(width: 100, height: 30)))
    }
  }
}
