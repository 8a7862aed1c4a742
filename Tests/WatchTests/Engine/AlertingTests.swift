import Foundation
import Incidents
import Metrics
import Probes
import Testing
import Values
import Watch

@Suite struct AlertingTests {
  private func healthDown(_ endpoint: Endpoint, _ now: Instant) -> Observation? {
    endpoint.name == "health" ? Answers.down(endpoint, now) : Answers.up(endpoint, now)
  }

  @Test func anEndpointThatIsDownIsAnAlertUntilItAnswers() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(30), answer: healthDown)
    let down = player.take()
    #expect(down.fired.map(\.rule) == ["EndpointDown"])
    #expect(down.fired.first?.level == .page)
    #expect(down.fired.first?.summary == "health is down")
    #expect(down.fired.first?.value == nil, "it measures nothing")
    player.pass(.seconds(30), answer: Answers.queue(1))
    let up = player.take()
    #expect(up.resolved.map(\.how) == [.recovered])
    #expect(up.resolved.first?.identity == down.fired.first?.identity)
    #expect(up.fired.isEmpty)
  }

  @Test func aRuleIsPendingForItsTimeThenFiresOnce() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(15), answer: Answers.queue(231))
    #expect(player.take().fired.isEmpty)
    #expect(player.rows.map(\.state) == [.pending])
    player.pass(.seconds(60), answer: Answers.queue(231))
    let fired = player.take().fired
    #expect(fired.map(\.rule) == ["QueueBacklog"])
    #expect(fired.first?.value == 231 && fired.first?.sign == ">" && fired.first?.threshold == 200)
    #expect(fired.first?.level == .warn)
    #expect(player.rows.map(\.state) == [.firing])
    #expect(player.rows.first?.value?.description == "231")
  }

  @Test func anAlertWhoseSeriesVanishDoesNotRecover() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(60), answer: Answers.queue(231))
    #expect(player.take().fired.count == 1)
    player.pass(.seconds(60)) { endpoint, now in Answers.up(endpoint, now) }
    let after = player.take().resolved
    #expect(after.allSatisfy { $0.how == .noData }, "no data is not good news: \(after.map(\.how))")
    #expect(after.count == 1 || player.rows.first?.hasNoData == true)
  }

  @Test func aSilenceHidesAnAlertAndChangesNothingElse() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(60), answer: Answers.queue(231))
    _ = player.take()
    let silence = try Self.silence(
      """
      ["alertname=\\"QueueBacklog\\""]
      """, until: player.now + .seconds(30))
    player.tell(.silences([silence]))
    #expect(player.rows.map(\.silencedBy) == ["SIL-1"])
    #expect(player.rows.map(\.state) == [.firing])
    #expect(player.take().records.isEmpty)
    player.tell(
      .silences([try Self.silence("[\"alertname=\\\"Other\\\"\"]", until: player.now + .seconds(30))]))
    #expect(player.rows.map(\.silencedBy) == [nil])
    player.tell(.silences([silence]))
    player.pass(.seconds(31), answer: Answers.queue(231))
    #expect(player.rows.map(\.silencedBy) == [nil], "it is over")
  }

  @Test func whatFiredBeforeARestartGoesOnFiring() throws {
    var before = Player()
    before.load(try Player.folder())
    before.pass(.seconds(60), answer: Answers.queue(231))
    let fired = try #require(before.take().fired.first)
    let saved = try #require(before.watch.saved("shop"))
    var alert = Alert(key: fired.identity.key)
    alert.apply(try Self.event(fired, at: before.now))
    for (saved, isLate) in [(saved, false), (nil, false), (saved, true), (nil, true)] {
      var after = Player(at: before.now + .seconds(5))
      if isLate {
        after.tell(.begin(try Player.folder(), isTrusted: true, firing: [alert]))
        #expect(after.rows.map(\.state) == [.firing], "before the samples are there, too")
        after.pass(.seconds(3), answer: Answers.queue(231))
        after.tell(.restored(system: "shop", saved))
      } else {
        after.load(try Player.folder(), saved: saved, firing: [alert])
      }
      #expect(after.rows.map(\.state) == [.firing])
      #expect(after.rows.first?.activeAt == fired.activeAt)
      after.pass(.seconds(30), answer: Answers.queue(231))
      let took = after.take()
      #expect(took.resolved.isEmpty && took.fired.isEmpty, "nothing anew: \(took.records)")
      after.pass(.seconds(30), answer: Answers.queue(1))
      let ended = after.take().resolved
      #expect(ended.map(\.how) == [.recovered])
      #expect(ended.map(\.unit) == [fired.unit] && fired.unit != nil, "what its last value is measured in")
    }
  }

  @Test func anAlertWhoseRuleIsGoneIsEnded() throws {
    var before = Player()
    before.load(try Player.folder())
    before.pass(.seconds(60), answer: Answers.queue(231))
    let fired = try #require(before.take().fired.first)
    var alert = Alert(key: fired.identity.key)
    alert.apply(try Self.event(fired, at: before.now))
    var after = Player(at: before.now + .seconds(5))
    after.load(try Player.folder(rules: ""), firing: [alert])
    #expect(after.take().resolved.map(\.how) == [.ruleGone])
    before.load(try Player.folder(rules: ""))
    #expect(before.take().resolved.map(\.how) == [.ruleGone])
  }

  private static func event(_ fact: any Fact, at instant: Instant) throws -> Event {
    Event(
      origin: "00", seq: 1, id: "e1", kind: type(of: fact).kind, version: 1, occurred: instant, ended: nil,
      recorded: instant, actor: Actor(handle: Actor.engineHandle, host: "h", uid: 1), incident: nil,
      ticket: nil,
      body: try FactCoding.encode(fact))
  }

  private static func silence(_ matchers: String, until end: Instant) throws -> Silence {
    let body = """
      {"silence":"SIL-1","system":"shop","matchers":\(matchers),"start":"\(Player.start.rfc3339)",
       "end":"\(end.rfc3339)","comment":"known"}
      """
    let fact = try #require(FactCoding.decode(SilenceSet.self, from: Array(body.utf8)))
    var silence = Silence(key: "SIL-1")
    silence.apply(try event(fact, at: Player.start))
    return silence
  }
}

extension Player {
  var rows: [AlertRow] { watch.snapshots(at: now).flatMap(\.alerts) }
}
