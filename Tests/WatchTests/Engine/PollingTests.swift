import Probes
import Testing
import Values
import Watch

@Suite struct PollingTests {
  @Test func firstPollsAreSpreadAndThenKeepTheirPace() throws {
    let names = (0..<50).map { "e\($0)" }
    let endpoints = names.map { "  \($0): {http: \"http://127.0.0.1:1/\($0)\"}\n" }.joined()
    var player = Player()
    player.load(try Player.folder(system: "title: Shop\nevery: 10s\nendpoints:\n" + endpoints, rules: ""))
    let atOnce = Set(player.take().polls)
    #expect(atOnce.count < 10, "all at once: \(atOnce)")
    var times: [String: [Instant]] = [:]
    player.pass(.seconds(31)) { endpoint, now in
      times[endpoint.name, default: []].append(now)
      return Answers.up(endpoint, now)
    }
    let all = player.take().polls
    #expect(Set(all).union(atOnce) == Set(names))
    for (name, instants) in times {
      let gaps = zip(instants, instants.dropFirst()).map { $1 - $0 }
      #expect(gaps.allSatisfy { $0 == .seconds(10) }, "\(name): \(gaps)")
    }
    #expect(
      times.values.allSatisfy {
        ($0.first ?? .init(milliseconds: 0)) < Player.start + .seconds(2) || $0.count < 3
      })
  }

  @Test func theRatesOfManyAreSpreadOverTheWholeInterval() throws {
    let endpoints = (0..<500).map { "  e\($0): {http: \"http://127.0.0.1:1/\($0)\"}\n" }.joined()
    var player = Player()
    player.load(try Player.folder(system: "title: Shop\nevery: 10s\nendpoints:\n" + endpoints, rules: ""))
    var polls: [Int64: Int] = [:]
    player.pass(.seconds(60)) { endpoint, now in
      polls[(now - Player.start).milliseconds / 1000, default: 0] += 1
      return Answers.up(endpoint, now)
    }
    #expect((0..<2).reduce(0) { $0 + polls[$1, default: 0] } >= 500, "the board fills at once")
    let calm = (20..<60).map { polls[$0, default: 0] }
    #expect(calm.allSatisfy { (25...80).contains($0) }, "\(calm)")
    #expect(calm.reduce(0, +) == 2000)
  }

  @Test func nobodyIsPolledAgainBeforeItAnswered() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(25))
    #expect(player.take().polls.sorted() == ["health", "metrics"])
    player.tell(.probe(system: "shop", endpoint: "health"))
    #expect(player.take().polls.isEmpty)
  }

  @Test func aProbeOutOfTurnIsSentAtOnce() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(3), answer: Answers.queue(1))
    _ = player.take()
    player.tell(.probe(system: "shop", endpoint: "health"))
    player.tell(.probe(system: "shop", endpoint: "nothing"))
    player.tell(.probe(system: "nobody", endpoint: "health"))
    #expect(player.take().polls == ["health"])
  }

  @Test func whatCameTogetherIsHeardInTurnAndDueWorkIsDoneBehindIt() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(3))
    _ = player.take()
    let endpoints = try Player.folder().endpoints
    let observed: [WatchInput] = endpoints.map {
      .observed(system: "shop", Answers.up($0, player.now))
    }
    player.tell(observed + [.probe(system: "shop", endpoint: "health")] + [.watched(true)] + observed)
    let effects = player.take()
    #expect(effects.changes == endpoints.map { "\($0.name) up" })
    // It was asked for between the two rounds of answers, and so was free to be polled.
    #expect(effects.polls == ["health"])
    #expect(effects.snapshots.count == 1)
    #expect(effects.snapshots.first?.endpoints.allSatisfy { $0.state == .up } ?? false)
    player.tell([.observed(system: "nobody", Answers.up(try #require(endpoints.first), player.now))])
    #expect(player.take().changes.isEmpty)
  }

  @Test func aChangeOfStateIsRecordedOnce() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(35), answer: Answers.queue(1))
    #expect(player.take().changes.sorted() == ["health up", "metrics up"])
    player.pass(.seconds(30)) { endpoint, now in
      endpoint.name == "health" ? Answers.down(endpoint, now) : Answers.up(endpoint, now)
    }
    #expect(player.take().changes == ["health down"])
    player.pass(.seconds(20), answer: Answers.queue(1))
    #expect(player.take().changes == ["health up"])
  }

  @Test func whatAPageNoLongerHasEndsAtOnce() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(15), answer: Answers.queue(7))
    #expect(player.ask("queue_depth") == [[7]])
    player.pass(.seconds(10)) { endpoint, now in Answers.up(endpoint, now) }
    #expect(player.ask("queue_depth") == [], "long before five minutes are over")
    #expect(player.ask("probe_success") == [[1], [1]])
  }

  @Test func whatNeedsTrustIsNotPolledUntilItHasIt() throws {
    let secret = """
      title: Shop
      secrets: {TOKEN: {file: token}}
      endpoints: {api: {http: "http://127.0.0.1:1/", bearer: "${TOKEN}"}}
      """
    var player = Player()
    let folder = try Player.folder(system: secret, rules: "")
    player.tell(.load(folder, isTrusted: false, saved: nil, firing: []))
    player.pass(.minutes(2))
    #expect(player.take().polls.isEmpty)
    var row = player.watch.snapshots(at: player.now).first?.endpoints.first
    #expect(row?.state == .paused && row?.reason == "not trusted")
    player.tell(.load(folder, isTrusted: true, saved: nil, firing: []))
    row = player.watch.snapshots(at: player.now).first?.endpoints.first
    #expect(row?.reason == "the secret TOKEN is not known")
  }
}

extension Player {
  /// The values of each line of an instant query now; nil when it was not answered.
  mutating func ask(_ expression: String) -> [[Double?]]? {
    _ = take()
    tell(.query(id: 1, system: "shop", expression: expression, start: now, end: now, step: .seconds(1)))
    for effect in take() {
      guard case .ask(1, let query) = effect else { continue }
      let now = now
      return try? query.run(until: now + .seconds(9), now: { now }).get().lines.map(\.values)
    }
    return nil
  }
}
