import Incidents
import Playbooks
import Terminal
import Testing
import Values

@testable import Console

/// Several consoles on one run, and what a run is filled from.
@Suite struct PlaybookSharingTests {
  private func other(_ player: Player) throws -> Player {
    var other = try Player(
      journal: player.journal, guides: [Runbook.guide],
      options: { $0.process = ProcessMark(host: "jump3", boot: "b008", pid: 12, since: 1) })
    other.texts["bb22"] = Runbook.text
    other.publish()
    other.press("4", "g", "Enter")
    other.forget()
    return other
  }

  @Test func whatAnotherConsoleRunsIsNotStartedASecondTime() throws {
    var player = try Runbook.player()
    player.console.playbook.select("2.1")
    player.press("x", "Enter")
    var other = try other(player)
    other.console.playbook.select("2.1")
    other.receive(.tick)
    #expect(other.text.contains("running 0s"))
    #expect(other.text.contains("ops1 runs it in another console"))
    other.press("x", "Enter")
    #expect(other.text.contains("ops1 started it at 03:12Z and it has not ended; wait for it."))
    other.press("C")
    #expect(other.text.contains("it can be ended there"))
    #expect(other.asked == [])
  }

  @Test func aStepThatAnotherTickedFirstIsRefusedWithWhoDidIt() throws {
    var player = try Runbook.player()
    player.press("Space")
    var other = try other(player)
    other.console.playbook.select("1.2")
    // Its own picture of the run is a moment old.
    player.console.playbook.select("1.2")
    player.press("Space")
    other.journal = player.journal
    other.press("Space")
    #expect(other.text.contains("1.2 was ticked by ops1"))
    other.publish()
    #expect(other.text.contains("2 of 11"))
  }

  @Test func twoConsolesNeverNameTwoCommandsAlike() throws {
    let (one, two) = (
      Fixture.process, ProcessMark(host: "jump2", boot: "b007", pid: 4711, since: 13)
    )
    let ids = (1...50).flatMap { [one.command($0, at: Fixture.now), two.command($0, at: Fixture.now)] }
    #expect(Set(ids).count == 100)
    #expect(ids.allSatisfy { UUIDv7($0)?.instant == Fixture.now })
  }

  @Test func valuesComeFromTheAlertTheIncidentAndTheEnvironment() throws {
    var guide = Fixture.enseiGuide
    guide.variables = [
      Variable("ALERT", from: "alert.labels.alertname"), Variable("WHAT", from: "incident.title"),
      Variable("environment", defaultValue: "nowhere", from: "environment"),
      Variable("KEPT", defaultValue: "its default", from: "alert.labels.absent"),
    ]
    var player = try Player(guides: [guide])
    player.press("p")
    #expect(player.console.playbook.open?.playbook == "high-error-rate")
    var values = player.console.playbook.defaults(player.console.world)
    #expect(values["ALERT"] == "PackErrorRatePage")
    #expect(values["WHAT"] == nil)
    #expect(values["environment"] == "production")
    #expect(values["KEPT"] == "its default")
    player.press("1", "i", "Enter", "p")
    values = player.console.playbook.defaults(player.console.world)
    #expect(values["WHAT"] == "Error rate 7.1% on pack endpoints, page at 5 %")
  }

  @Test func whereItWorksIsChosenBeforeItBegins() throws {
    var guide = Runbook.guide
    guide.environments = [
      Guide.Environment(name: "staging", base: "http://staging.test", isReference: false),
      Guide.Environment(name: "production", base: nil, isReference: true),
      Guide.Environment(name: "local", base: "http://local.test", isReference: false),
    ]
    var player = try Runbook.player(guide: guide)
    #expect(player.text.contains("curl http://staging.test/queue"))
    player.press("v", "Right", "Right", "Enter")
    #expect(player.text.contains("curl http://local.test/queue"))
    player.press("x")
    #expect(player.text.contains("will run on local"))
    player.press("Enter")
    let run = try #require(player.journal.entity(Run.self, "R-1"))
    #expect(run.started?.environment == "local")
    #expect(run.executions.first?.started.target == "local")
  }
}
