import Incidents
import Systems
import Terminal
import Testing
import Values

@testable import Console

/// A deadline that passes is loud, once.
@Suite struct NudgingTests {
  /// With an incident of S1 that began when its alert fired, 4m12s before.
  private func player(bell: Level? = .page) throws -> Player {
    var guide = Fixture.enseiGuide
    guide.bell = bell
    var player = try Player(guides: [guide])
    player.press("a", "i", "Enter")
    return player
  }

  /// Time goes by, and the screen looks at its clock.
  private func pass(_ player: inout Player, _ span: Span) {
    player.wait(span)
    player.receive(.tick)
  }

  private func told(_ player: Player) -> [String] {
    player.asked.filter { $0.hasPrefix("notify") || $0 == "bell" }
  }

  private func bar(_ player: Player) -> String {
    player.frame.text.split(separator: "\n").last { $0.contains("INC-1 ") }.map(String.init) ?? ""
  }

  @Test func itIsToldOnceWithSignBellAndDesktop() throws {
    var player = try player()
    // The ladder's second rung is due a quarter of an hour after the start.
    pass(&player, .seconds(647))
    #expect(told(player).isEmpty, "nothing is early")
    pass(&player, .seconds(1))
    let rung = try #require(player.console.world.overdue(at: player.now).first)
    #expect(rung.due == player.now && rung.label == "L2")
    #expect(
      told(player) == [
        "notify midwatch INC-1: due now: L2 at \(rung.due.minuteUTC), secondary: escalation#level-2", "bell",
      ])
    #expect(bar(player).contains("● L2 overdue by 0s"))
    #expect(player.frame.text.contains("INC-1: L2 at \(rung.due.minuteUTC), secondary"))
    for _ in 0..<3 { pass(&player, .seconds(60)) }
    #expect(told(player).count == 2, "once")
    // Reading the journal anew, and a clock that is set back and comes again, tell nothing twice.
    player.publish()
    pass(&player, .seconds(-600))
    pass(&player, .seconds(600))
    #expect(told(player).count == 2)
  }

  @Test func severalAtOnceAreOneMessage() throws {
    var player = try player()
    pass(&player, .hours(3))
    #expect(told(player).count == 2)
    #expect(
      player.asked.contains("notify midwatch INC-1: 3 are due: L2, update, resolve"), "\(player.asked)")
    #expect(bar(player).contains("● update overdue by 2h45m"))
  }

  @Test func theBellIsTheSystemsWish() throws {
    var silent = try player(bell: nil)
    pass(&silent, .hours(3))
    #expect(told(silent).map { $0.prefix(6) } == ["notify"])
  }

  @Test func aSnoozeIsSilentAndComesBack() throws {
    var player = try player()
    pass(&player, .seconds(648))
    player.press("3", "w")
    #expect(player.frame.text.contains("what to snooze of INC-1"))
    player.press("Enter")
    for _ in 0..<4 { player.receive(.key(.backspace)) }
    player.type("3m the secondary is on a train")
    player.press("Enter")
    let fact = try #require(player.journal.events.last?.fact(ClockSnoozed.self))
    #expect(fact.clock == "escalation:L2" && fact.until == player.now + .minutes(3))
    #expect(fact.reason == "the secondary is on a train")
    pass(&player, .seconds(1))
    #expect(!bar(player).contains("L2"))
    pass(&player, .seconds(178))
    #expect(told(player).count == 2)
    pass(&player, .seconds(1))
    #expect(told(player).count > 2 && bar(player).contains("● L2 overdue by 3m00s"))
  }

  @Test func whatIsDismissedIsSilentAndWhatIsMetIsOver() throws {
    var player = try player()
    pass(&player, .seconds(648))
    player.press("3", "W", "Enter")
    player.press("Enter")
    #expect(player.frame.text.contains("Say why it is not wanted."))
    player.type("a drill")
    player.press("Enter")
    #expect(player.journal.events.last?.fact(ClockDismissed.self)?.reason == "a drill")
    #expect(!bar(player).contains("L2"))
    var other = try self.player()
    pass(&other, .seconds(648))
    other.press("3", "M", "Enter")
    #expect(other.journal.events.last?.fact(ClockMet.self)?.clock == "escalation:L2")
    #expect(!bar(other).contains("L2"))
  }

  @Test func anotherIncidentsDeadlineIsSeen() throws {
    var player = try player()
    var plan = IncidentPlan()
    plan.clocks = [.init(name: "mitigate", after: .minutes(30))]
    _ = try player.journal.perform(
      DeclareIncident(systems: ["nova-rms"], severity: .s2, title: "Queue", plan: plan), by: "ops2",
      at: player.now)
    player.publish()
    #expect(!bar(player).contains("INC-2"))
    pass(&player, .seconds(1200))
    #expect(bar(player).contains("+1 open ● ── ● L2 overdue by 9m12s ── ● INC-2 mitigate overdue by "))
    player.receive(.resized(Size(width: 80, height: 24)))
    #expect(bar(player).contains("+1 open ● ── ● L2 overdue by "), "\(bar(player))")
  }
}
