import Alerting
import Incidents
import Metrics
import Probes
import Testing
import Values
import Watch

/// A restart while samples and timers of before are still being read.
@Suite struct RestoringTests {
  private static let rules = """
    groups:
      - name: shop
        rules:
          - alert: QueueBacklog
            expr: queue_depth > 200
            for: 40s
          - alert: Fast
            expr: rate(queue_depth[2m]) > 0.9
            for: 20s
          - alert: Gone
            expr: absent(queue_depth)
    """

  /// Deeper by one a second.
  private static let growing: @Sendable (Endpoint, Instant) -> Observation? = { endpoint, now in
    Answers.up(endpoint, now, page: "queue_depth \(1000 + (now - Player.start).milliseconds / 1000)\n")
  }

  /// After half a minute, in which everything was pending.
  private static func before() throws -> (Player, SavedSystem) {
    var player = Player()
    player.load(try Player.folder(rules: rules))
    player.pass(.seconds(30), answer: growing)
    #expect(player.take().fired.isEmpty)
    return (player, try #require(player.watch.saved("shop")))
  }

  private static func restarted(after player: Player, _ firing: [Alert] = []) throws -> Player {
    var after = Player(at: player.now + .seconds(5))
    after.tell(.begin(try Player.folder(rules: rules), isTrusted: true, firing: firing))
    return after
  }

  @Test func aDiskThatHangsIsNotWaitedForForEver() throws {
    let (before, saved) = try Self.before()
    var after = try Self.restarted(after: before)
    after.pass(.seconds(12), answer: Self.growing)
    let took = after.take()
    #expect(
      took.notices.count == 1 && took.notices.allSatisfy { $0.contains("metrics.db was not read within 10s") }
    )
    #expect(took.contains { if case .evaluated = $0 { true } else { false } })
    // What comes too late is of no use: newer samples are there.
    after.tell(.restored(system: "shop", saved))
    after.pass(.seconds(60), answer: Self.growing)
    #expect(after.take().notices.isEmpty)
    #expect(after.ask("count_over_time(queue_depth[10m])") == [[8]])
    #expect(after.watch.saved("shop") != nil)
  }

  @Test func pollsBeginAndRulesWait() throws {
    let (before, saved) = try Self.before()
    var after = try Self.restarted(after: before)
    after.pass(.seconds(9), answer: Self.growing)
    let took = after.take()
    #expect(took.polls.count >= 2)
    #expect(!took.contains { if case .evaluated = $0 { true } else { false } })
    #expect(took.fired.isEmpty && took.resolved.isEmpty)
    #expect(after.watch.saved("shop") == nil, "what is still being read is not to be replaced")
    #expect(after.watch.nextDeadline.map { $0 > after.moment.uptime } ?? false)
    after.tell(.restored(system: "shop", saved))
    after.pass(.seconds(1), answer: Self.growing)
    #expect(after.take().contains { if case .evaluated = $0 { true } else { false } })
    #expect(after.watch.saved("shop") != nil)
  }

  @Test(arguments: [0, 1, 7, 9])
  func samplesOfBothTimesAreThereAndAGapIsAGap(seconds: Int64) throws {
    let (before, saved) = try Self.before()
    var after = try Self.restarted(after: before)
    let again = after.now
    after.pass(.seconds(seconds), answer: Self.growing)
    after.tell(.restored(system: "shop", saved))
    after.pass(.seconds(20), answer: Self.growing)
    let old = saved.store
    let labels = Labels(["__name__": "queue_depth", "instance": "127.0.0.1:1", "job": "metrics"])
    let first = try #require(old.seriesID(for: labels))
    let points = old.samples(first, after: .min, through: .max)
    let store = try #require(after.watch.store(of: "shop"))
    let id = try #require(store.seriesID(for: labels))
    let all = store.samples(id, after: .min, through: .max)
    #expect(all.prefix(points.count) == points[...])
    let later = all.dropFirst(points.count)
    #expect(later.count >= 2)
    #expect(later.allSatisfy { $0.t >= again.milliseconds && !$0.v.isStale })
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.t < $1.t })
    #expect(all.allSatisfy { $0.v == Double(1000 + ($0.t - Player.start.milliseconds) / 1000) })
  }

  @Test func pendingAlertsGoOnAsIfTheSamplesHadBeenThereAtOnce() throws {
    let (before, saved) = try Self.before()
    var times: [[String: Instant]] = []
    for isLate in [false, true] {
      var after = Player(at: before.now + .seconds(5))
      let folder = try Player.folder(rules: Self.rules)
      if isLate {
        after.tell(.begin(folder, isTrusted: true, firing: []))
        after.pass(.seconds(3), answer: Self.growing)
        after.tell(.restored(system: "shop", saved))
      } else {
        after.load(folder, saved: saved)
        after.pass(.seconds(3), answer: Self.growing)
      }
      var fired: [String: Instant] = [:]
      for _ in 0..<90 {
        after.pass(.seconds(1), answer: Self.growing)
        let took = after.take()
        for fact in took.fired { fired[fact.rule] = after.now }
        #expect(took.resolved.isEmpty)
      }
      times.append(fired)
      #expect(fired.keys.sorted() == ["Fast", "QueueBacklog"])
      // Without the timers it would take the whole 40 seconds after the restart.
      #expect((fired["QueueBacklog"] ?? .init(milliseconds: .max)) < before.now + .seconds(5 + 40))
    }
    for (rule, time) in times[0] {
      let late = try #require(times[1][rule])
      #expect(abs((late - time).milliseconds) <= 10_000, "\(rule): within a slot")
    }
  }

  @Test func withoutAnythingSavedRulesGoOnAlone() throws {
    let (before, _) = try Self.before()
    var after = try Self.restarted(after: before)
    after.pass(.seconds(2), answer: Self.growing)
    after.tell(.restored(system: "shop", nil))
    after.pass(.seconds(170), answer: Self.growing)
    #expect(after.take().fired.map(\.rule).sorted() == ["Fast", "QueueBacklog"])
  }

  @Test func anEditMeanwhileWaitsToo() throws {
    let (before, saved) = try Self.before()
    var after = try Self.restarted(after: before)
    after.pass(.seconds(3), answer: Self.growing)
    let edited = try Player.folder(rules: Self.rules.replacing("for: 40s", with: "for: 20s"))
    after.load(edited)
    after.pass(.seconds(5), answer: Self.growing)
    #expect(!after.take().contains { if case .evaluated = $0 { true } else { false } })
    after.tell(.restored(system: "shop", saved))
    after.pass(.seconds(15), answer: Self.growing)
    #expect(after.take().fired.map(\.rule).contains("QueueBacklog"))
  }

  @Test func samplesAheadOfAClockThatWasSetBackAreForgotten() throws {
    let (before, saved) = try Self.before()
    var after = try Self.restarted(after: before)
    after.pass(.seconds(3), answer: Self.growing)
    after.setClock(by: .minutes(-10))
    after.tell(.restored(system: "shop", saved))
    after.pass(.seconds(30), answer: Self.growing)
    let store = try #require(after.watch.store(of: "shop"))
    let now = after.now.milliseconds
    for id in store.select([]) {
      let points = store.samples(id, after: .min, through: .max)
      #expect(points.allSatisfy { $0.t <= now })
    }
    #expect(!store.select([]).isEmpty)
  }
}
