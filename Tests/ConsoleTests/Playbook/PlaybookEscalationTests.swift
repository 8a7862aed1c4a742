import Incidents
import Playbooks
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// The ladder of a playbook, beside its steps.
@Suite struct PlaybookEscalationTests {
  private static let text = """
    ---
    title: Queue backlog
    services: [worker]
    escalation:
      - {name: L1, at: 0m, contact: primary}
      - {name: L2, at: 15m, contact: secondary, playbook: full-rollback}
      - {name: Vendor, at: 1h, contact: vendor}
    ---
    # Queue backlog

    1. Look at the queue.
    2. Pause the workers.
    """

  private func player(_ size: Size = Size(width: 120, height: 40)) throws -> Player {
    var problems: [Problem] = []
    var guide = Fixture.enseiGuide
    guide.playbooks.append(PlaybookDocument(Self.text, file: "queue-backlog.md", problems: &problems))
    guide.digests["queue-backlog"] = "bb22"
    let (folder, _) = SystemFolder.load(
      Folder(
        name: "ensei-packs",
        files: [
          "system.yaml": """
          title: T
          contacts:
            - {role: primary, reach: "pager 0101"}
            - {role: secondary, reach: "pager 0199", for: data loss, then: phone the owner of the data}
            - {role: vendor, reach: support@queue.example}

          """
        ]), environment: [:])
    guide.contacts = folder.contacts
    #expect(problems.isEmpty)
    var player = try Player(size: size, guides: [guide])
    player.texts["bb22"] = Self.text
    player.console.playbook.show(.init(system: "ensei-packs", playbook: "queue-backlog"))
    player.press("4")
    return player
  }

  @Test(arguments: PlaybookGoldenTests.sizes) func theLadder(_ size: Size) throws {
    var player = try player(size)
    player.press("Space")
    player.wait(.minutes(16))
    player.console.playbook.select(Outline.escalation)
    player.receive(.tick)
    try expectGolden(player.frame, "playbook-escalation")
  }

  @Test func beforeTheRunItCountsFromTheBeginning() throws {
    var player = try player()
    player.console.playbook.select(Outline.escalation)
    player.receive(.tick)
    #expect(player.text.contains("L1      when the run begins"))
    #expect(player.text.contains("L2      15m after the run begins"))
    #expect(player.text.contains("secondary, pager 0199 (for data loss)"))
    #expect(player.text.contains("If nobody answers: phone the owner of the data"))
    #expect(player.text.contains("Then go on with full-rollback."))
  }

  @Test func aRungIsAnnouncedAMinuteBeforeAndLoudFromThenOn() throws {
    var player = try player()
    player.press("Space")
    player.wait(.minutes(13))
    player.receive(.tick)
    #expect(player.text.contains("L2 in 2m00s") && !player.text.contains("escalate to"))
    player.wait(.seconds(90))
    player.receive(.tick)
    #expect(player.text.contains("escalate to L2 in 30s: secondary, pager 0199"))
    player.wait(.minutes(2))
    player.receive(.tick)
    #expect(player.text.contains("escalate to L2 since 1m30s: secondary, pager 0199"))
    player.wait(.minutes(50))
    player.receive(.tick)
    #expect(player.text.contains("escalate to Vendor since 6m30s: vendor, support@queue.example"))
    player.press("Space", "F")
    #expect(!player.text.contains("escalate to"), "a run that has ended calls nobody")
  }

  @Test func theListSaysWhatServiceAPlaybookIsFor() throws {
    var player = try player()
    player.press("Esc")
    #expect(player.text.contains("2 steps  of worker"))
    player.press("/")
    player.type("worker backlog")
    player.press("Enter")
    #expect(player.text.contains("service worker"))
  }
}
