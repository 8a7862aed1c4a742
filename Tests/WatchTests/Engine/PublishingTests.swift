import Testing
import Values
import Watch

@Suite struct PublishingTests {
  @Test func nothingIsPublishedUnlessSomebodyLooks() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(30), answer: Answers.queue(1))
    #expect(player.take().snapshots.isEmpty)
    player.tell(.watched(true))
    #expect(player.take().snapshots.map(\.system) == ["shop"])
    player.tell(.watched(false))
    player.pass(.seconds(30), answer: Answers.queue(1))
    #expect(player.take().snapshots.isEmpty)
  }

  @Test func snapshotsAreAtLeastATenthOfASecondApart() throws {
    let endpoints = (0..<100).map { "  e\($0): {http: \"http://127.0.0.1:1/\($0)\"}\n" }.joined()
    var player = Player()
    player.tell(.watched(true))
    player.load(try Player.folder(system: "title: Shop\nevery: 1s\nendpoints:\n" + endpoints, rules: ""))
    player.pass(.seconds(10)) { endpoint, now in Answers.up(endpoint, now) }
    let snapshots = player.take().snapshots
    #expect(snapshots.count > 10)
    let gaps = zip(snapshots, snapshots.dropFirst()).map { $1.at - $0.at }
    #expect(gaps.allSatisfy { $0 >= .milliseconds(100) }, "\(gaps.min() ?? .zero)")
    #expect(snapshots.last?.endpoints.allSatisfy { $0.state == .up } == true)
    // Once every state is known, only figures change: half a second is soon enough.
    let calm = snapshots.filter { $0.at > player.now - .seconds(5) }
    let calmGaps = zip(calm, calm.dropFirst()).map { $1.at - $0.at }
    #expect(!calmGaps.isEmpty && calmGaps.allSatisfy { $0 >= .milliseconds(500) })
  }

  @Test func nothingIsPublishedWhileNothingChanges() throws {
    var player = Player()
    player.tell(.watched(true))
    player.load(try Player.folder(system: "title: Shop\nevery: 1h", rules: ""))
    _ = player.take()
    player.pass(.minutes(5))
    #expect(player.take().snapshots.isEmpty)
  }

  @Test(arguments: [
    ("nobody", "up", Int64(0), "No system nobody"), ("shop", "rate(", 0, "1:6: "),
    ("shop", "up", -1, "ends before"),
    ("shop", "up", 20_000, "More than 11000 points"),
  ])
  func aQuestionThatCannotBeAskedIsRefused(system: String, expression: String, seconds: Int64, part: String)
    throws
  {
    var player = Player()
    player.load(try Player.folder())
    _ = player.take()
    player.tell(
      .query(
        id: 9, system: system, expression: expression, start: player.now, end: player.now + .seconds(seconds),
        step: .seconds(1)))
    guard case .refuse(9, let sentence) = player.take().first else {
      Issue.record("it was not refused")
      return
    }
    #expect(sentence.contains(part), "\(sentence)")
  }

  @Test func aRangeIsAnsweredWithOneValueAStep() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(30), answer: Answers.queue(7))
    _ = player.take()
    let (start, now) = (player.now - .seconds(10), player.now)
    player.tell(
      .query(id: 3, system: "shop", expression: "queue_depth * 2", start: start, end: now, step: .seconds(5)))
    guard case .ask(3, let query) = player.take().first else {
      Issue.record("it was not asked")
      return
    }
    let chart = try query.run(until: now, now: { now }).get()
    #expect(chart.lines.map(\.values) == [[14, 14, 14]])
    #expect(chart.start == start && chart.step == .seconds(5))
  }
}
