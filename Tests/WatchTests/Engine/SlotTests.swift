import Testing
import Values
import Watch

@Suite struct SlotTests {
  private static let rules = """
    groups:
      - {name: a, interval: 15s, rules: [{record: "one", expr: "vector(1)"}]}
      - {name: b, interval: 15s, rules: [{record: "two", expr: "vector(2)"}]}
    """

  private func times(_ player: inout Player, of name: String, over span: Span) -> [Instant] {
    var times: [Instant] = []
    for _ in 0..<(span.milliseconds / 500) {
      player.pass(.milliseconds(500), answer: Answers.queue(1))
      guard let last = player.group(name)?.lastEvaluation, last != times.last else { continue }
      times.append(last)
    }
    return times
  }

  @Test func groupsAreEvaluatedAtSlotsOfTheirOwn() throws {
    var player = Player()
    player.load(try Player.folder(rules: Self.rules))
    let a = times(&player, of: "a", over: .minutes(2))
    // The first does not wait for a slot: a board without alerts tells nobody anything.
    #expect(a.first.map { $0 - Player.start < .seconds(2) } == true)
    let slots = a.dropFirst()
    #expect(slots.count == 8)
    #expect(Set(slots.map { $0.milliseconds % 15_000 }).count == 1, "\(slots.map(\.milliseconds))")
    let b = times(&player, of: "b", over: .minutes(2)).dropFirst()
    #expect(
      b.first?.milliseconds.quotientAndRemainder(dividingBy: 15_000).remainder
        != slots.first?.milliseconds.quotientAndRemainder(dividingBy: 15_000).remainder)
    #expect(player.group("a")?.missed == 0 && player.group("b")?.missed == 0)
  }

  @Test func slotsAreTheSameAfterARestart() throws {
    var remainders: Set<Int64> = []
    for delay in [Int64(0), 3_700, 11_111] {
      var player = Player(at: Player.start + .milliseconds(delay))
      player.load(try Player.folder(rules: Self.rules))
      let slot = try #require(times(&player, of: "a", over: .minutes(1)).last)
      remainders.insert(slot.milliseconds % 15_000)
    }
    #expect(remainders.count == 1)
  }

  @Test func whatIsLateByAWholeIntervalIsSkippedAndCounted() throws {
    var player = Player()
    player.load(try Player.folder(rules: Self.rules))
    player.pass(.seconds(40), answer: Answers.queue(1))
    let before = try #require(player.group("a"))
    player.stall(.seconds(60))
    player.pass(.seconds(15), answer: Answers.queue(1))
    let after = try #require(player.group("a"))
    #expect((3...4).contains(after.missed), "\(after.missed)")
    #expect(after.evaluations - before.evaluations <= 3, "they are not made up for")
  }

  @Test func anEvaluationThatTookItsTimeIsShown() throws {
    var player = Player()
    player.load(try Player.folder(rules: Self.rules))
    player.pass(.seconds(40), answer: Answers.queue(1))
    let group = try #require(
      player.watch.snapshots(at: player.now).first?.groups.firstIndex { $0.name == "b" })
    player.tell(.took(system: "shop", group: group, seconds: 0.25))
    player.tell(.took(system: "shop", group: 99, seconds: 1))
    #expect(player.group("b")?.took == 0.25)
    #expect(player.group("a")?.took == nil)
    let figures = try #require(player.watch.figures(at: player.now).systems.first)
    #expect(figures.endpoints == 2 && figures.answers >= 8 && figures.appended > 0 && figures.series > 2)
    #expect(figures.groups.map(\.name).contains("b"))
  }
}

extension Player {
  func group(_ name: String) -> GroupRow? {
    watch.snapshots(at: now).first?.groups.first { $0.name == name }
  }
}
