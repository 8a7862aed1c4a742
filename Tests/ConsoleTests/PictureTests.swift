import Foundation
import Terminal
import Testing
import Values

/// The README's picture is drawn from a frame of ours, and is as the console looks now.
///
/// `scripts/picture FILE` runs this with `MIDWATCH_PICTURE=FILE`, which writes the picture instead.
@Suite struct PictureTests {
  @Test func pictureOfTheReadme() throws {
    let picture = try dashboard().svg(theme: .dark)
    if let path = ProcessInfo.processInfo.environment["MIDWATCH_PICTURE"], !path.isEmpty {
      return try picture.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let committed = URL(filePath: #filePath).appending(path: "../../../docs/console.svg").standardized
    #expect(
      try String(contentsOf: committed, encoding: .utf8) == picture,
      "the console looks otherwise now: run `make picture`, look at docs/console.svg and commit it")
  }

  /// One alert pages and has its incident, a playbook is two steps in, and an update was promised.
  private func dashboard() throws -> Frame {
    var player = try Player(size: Size(width: 120, height: 18))
    player.press("a", "i", "Enter")
    player.wait(.seconds(20))
    player.press("p", "Space", "Space")
    player.wait(.seconds(21))
    player.press("1")
    return player.frame
  }
}
