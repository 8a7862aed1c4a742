import Incidents
import Probes
import Testing
import Values
import Watch

/// A clock that is set, a machine that sleeps, a process that stands still: normal life.
@Suite struct GapTests {
  enum Trouble: CaseIterable {
    case forward, back, sleep, stall

    func happen(to player: inout Player) {
      switch self {
      case .forward: player.setClock(by: .hours(8))
      case .back: player.setClock(by: .hours(-1))
      case .sleep: player.sleep(.hours(8))
      case .stall: player.stall(.minutes(10))
      }
    }

    var notice: String {
      switch self {
      case .forward: "The clock was set forward by 8h00m; timers go on from where they were."
      case .back: "The clock was set back by 1h00m; timers go on from where they were."
      case .sleep: "This machine slept for 8h00m; timers go on from where they were."
      case .stall: "This process stood still for 9m"
      }
    }
  }

  @Test(arguments: Trouble.allCases)
  func whatFiresGoesOnFiringAndPollsGoOn(_ trouble: Trouble) throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(60), answer: Answers.queue(231))
    #expect(player.take().fired.map(\.rule) == ["QueueBacklog"])
    trouble.happen(to: &player)
    player.pass(.seconds(60), answer: Answers.queue(231))
    let after = player.take()
    #expect(
      after.notices.count == 1 && after.notices.first?.hasPrefix(trouble.notice) == true, "\(after.notices)")
    #expect(after.fired.isEmpty && after.resolved.isEmpty && after.changes.isEmpty, "\(after.records)")
    for name in ["health", "metrics"] {
      let count = after.polls.filter { $0 == name }.count
      #expect((6...8).contains(count), "\(name): \(count) polls in a minute, neither silence nor a burst")
    }
    #expect(player.rows.map(\.state) == [.firing])
    #expect(player.ask("queue_depth") == [[231]], "new samples are taken")
    player.pass(.seconds(30), answer: Answers.queue(1))
    #expect(player.take().resolved.map(\.how) == [.recovered])
  }

  @Test(arguments: [(Trouble.forward, 5), (.back, 5), (.stall, 5), (.sleep, 20)])
  func whatIsPendingKeepsTheTimeThatWasWatched(_ trouble: Trouble, _ left: Int) throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(15), answer: Answers.queue(231))
    #expect(player.rows.map(\.state) == [.pending])
    trouble.happen(to: &player)
    // A pending time that is older than an hour of sleep is worth nothing.
    player.pass(.seconds(Int64(left) - 2), answer: Answers.queue(231))
    #expect(player.take().fired.isEmpty, "it fires too early")
    #expect(player.rows.map(\.state) == [.pending])
    player.pass(.seconds(14), answer: Answers.queue(231))
    #expect(player.take().fired.map(\.rule) == ["QueueBacklog"])
  }

  @Test(arguments: Trouble.allCases)
  func aRateFiresOnAndNeverFiresOverAGap(_ trouble: Trouble) throws {
    let rules = """
      groups:
        - name: shop
          rules:
            - {alert: Busy, expr: "rate(requests_total[1m]) > 5"}
            - {alert: Mad, expr: "rate(requests_total[1m]) > 50"}
      """
    var player = Player()
    player.load(try Player.folder(rules: rules))
    var served = 0
    // Ten a second, by the clock of the server.
    func page(_ endpoint: Endpoint, _ now: Instant) -> Observation? {
      served += endpoint.name == "metrics" ? 100 : 0
      return Answers.up(endpoint, now, page: "requests_total \(served)\n")
    }
    player.pass(.seconds(95), answer: page)
    #expect(player.take().fired.map(\.rule) == ["Busy"])
    trouble.happen(to: &player)
    // The server worked on while we were away.
    served += 288_000
    player.pass(.minutes(3), answer: page)
    let after = player.take()
    #expect(after.fired.isEmpty && after.resolved.isEmpty, "\(after.records)")
  }

  @Test(arguments: [nil, Trouble.forward, .back, .sleep, .stall])
  func absenceIsNotClaimedBeforeAnybodyAnswered(_ trouble: Trouble?) throws {
    let rules = """
      groups:
        - {name: shop, rules: [{alert: Gone, expr: "absent(queue_depth)"}]}
      """
    var player = Player()
    player.load(try Player.folder(rules: rules))
    if let trouble {
      player.pass(.seconds(40), answer: Answers.queue(1))
      trouble.happen(to: &player)
    }
    player.pass(.minutes(2), answer: Answers.queue(1))
    #expect(player.take().fired.isEmpty)
    player.pass(.seconds(30)) { endpoint, now in Answers.up(endpoint, now) }
    #expect(player.take().fired.map(\.rule) == ["Gone"])
  }

  @Test func rulesDoNotWaitForEverForAnAnswer() throws {
    var player = Player()
    player.load(
      try Player.folder(
        rules: """
          groups:
            - {name: shop, rules: [{alert: Gone, expr: "absent(queue_depth)"}]}
          """))
    player.pass(.seconds(10))
    #expect(player.take().fired.isEmpty, "the timeout is ten seconds")
    player.pass(.seconds(2))
    #expect(player.take().fired.map(\.rule) == ["Gone"])
  }

  @Test func anAnswerOfBeforeTheGapSaysNothing() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(25), answer: Answers.queue(1))
    _ = player.take()
    var late: [(Endpoint, Instant)] = []
    player.pass(.seconds(10)) { endpoint, now in
      late.append((endpoint, now))
      return nil
    }
    _ = player.take()
    player.sleep(.hours(8))
    for (endpoint, began) in late {
      player.tell(.observed(system: "shop", Answers.down(endpoint, began)))
    }
    let broken = player.take()
    #expect(broken.changes.isEmpty, "the connection broke because we slept")
    #expect(Set(broken.polls) == ["health", "metrics"], "they are polled again at once")
    for (endpoint, _) in late {
      player.tell(.observed(system: "shop", Answers.up(endpoint, player.now)))
    }
    player.pass(.seconds(20), answer: Answers.queue(1))
    let after = player.take()
    #expect(after.changes.isEmpty && after.fired.isEmpty)
    #expect(Set(after.polls) == ["health", "metrics"])
  }

  @Test func aClockThatIsCorrectedALittleChangesNothing() throws {
    var player = Player()
    player.load(try Player.folder())
    for _ in 0..<12 {
      player.pass(.seconds(10), answer: Answers.queue(231))
      player.setClock(by: .milliseconds(-400))
    }
    let all = player.take()
    #expect(all.notices.isEmpty)
    #expect(all.fired.count == 1 && all.resolved.isEmpty)
    #expect(all.polls.count == 24)
  }

  @Test func silenceOfAnEndpointIsStillNoticed() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(20), answer: Answers.queue(1))
    player.setClock(by: .hours(-1))
    _ = player.take()
    player.pass(.seconds(90))
    #expect(player.take().changes.sorted() == ["health stale", "metrics stale"])
  }
}
