import Comms
import Incidents
import Terminal
import Testing
import Values

@testable import Console

/// What is chosen, shown, approved and sent from screen 5.
@Suite struct SendingTests {
  @Test func nothingGoesThatWasNotShown() throws {
    var player = try Player.withUpdate()
    player.press("Enter")
    #expect(player.asked == [])
    for words in [
      "send D-1 to users", "[x]  status-page", "[x]  mail", "[ ]  team", "asks for commander",
      "exactly this goes to status-page", "counts down on every screen", "\"incident\"",
    ] { #expect(player.text.contains(words), "\(words) is missing in\n\(player.text)") }
    player.press("Down")
    #expect(player.text.contains("exactly this goes to mail"))
    #expect(player.text.contains("pack-users@example.test"))
    player.press("Esc")
    #expect(player.asked == [])
  }

  /// A page of announced work has to know from when to when.
  @Test func announcedWorkHasItsWindow() throws {
    let player = try Player.withUpdate()
    let open = try #require(player.console.comms.sheet)
    var answers: [String: String] = [:]
    func way() throws -> SendRow.Way {
      var sheet = Sheet(
        incident: nil, system: open.system, template: nil, audience: open.audience, stage: .maintenance,
        nextUpdate: nil)
      (sheet.answers, sheet.subject, sheet.text) = (answers, open.subject, open.text)
      let rows = player.console.world.sendRows(of: sheet, at: player.now)
      return try #require(rows.first { $0.id == "status-page" }).way
    }
    guard case .refused = try way() else {
      Issue.record("without a window there is nothing to schedule")
      return
    }
    answers["from"] = (player.now + .hours(1)).minuteUTC(at: player.now)
    answers["until"] = (player.now + .hours(2)).minuteUTC(at: player.now)
    guard case .delivery(_, let payloads) = try way() else {
      Issue.record("refused: \(try way())")
      return
    }
    #expect("\(payloads)".contains("scheduled_for"))
  }

  @Test func whatAsksForApprovalWaitsForIt() throws {
    var player = try Player.withUpdate()
    player.press("Enter", "Enter")
    #expect(player.text.contains("commander has to stand for this text first: Esc, then A."))
    #expect(player.asked == [])
    player.press("Esc", "A")
    #expect(player.asked == ["ApproveDraft"])
    #expect(player.text.contains("approved by ops1"))
    player.forget()
    player.press("Enter", "Enter")
    #expect(player.asked.first == "SendUpdate")
    let sent = try #require(player.journal.events.compactMap { $0.fact(UpdateSent.self) }.last)
    #expect(sent.how == .delivery)
    #expect(sent.destinations == ["ensei-packs/status-page", "ensei-packs/mail"])
    #expect(player.journal.keys(DeliveryRecord.self).count == 2)
  }

  /// The act is answered before the ledger has told of it: the next key counts all the same.
  @Test func approvingRightAfterSavingIsNotLost() throws {
    var player = try Player.withUpdate()
    player.press("w")
    player.type("x")
    player.isLedgerSlow = true
    player.press("Esc")
    player.forget()
    player.press("A")
    #expect(player.asked == ["ApproveDraft"])
    player.press("Enter")
    #expect(player.text.contains("asks for commander"))
    player.publish()
    #expect(!player.text.contains("asks for commander"))
    player.forget()
    player.press("Enter")
    #expect(player.asked.first == "SendUpdate")
  }

  /// Only whoever has the role approves; the sentence says who that is.
  @Test func anotherThanTheCommanderDoesNotApprove() throws {
    var player = try Player.withUpdate()
    _ = try player.journal.perform(
      TakeRole(incident: "INC-1", role: "commander", who: "ops2", from: "ops1"), by: "ops2", at: player.now)
    player.publish()
    player.press("A")
    #expect(player.asked == [])
    #expect(player.text.contains("commander is ops2, who approves this."))
  }

  @Test func anotherTextNeedsAnotherApproval() throws {
    var player = try Player.withUpdate()
    player.press("A", "w")
    player.type("x")
    player.press("Esc")
    player.forget()
    player.press("Enter", "Enter")
    #expect(player.asked == [])
    #expect(player.text.contains("has to stand for this text first"))
  }

  @Test func placesAreChosenWithSpace() throws {
    var player = try Player.withUpdate()
    player.press("Enter", "Space", "Down", "Space", "Down", "Space")
    #expect(player.text.contains("[ ]  status-page"))
    #expect(player.text.contains("send to team"))
    player.press("Enter")
    #expect(player.asked.first == "SendUpdate")
    #expect(player.journal.keys(DeliveryRecord.self) == ["ensei-packs/team/D-1"])
  }

  @Test func theClipboardIsAHandsPlace() throws {
    var player = try Player.withUpdate()
    player.press("Enter", "Space", "Down", "Space", "Down", "Down", "Space", "Enter")
    #expect(player.asked == ["copy", "MarkSent", "forget D-1"])
    #expect(player.copied.last?.hasPrefix("Temporary Service Disruption") == true)
    let sent = try #require(player.journal.events.compactMap { $0.fact(UpdateSent.self) }.last)
    #expect(sent.how == .hand && sent.destinations == ["clipboard"])
  }

  @Test func withoutAPlaceNothingGoes() throws {
    var player = try Player.withUpdate()
    player.press("Enter", "Space", "Down", "Space", "Enter")
    #expect(player.text.contains("Choose where it goes"))
    #expect(player.asked == [])
  }

  /// A folder that nobody trusts sends nothing by itself; a hand still can.
  @Test func anUntrustedFolderLeavesItToAHand() throws {
    var player = try Player.withUpdate()
    player.trusted = [:]
    player.publish()
    player.press("Enter")
    #expect(player.text.contains("the folder is not trusted"))
    player.press("Space", "Enter")
    #expect(player.asked == ["MarkSent", "forget D-1"])
  }

  @Test func errorsAskForAReason() throws {
    var player = try Player.withUpdate()
    player.press("w")
    player.type("soon; see http://10.0.0.7/ ")
    player.press("Esc", "A", "Enter")
    player.forget()
    #expect(player.text.contains("sent although"))
    player.press("Enter")
    #expect(player.asked == [])
    player.type("they know the address")
    player.press("Enter")
    #expect(player.asked.first == "SendUpdate")
    let sent = try #require(player.journal.events.compactMap { $0.fact(UpdateSent.self) }.last)
    #expect(sent.despite == "they know the address")
  }

  @Test func theSameActGoesOnceAndAnotherUnderAnotherKey() throws {
    var player = try Player.withUpdate()
    player.press("A", "Enter", "Enter", "u")
    // What was answered for the first is not asked again.
    #expect(player.text.contains("Impact: Pack purchases temporarily unavailable"))
    player.press("Enter")
    #expect(player.text.contains("saved as D-2"))
    player.press("Enter", "Down", "Down", "Space", "Enter")
    let keys = player.journal.keys(DeliveryRecord.self).compactMap {
      player.journal.entity(DeliveryRecord.self, $0)?.sendKey
    }
    #expect(keys.count == 3)
    #expect(Set(keys).count == 2)
  }

  /// One announcement to several: each gets their own, under a key of their own, and all are shown before.
  @Test func severalGetACopyEach() throws {
    var player = try Player.withUpdate()
    player.press("t")
    player.type("north, south")
    player.press("Enter", "A", "Enter")
    #expect(player.text.contains("── to north"))
    player.forget()
    player.press("Enter")
    #expect(player.asked.first == "SendUpdate")
    let records = player.journal.keys(DeliveryRecord.self).compactMap {
      player.journal.entity(DeliveryRecord.self, $0)
    }
    #expect(records.count == 4)
    #expect(Set(records.map { "\($0.place) \($0.sendKey)" }).count == 4)
  }
}
