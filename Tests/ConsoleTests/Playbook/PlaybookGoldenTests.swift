import Incidents
import Playbooks
import Terminal
import Testing
import Values

@testable import Console

/// The playbook screen whole, looked at by eye before it was committed.
@Suite struct PlaybookGoldenTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40)]

  private func select(_ step: String, _ player: inout Player) {
    player.console.playbook.select(step)
    player.receive(.tick)
  }

  /// A run of every state, bound to an incident.
  private func working(_ size: Size) throws -> Player {
    var player = try Runbook.player(size)
    player.press("1", "a", "i", "Enter", "4")
    player.console.playbook.show(.init(system: "ensei-packs", playbook: "queue-backlog", incident: "INC-1"))
    player.receive(.tick)
    select("1.1", &player)
    player.press("x", "Enter")
    player.write("{\"depth\": 231}\n")
    player.end(tries: 2)
    player.wait(.seconds(20))
    select("1.2", &player)
    player.press("v")
    player.press("Right", "Enter")
    player.press("x", "Enter")
    player.write(
      (1...60).map {
        "03:0\($0 / 10):\($0 % 10)0 ERROR timeout after 5000 ms, job \($0), region us-east, queue billing"
      }
      .joined(separator: "\n") + "\n")
    player.end(exit: 0, after: .milliseconds(3100))
    player.press("x", "Enter")
    player.end(exit: 2, after: .milliseconds(200))
    player.wait(.seconds(30))
    select("1.3", &player)
    player.press("x", "Enter")
    select("2.1", &player)
    player.press("A")
    player.press("^U")
    player.type("ops2")
    player.press("Enter")
    player.wait(.seconds(6))
    return player
  }

  @Test(arguments: sizes) func aFailedStep(_ size: Size) throws {
    var player = try working(size)
    select("1.2", &player)
    try expectGolden(player.frame, "playbook-failed")
  }

  @Test(arguments: sizes) func theOutput(_ size: Size) throws {
    var player = try working(size)
    select("1.2", &player)
    player.press("Tab", "Tab", "<")
    try expectGolden(player.frame, "playbook-output")
    player.press("Enter", "/")
    player.type("job 12")
    player.press("Enter")
    try expectGolden(player.frame, "playbook-output-search")
  }

  @Test(arguments: sizes) func aRunningCommand(_ size: Size) throws {
    var player = try working(size)
    select("2.1", &player)
    player.press("x", "Enter")
    player.write("pausing worker 1\npausing worker 2\n", errors: "worker 3 does not answer\n")
    player.wait(.seconds(12))
    try expectGolden(player.frame, "playbook-running")
    player.wait(.seconds(33))
    try expectGolden(player.frame, "playbook-silent")
    player.press("C")
    try expectGolden(player.frame, "playbook-cancel")
  }

  @Test(arguments: sizes) func inForceAndOverdue(_ size: Size) throws {
    var player = try working(size)
    select("2.1", &player)
    player.press("Space")
    select("2.1.1", &player)
    player.press("Space", "S")
    player.type("nothing new since the last note")
    player.press("Enter")
    select("3.1", &player)
    player.press("Space")
    player.wait(.minutes(6))
    select("2.2", &player)
    try expectGolden(player.frame, "playbook-in-force")
    player.press("3")
    try expectGolden(player.frame, "incident-in-force")
    player.press("S", "4", "Enter")
    try expectGolden(player.frame, "resolve-in-force")
  }

  @Test(arguments: sizes) func overdue(_ size: Size) throws {
    var player = try working(size)
    player.wait(.minutes(7))
    select("2.2", &player)
    try expectGolden(player.frame, "playbook-overdue")
  }

  @Test(arguments: sizes) func thePreview(_ size: Size) throws {
    var player = try working(size)
    select("1.2", &player)
    player.press("x")
    try expectGolden(player.frame, "playbook-preview")
    player.press("Esc")
    select("1.1", &player)
    player.press("x")
    try expectGolden(player.frame, "playbook-preview-check")
    player.press("Esc")
    select("2.2", &player)
    player.press("x")
    player.type("produc")
    player.press("Enter")
    try expectGolden(player.frame, "playbook-preview-destructive")
  }

  @Test(arguments: sizes) func allCommands(_ size: Size) throws {
    var player = try Runbook.player(size)
    player.press("v", "Right", "Enter")
    select("1.2", &player)
    player.press("R")
    try expectGolden(player.frame, "playbook-preview-all")
  }

  @Test(arguments: sizes) func unknownOutcome(_ size: Size) throws {
    var player = try working(size)
    select("2.1", &player)
    player.press("x", "Enter")
    let order = try #require(player.orders.last)
    _ = try player.journal.perform(
      LoseCommand(run: order.run, id: order.id, reason: "The console that waited for it is gone."),
      by: "ops1",
      at: player.now)
    player.console.playbook.underWay = [:]
    player.publish()
    player.receive(.orphans([Orphan(id: order.id, pid: 4242)]))
    player.wait(.seconds(6))
    try expectGolden(player.frame, "playbook-unknown")
  }

  @Test(arguments: sizes) func theDocument(_ size: Size) throws {
    var player = try Runbook.player(size)
    select("#queue-backlog", &player)
    player.press("Tab")
    try expectGolden(player.frame, "playbook-section")
    select("#whom-to-call", &player)
    try expectGolden(player.frame, "playbook-table")
  }

  @Test(arguments: sizes) func theSearch(_ size: Size) throws {
    var player = try Runbook.player(size)
    player.press("Esc", "/")
    player.type("vendor")
    try expectGolden(player.frame, "playbooks-search")
  }

  @Test(arguments: sizes) func theRunbookChanged(_ size: Size) throws {
    var player = try working(size)
    var problems: [Problem] = []
    let edited = Runbook.text.replacing("2. Drain what cannot be done.", with: "2. Drain what nobody needs.")
    var guide = Runbook.guide
    guide.playbooks[1] = PlaybookDocument(edited, file: "queue-backlog.md", problems: &problems)
    guide.digests["queue-backlog"] = "cc33"
    player.console.world.guides = [guide]
    player.receive(.tick)
    try expectGolden(player.frame, "playbook-changed")
    player.press("M")
    try expectGolden(player.frame, "playbook-move")
  }

  @Test(arguments: sizes) func changingAValue(_ size: Size) throws {
    var player = try working(size)
    player.press("v")
    try expectGolden(player.frame, "playbook-values")
  }
}
