import Foundation
import Playbooks
import Terminal
import Testing

@testable import Console

@Suite struct ActionTableTests {
  @Test func noKeyMeansTwoThingsInAScope() {
    var seen: [Action.Scope: [Key: String]] = [:]
    for action in ActionTable.all {
      for key in action.keys {
        if let other = seen[action.scope]?[key] {
          Issue.record("\(key) is both \(other) and \(action.id) in \(action.scope)")
        }
        seen[action.scope, default: [:]][key] = action.id
      }
    }
  }

  @Test func keysOfEverywhereMeanTheSameEverywhere() {
    let fixed = Set("?:/nq[]1234567".map { Key.character($0) } + [.tab, .escape])
    // Only while something is searched does a key mean what hands expect of it there.
    let exempt: Set = ["next-match"]
    for action in ActionTable.all where action.scope != .everywhere && !exempt.contains(action.id) {
      for key in action.keys { #expect(!fixed.contains(key), "\(action.id) takes \(key)") }
    }
  }

  @Test func noActionTakesAKeyThatMovesInLists() {
    let moving = Set("jkgG".map { Key.character($0) } + [.up, .down, .pageUp, .pageDown, .home, .end])
    for action in ActionTable.all {
      for key in action.keys { #expect(!moving.contains(key), "\(action.id) takes \(key)") }
    }
  }

  @Test func idsAreUnique() {
    let ids = ActionTable.all.map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test func readOnlyOffersNoActs() throws {
    var player = try Player(readOnly: true)
    for digit in ["1", "2", "3", "4", "5", "6", "7"] {
      player.press(digit)
      for action in ActionTable.active(in: player.console) {
        #expect(action.weight == .looks, "\(action.id) is offered on screen \(digit)")
      }
    }
    player.press("1")
    player.forget()
    player.press("a", "i", "s", "n")
    #expect(player.asked == [])
    #expect(player.console.shell.overlay == nil)
  }

  @Test func whoOnlyReadsMayFillAndCopyACommand() throws {
    var journal = try Fixture.journal()
    let document = try #require(Fixture.enseiGuide.playbooks.first)
    _ = try journal.perform(
      StartRun(document, system: "ensei-packs", sha256: "aa11"), by: "ops2", at: Fixture.now)
    var player = try Player(journal: journal, readOnly: true)
    player.press("p", "v", "^U")
    player.type("ops")
    player.press("Enter")
    #expect(player.asked == [], "the journal does not learn of it")
  }

  @Test func digitsOfScreensThatDoNotExistAreNotOffered() throws {
    let player = try Player()
    #expect(ActionTable.action(for: .character("8"), in: player.console) == nil)
    #expect(!ActionTable.markdown.contains("| `8` |"))
  }

  @Test func documentationIsTheTable() throws {
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let url = tests.appending(path: "../../docs/keys.md").standardized
    if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
      try ActionTable.markdown.write(to: url, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: url, encoding: .utf8)
    #expect(written == ActionTable.markdown, "docs/keys.md is older than the action table")
  }
}
