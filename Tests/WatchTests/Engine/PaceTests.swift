import Probes
import Testing
import Values
import Watch
import Wire

/// How far apart the polls of an endpoint are.
@Suite struct PaceTests {
  private static func player(_ keys: String = "", every: String = "10s") throws -> Player {
    var player = Player()
    let text = "title: Shop\nevery: \(every)\nendpoints:\n  a: {http: \"http://127.0.0.1:1/\"\(keys)}\n"
    player.load(try Player.folder(system: text, rules: ""))
    return player
  }

  /// Seconds between the polls of `span`, each answered by `answer`.
  private static func gaps(
    _ player: inout Player, _ span: Span, _ answer: (Endpoint, Instant) -> Observation
  ) -> [Int64] {
    var times: [Instant] = []
    player.pass(span) { endpoint, now in
      times.append(now)
      return answer(endpoint, now)
    }
    return zip(times, times.dropFirst()).map { ($1 - $0).milliseconds / 1000 }
  }

  private static func answer(_ status: Int, _ headers: [Header] = []) -> (Endpoint, Instant) -> Observation {
    { endpoint, now in endpoint.judge(.success(Response(status: status, headers: headers)), at: now) }
  }

  private static func row(_ player: Player) throws -> EndpointRow {
    try #require(player.watch.snapshots(at: player.now).first?.endpoints.first)
  }

  @Test func whoeverIsOutOfReachForAMinuteIsPolledLessOften() throws {
    var player = try Self.player()
    #expect(
      Self.gaps(&player, .seconds(240), { Answers.down($0, $1) }) == [10, 10, 10, 10, 10, 10, 20, 40, 40, 40])
    #expect(try Self.row(player).delay == .backedOff)
    #expect(player.take().changes == ["a down"], "and it is not stale meanwhile")
    // The first success ends it, on the beat of before.
    #expect(Self.gaps(&player, .seconds(100), { Answers.up($0, $1) }) == [Int64](repeating: 10, count: 9))
    #expect(try Self.row(player).delay == nil)
    #expect(try Self.row(player).skipped == 0)
  }

  @Test(arguments: [
    ("1s", Span.seconds(90), [Int64](repeating: 1, count: 60) + [2, 4, 4, 4, 4, 4, 4]),
    ("30s", .minutes(8), [30, 30, 60, 120, 120]), ("45s", .minutes(8), [45, 45, 90, 90, 90, 90]),
    ("2m", .minutes(20), [Int64](repeating: 120, count: 9)),
    ("10m", .hours(2), [Int64](repeating: 600, count: 11)),
  ])
  func neverBeyondFourIntervalsOrTwoMinutes(_ every: String, _ span: Span, _ expected: [Int64]) throws {
    var player = try Self.player(every: every)
    let found = Self.gaps(&player, span, { Answers.down($0, $1) })
    #expect(found == expected)
  }

  @Test func onlyWhoeverIsOutOfReachIs() throws {
    var player = try Self.player()
    let ten = [Int64](repeating: 10, count: 19)
    #expect(Self.gaps(&player, .seconds(200), Self.answer(500)) == ten)
    var late = Failure(.timeout, reason: "no answer")
    late.phases.processing = 10
    player = try Self.player()
    #expect(Self.gaps(&player, .seconds(200)) { $0.judge(.failure(late), at: $1) } == ten)
    player = try Self.player(", backoff: none")
    #expect(Self.gaps(&player, .seconds(200), { Answers.down($0, $1) }) == ten)
    late.phases.processing = 0
    player = try Self.player()
    #expect(Self.gaps(&player, .seconds(200)) { $0.judge(.failure(late), at: $1) } != ten)
  }

  @Test func ourOwnConnectionIsLookedAtAtItsOwnRate() throws {
    var player = Player()
    let text = """
      title: Shop
      every: 10s
      connectivity: [{tcp: "127.0.0.1:9"}]
      endpoints: {a: {http: "http://127.0.0.1:1/"}}
      """
    player.load(try Player.folder(system: text, rules: ""))
    var times: [Instant] = []
    player.pass(.seconds(240)) { endpoint, now in
      if endpoint.kind == .tcp { times.append(now) }
      return Answers.down(endpoint, now)
    }
    let gaps = zip(times, times.dropFirst()).map { ($1 - $0).milliseconds }
    #expect(times.count >= 24 && gaps.allSatisfy { $0 <= 10_000 }, "\(gaps)")
  }

  @Test func aProbeOutOfTurnThatFindsItBringsItsPaceBack() throws {
    var player = try Self.player()
    _ = Self.gaps(&player, .seconds(130), { Answers.down($0, $1) })
    let before = try #require(try Self.row(player).next)
    _ = player.take()
    player.tell(.probe(system: "shop", endpoint: "a"))
    let poll = try #require(player.take().polls.first)
    let endpoint = try #require(
      try Player.folder(
        system: "title: Shop\nevery: 10s\nendpoints: {a: {http: \"http://127.0.0.1:1/\"}}\n", rules: ""
      ).endpoints.first)
    #expect(poll == endpoint.name)
    player.tell(.observed(system: "shop", Answers.up(endpoint, player.now)))
    let after = try #require(try Self.row(player).next)
    #expect(after < before && after - player.now <= .seconds(10))
    #expect((before - after).milliseconds.isMultiple(of: 10_000), "on the same beat")
  }

  @Test(arguments: [
    (429, "45", [Int64(50), 50]), (503, "45", [50, 50]), (503, "9", [10, 10, 10]),
    (503, "86400", [240, 240]), (503, "soon", [10, 10, 10]), (503, "-5", [10, 10, 10]),
    (500, "45", [10, 10, 10]),
    (200, "45", [10, 10, 10]),
  ])
  func whoeverAsksForPatienceGetsIt(_ status: Int, _ text: String, _ expected: [Int64]) throws {
    var player = try Self.player()
    let answer = Self.answer(status, [Header("Retry-After", text)])
    let found = Self.gaps(&player, .minutes(10), answer)
    #expect(Array(found.prefix(expected.count)) == expected)
    #expect(try Self.row(player).delay == (expected.contains(10) ? nil : .retryAfter))
    #expect(!player.take().changes.contains("a stale"))
  }

  @Test func patienceCanBeAskedForUntilADate() throws {
    var player = try Self.player()
    // Three o'clock and a minute, which is a minute from the beginning.
    let answer = Self.answer(503, [Header("Retry-After", "Sat, 21 Nov 2026 03:01:00 GMT")])
    let found = Self.gaps(&player, .minutes(2), answer)
    #expect(Array(found.prefix(3)) == [60, 10, 10])
  }

  @Test func whoeverIsSlowerThanItsIntervalIsNeverAskedTwiceAtOnce() throws {
    var player = try Self.player()
    var open: [(endpoint: Endpoint, until: Instant)] = []
    var polls = 0
    for _ in 0..<300 {
      player.pass(.seconds(1))
      for effect in player.take() {
        guard case .poll(let poll) = effect else { continue }
        polls += 1
        open.append((poll.endpoint, player.now + .seconds(25)))
      }
      #expect(open.count <= 1)
      while let first = open.first, first.until <= player.now {
        open.removeFirst()
        player.tell(.observed(system: "shop", Answers.up(first.endpoint, player.now)))
      }
    }
    let skipped = try #require(try Self.row(player).skipped)
    #expect(polls == 12)
    // Of 30 turns, those that were not taken.
    #expect(skipped == 30 - polls - 1 || skipped == 30 - polls, "\(skipped)")
    #expect(player.watch.figures(at: player.now).systems.first?.skipped == skipped)
  }
}
