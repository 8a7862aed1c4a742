import Incidents
import Playbooks
import Probes
import Testing
import Values
import Watch

/// Steps of runs that tick themselves.
struct StepWatchTests {
  private func step(
    _ until: String, _ number: String = "1.1", marked: Instant? = nil, isTakenBack: Bool = false
  ) -> WaitingStep {
    WaitingStep(run: "R-1", step: number, until: Until(until), marked: marked, isTakenBack: isTakenBack)
  }

  private func tell(_ player: inout Player, _ steps: WaitingStep...) {
    player.tell(.waiting(["shop": steps]))
  }

  /// A player whose queue has that depth, long enough for the alert to fire when it is deep.
  private func player(depth: Int) throws -> Player {
    var player = Player()
    try player.load(Player.folder())
    player.pass(.seconds(60), answer: Answers.queue(depth))
    _ = player.take()
    return player
  }

  @Test func ticksOnceWhenTheAlertIsResolved() throws {
    var player = try player(depth: 300)
    tell(&player, step("QueueBacklog resolved"))
    player.pass(.minutes(1), answer: Answers.queue(300))
    #expect(player.take().ticks.isEmpty)
    player.pass(.minutes(1), answer: Answers.queue(10))
    let ticks = player.take().ticks
    #expect(ticks.map(\.step) == ["1.1"] && ticks.map(\.run) == ["R-1"] && ticks.map(\.means) == [.check])
    #expect(ticks.first?.check == TickStep.Check(until: "QueueBacklog resolved", marked: nil))
    // The journal may take its time, and other steps come and go.
    tell(&player, step("QueueBacklog resolved"), step("health down", "1.2"))
    player.pass(.minutes(5), answer: Answers.queue(10))
    #expect(player.take().ticks.isEmpty)
  }

  @Test func anAlertThatIsPendingIsNotResolved() throws {
    var player = try player(depth: 10)
    player.pass(.seconds(15), answer: Answers.queue(300))
    tell(&player, step("QueueBacklog resolved"), step("QueueBacklog firing", "1.2"))
    _ = player.take()
    player.tell(.tick)
    #expect(player.take().ticks.isEmpty)
    player.pass(.minutes(1), answer: Answers.queue(300))
    #expect(player.take().ticks.map(\.step) == ["1.2"])
  }

  @Test(arguments: [
    ("health up", true), ("health down", false), ("metrics up", true), ("other up", false),
    ("queue_depth < 50", true), ("queue_depth > 50", false), ("sum(queue_depth)", true),
    // A number alone holds when it is not 0.
    ("1", true), ("0", false), ("scalar(queue_depth)", true), ("\"text\"", false),
    // What is not there, is no alert, or is no query.
    ("nothing_here < 50", false), ("absent(nothing_here)", true), ("Gone resolved", false),
    ("QueueBacklog resolved", true), ("EndpointDown resolved", true), ("((", false),
  ])
  func looksAtWhatItNames(_ until: String, _ ticks: Bool) throws {
    var player = try player(depth: 10)
    tell(&player, step(until))
    player.pass(.minutes(2), answer: Answers.queue(10))
    #expect(player.take().ticks.count == (ticks ? 1 : 0))
  }

  /// Nobody answers: what fired goes on, what is not known does not hold, and nothing is ticked.
  @Test(arguments: [
    "QueueBacklog resolved", "queue_depth < 50", "health up", "health down", "metrics down",
  ])
  func noDataTicksNothing(_ until: String) throws {
    var player = try player(depth: 300)
    tell(&player, step(until, isTakenBack: until == "health up"))
    player.pass(.minutes(2)) { endpoint, now in
      endpoint.name == "health" ? nil : Answers.up(endpoint, now)
    }
    #expect(player.take().ticks.isEmpty)
    // A quarter of an hour after the series ended the alert has ended with it, and still nobody knows.
    player.pass(.minutes(30)) { endpoint, now in
      endpoint.name == "health" ? nil : Answers.up(endpoint, now)
    }
    #expect(player.take().ticks.isEmpty)
  }

  @Test func nothingIsTickedBeforeTheFirstAnswers() throws {
    var player = Player()
    tell(&player, step("EndpointDown resolved"), step("absent(queue_depth)", "1.2"))
    try player.load(Player.folder())
    player.tell([.tick, .evaluate, .tick])
    #expect(player.effects.ticks.isEmpty)
    player.pass(.minutes(1), answer: Answers.queue(10))
    #expect(player.take().ticks.map(\.step) == ["1.1"])
  }

  /// Whoever took a tick back knows better, until what it waits for has ended and holds again.
  @Test func whatWasTakenBackWaitsForTheNextTime() throws {
    var player = try player(depth: 10)
    tell(&player, step("queue_depth < 50"))
    player.pass(.seconds(30), answer: Answers.queue(10))
    #expect(player.take().ticks.count == 1)
    tell(&player)
    let back = step("queue_depth < 50", marked: player.now, isTakenBack: true)
    tell(&player, back)
    player.pass(.minutes(2), answer: Answers.queue(10))
    #expect(player.take().ticks.isEmpty)
    // No data is no end.
    player.pass(.minutes(7)) { Answers.up($0, $1) }
    player.pass(.minutes(2), answer: Answers.queue(10))
    #expect(player.take().ticks.isEmpty)
    player.pass(.minutes(1), answer: Answers.queue(90))
    player.pass(.minutes(1), answer: Answers.queue(10))
    let ticks = player.take().ticks
    #expect(ticks.count == 1 && ticks.first?.check?.marked == back.marked)
  }

  @Test func nothingIsTickedWhileResultsAreSuspended() throws {
    var player = Player()
    try player.load(
      Player.folder(
        system: Player.system + "\nconnectivity: [{tcp: \"127.0.0.1:9\"}]\n"))
    let isGone: (Endpoint, Instant) -> Observation? = { endpoint, now in
      endpoint.kind == .tcp ? Answers.down(endpoint, now) : Answers.queue(10)(endpoint, now)
    }
    let isBack: (Endpoint, Instant) -> Observation? = { endpoint, now in
      endpoint.kind == .tcp
        ? Observation(endpoint: endpoint.name, at: now, took: .milliseconds(5))
        : Answers.queue(10)(endpoint, now)
    }
    player.pass(.minutes(1), answer: isGone)
    tell(&player, step("queue_depth < 50"), step("health up", "1.2"))
    player.pass(.minutes(1), answer: isGone)
    #expect(player.take().ticks.isEmpty)
    player.pass(.minutes(1), answer: isBack)
    #expect(player.take().ticks.map(\.step) == ["1.1", "1.2"])
  }

  /// What an edited folder, or a run of another system, makes of it.
  @Test func stepsBelongToTheirSystem() throws {
    var player = try player(depth: 10)
    player.tell(.waiting(["other": [step("1")]]))
    player.pass(.minutes(1), answer: Answers.queue(10))
    #expect(player.take().ticks.isEmpty)
    tell(&player, step("1"))
    player.pass(.seconds(20), answer: Answers.queue(10))
    #expect(player.take().ticks.count == 1)
    try player.load(Player.folder(rules: "groups: []"))
    player.pass(.minutes(1), answer: Answers.queue(10))
    #expect(player.take().ticks.isEmpty)
  }
}

extension [WatchEffect] {
  fileprivate var ticks: [TickStep] { compactMap { if case .tick(let act) = $0 { act } else { nil } } }
}
