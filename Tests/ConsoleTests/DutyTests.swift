import Incidents
import Playbooks
import Terminal
import Testing
import Values
import Watch

@testable import Console

/// Objectives and routines on the board, and what a routine's playbook does for it.
@Suite struct DutyTests {
  private static func burns(_ rates: [(Double?, Double?)]) -> [ObjectiveRow.Burn] {
    let pairs: [(Span, Span, Double)] = [
      (.hours(1), .minutes(5), 14.4), (.hours(6), .minutes(30), 6), (.days(3), .hours(6), 1),
    ]
    return zip(pairs, rates).map {
      ObjectiveRow.Burn(
        window: $0.0, rate: $1.0, recentWindow: $0.1, recent: $1.1, factor: $0.2)
    }
  }

  private static func objective(
    _ title: String, left: Double?, _ rates: [(Double?, Double?)], covered: Span = .days(30)
  ) -> ObjectiveRow {
    ObjectiveRow(
      title: title, objective: 0.999, window: .days(30), left: left, covered: covered, burns: burns(rates))
  }

  /// The fixture with four objectives and five routines, three of which are due.
  static var snapshots: [SystemSnapshot] {
    var ensei = Fixture.ensei
    ensei.objectives = [
      objective("Purchases succeed", left: 0.412, [(17.2, 16.8), (9, 11), (2.1, 4)]),
      objective(
        "The catalogue answers within 800 ms", left: 0.993, [(0.2, 0.1), (0.3, 0.2), (0.3, 0.3)],
        covered: .hours(76)),
    ]
    var nova = Fixture.nova
    nova.objectives = [
      objective("API answers without error", left: -0.2, [(0.5, 0.5), (0.5, 0.5), (2, 0.5)]),
      objective("Webhooks arrive", left: nil, [(nil, nil), (nil, nil), (nil, nil)], covered: .zero),
    ]
    ensei.routines = [
      RoutineRow(
        title: "Rollback drill", due: Fixture.ago(.hours(52)), period: .days(7),
        playbook: "high-error-rate#immediate", lastDone: Fixture.ago(.days(9)), lastBy: "ops2",
        evidence: .newest("drills/2026-11-12.md", at: Fixture.ago(.days(9))), fresh: .days(7)),
      RoutineRow(title: "Daily checks", due: Fixture.now + .hours(4), period: .days(1)),
    ]
    nova.routines = [
      RoutineRow(title: "Look at failed jobs", due: Fixture.ago(.hours(5)), period: .hours(4)),
      RoutineRow(
        title: "Staging billing drill", due: Fixture.now + .days(2), period: .days(7),
        playbook: "billing-drill", evidence: .unknown("the folder drills/logs is not there"), fresh: .days(7)),
      RoutineRow(title: "Smoke tests", due: nil, period: .days(1), after: .maintenance),
    ]
    return [ensei, nova, Fixture.jamble]
  }

  private func player(_ size: Size = Size(width: 120, height: 40)) throws -> Player {
    try Player(size: size, snapshots: Self.snapshots)
  }

  @Test(arguments: GoldenTests.sizes) func board(_ size: Size) throws {
    try expectGolden(player(size).frame, "dashboard-duties")
  }

  @Test(arguments: GoldenTests.sizes) func routinesInFocus(_ size: Size) throws {
    var player = try player(size)
    player.press("Tab", "Tab")
    #expect(player.console.pane == .boardRoutines)
    try expectGolden(player.frame, "dashboard-routines")
  }

  @Test(arguments: GoldenTests.sizes) func pages(_ size: Size) throws {
    var player = try player(size)
    _ = player.console.openRoutines(at: player.now)
    try expectGolden(player.frame, "routines")
    _ = player.console.openObjectives()
    try expectGolden(player.frame, "slos")
  }

  /// `p` opens the routine's playbook, and what is ticked there is a run that the routine is done with.
  @Test func aRoutineIsDoneThroughItsPlaybook() throws {
    var player = try player()
    player.press("Tab", "Tab", "j")
    #expect(player.console.subject == .routine(system: "ensei-packs", title: "Rollback drill"))
    player.press("p")
    #expect(player.console.screen == .playbook)
    for _ in 0..<3 { player.press("Space") }
    let started = try #require(player.journal.events.compactMap { $0.fact(RunStarted.self) }.last)
    #expect(started.routine == RunStarted.Turn(title: "Rollback drill", due: Fixture.ago(.hours(52))))
    #expect(started.steps.map(\.step) == ["2.1", "2.2", "2.3"] || started.steps.count == 3)
    _ = player.console.finishRun().map { effect in
      if case .perform(_, let act) = effect {
        _ = try? player.journal.perform(act, by: "ops1", at: player.now)
      }
    }
    let done = try #require(player.journal.events.compactMap { $0.fact(RoutineDone.self) }.last)
    #expect(done.routine == "Rollback drill" && done.system == "ensei-packs" && done.run == started.run)
    #expect(done.evidence == nil, "the file was there before the run")
  }

  @Test func aRoutineIsDoneByHandWithAReason() throws {
    var player = try player()
    player.press("Tab", "Tab", "d", "Enter")
    #expect(!player.journal.events.contains { $0.kind == RoutineDone.kind })
    player.type("looked, all empty")
    player.press("Enter")
    let done = try #require(player.journal.events.compactMap { $0.fact(RoutineDone.self) }.last)
    #expect(done.routine == "Look at failed jobs" && done.reason == "looked, all empty")
    #expect(done.due == Fixture.ago(.hours(5)))
  }

  /// No routine ever rings, and none is drawn in the colour of a page.
  @Test func routinesNeverPage() {
    for row in Self.snapshots.flatMap(\.routines) {
      for days in [0, 10, 1000] {
        let mark = Marks.routine(row, at: Fixture.now + .days(Int64(days)))
        #expect(mark.style != .page && mark.sign != .page)
      }
    }
  }

  /// Wherever room is short, alerts and endpoints keep theirs.
  @Test func theBoardStaysReadable() throws {
    for height in 10...60 {
      for width in [40, 60, 80, 84, 120, 200] {
        var player = try player(Size(width: width, height: height))
        for _ in 0..<4 {
          player.press("Tab")
          _ = player.frame
        }
        let duties = player.console.dashboard.duties(
          player.console.layout.stage, player.console.world, at: Fixture.now)
        if player.console.pane != .boardRoutines, height < 30 {
          #expect(duties.objectives.height <= 1 && duties.routines.height <= 1)
        }
      }
    }
  }
}
