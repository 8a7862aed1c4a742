import Comms
import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// What became of what was sent: seen on screen 5, told on every screen, and settled by a person.
@Suite struct DeliveryPaneTests {
  private static let page = "ensei-packs/status-page/D-1"
  private static let mail = "ensei-packs/mail/D-1"

  private func sent(_ size: Size = Size(width: 120, height: 40)) throws -> Player {
    var player = try Player.withUpdate(size)
    player.press("A", "Enter", "Enter")
    player.wait(.seconds(6))
    player.forget()
    return player
  }

  @Test func eachStateIsAWordWithItsReason() throws {
    var player = try sent()
    #expect(player.text.contains("… queued"))
    try player.engine(ClaimDelivery(Self.page, epoch: 1))
    #expect(player.text.contains("… sending"))
    try player.engine(
      FinishDelivery(Self.page, epoch: 1, .sent(receipt: "201 p31zjtct2jer", remoteID: "p31")))
    #expect(player.text.contains("✓ sent"))
    #expect(player.text.contains("201 p31zjtct2jer"))
    try player.finish(Self.mail, .again(reason: "connection refused", after: .seconds(30)))
    #expect(player.text.contains("… retry"))
    #expect(player.text.contains("again in 30s (1 tried): connection refused"))
    #expect(!player.text.contains("not sent"))
  }

  @Test func aFailureIsToldEverywhereAndTriedAgain() throws {
    var player = try sent()
    try player.finish(Self.mail, .failed(reason: "550 no such mailbox"))
    for screen in ["1", "2", "3", "4", "7", "5"] {
      player.press(screen)
      #expect(player.text.contains("» 1 not sent"), "screen \(screen)")
    }
    #expect(player.text.contains("1 waits for somebody"))
    player.press("Tab", "g")
    #expect(player.console.pane == .commsDeliveries)
    player.press("r")
    #expect(player.asked == ["RetryDelivery"])
    #expect(!player.text.contains("not sent"))
  }

  @Test func whatMayHaveArrivedGoesAgainOnlyAfterALook() throws {
    var player = try Player.withUpdate()
    player.press("Enter", "Space", "Down", "Space", "Down", "Space", "Enter")
    player.forget()
    try player.finish("ensei-packs/team/D-1", .unknown(reason: "no answer came"))
    player.press("5", "Tab", "r")
    #expect(player.asked == [])
    #expect(player.text.contains("may put it there twice"))
    player.press("Esc")
    #expect(player.asked == [])
    player.press("r", "Enter")
    #expect(player.asked == ["RetryDelivery"])
  }

  @Test func copiedByHandClosesIt() throws {
    var player = try sent()
    try player.finish(Self.mail, .failed(reason: "550 no such mailbox"))
    player.press("5", "Tab", "g", "y")
    #expect(player.copied.last?.contains("Buying packs does not work") == true)
    player.forget()
    player.press("c", "Enter")
    #expect(player.asked == ["SettleDelivery"])
    let closed = try #require(player.journal.entity(DeliveryRecord.self, Self.mail))
    #expect(closed.state == .copied && closed.settledBy == "ops1")
    #expect(!player.text.contains("not sent"))
    player.press("c")
    #expect(player.text.contains("It is settled"))
  }

  @Test func itIsShownWhole() throws {
    var player = try sent()
    try player.finish(Self.page, .failed(reason: "404"))
    player.press("5", "Tab", "g", "Enter")
    for words in ["failed: 404", "api.statuspage.io", "payload sha256", "Buying packs does not work"] {
      #expect(player.text.contains(words), "\(words)")
    }
  }

  /// Deliveries that fail and a journal that hangs keep no key from answering.
  @Test func noKeyWaits() throws {
    var player = try sent()
    for name in [Self.page, Self.mail] { try player.finish(name, .failed(reason: "no route to host")) }
    player.isJournalSlow = true
    player.press("5", "Tab", "g", "r", "n")
    player.type("all deliveries fail")
    player.press("Enter")
    #expect(player.text.contains("saving…"))
    player.press("Esc", "3", "S", "2", "Enter", "Esc", "t")
    player.type("call somebody")
    player.press("Esc", "h")
    #expect(player.console.pane == .incidentHandOver)
    for screen in ["1", "2", "4", "5", "7"] {
      player.press(screen)
      #expect(player.console.screen.rawValue == Int(screen))
    }
    player.isJournalSlow = false
    player.flush()
    #expect(player.journal.entity(Incident.self, "INC-1")?.status == .identified)
  }
}
