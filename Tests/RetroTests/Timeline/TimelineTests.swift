import Incidents
import Playbooks
import Retro
import Testing
import Values

@Suite struct TimelineTests {
  static let start = Instant(rfc3339: "2026-11-21T03:05:33Z") ?? Instant(milliseconds: 0)

  private func event(
    _ seq: Int64, _ fact: any Fact, at offset: Int64, recorded: Int64? = nil, by handle: String = "ops1"
  ) throws -> Event {
    Event(
      origin: "00", seq: seq, id: "e\(seq)", kind: type(of: fact).kind, version: type(of: fact).version,
      occurred: Self.start + .seconds(offset), ended: nil,
      recorded: Self.start + .seconds(recorded ?? offset),
      actor: Actor(handle: handle, host: "jump2", uid: 1000), incident: "INC-1", ticket: nil,
      body: try FactCoding.encode(fact))
  }

  @Test func wordsOfAnAlert() throws {
    let fact = AlertFired(
      system: "ensei-packs", rule: "PackErrorRatePage", labels: [:], level: .page, activeAt: Self.start,
      value: 0.056,
      sign: ">=", threshold: 0.05, unit: .ratio, summary: nil, playbook: nil, source: nil)
    let line = try #require(Timeline([event(1, fact, at: 0, by: Actor.engineHandle)]).lines.first)
    #expect(line.sign == "●")
    #expect(line.word == "alert")
    #expect(line.text == "PackErrorRatePage firing, 5.6% ≥ 5% on ensei-packs")
    #expect(line.actor == nil, "the engine is nobody in particular")
  }

  @Test func wordsOfARecovery() throws {
    func words(_ labels: [String: String], _ value: Double, _ unit: Figure.Unit? = nil) throws -> String? {
      let fact = AlertResolved(
        system: "shop", rule: "EndpointDown", labels: labels, activeAt: Self.start, value: value, unit: unit,
        how: .recovered)
      return Timeline([try event(1, fact, at: 0, by: Actor.engineHandle)]).lines.first?.text
    }
    #expect(try words(["endpoint": "health"], 0) == "EndpointDown health recovered on shop")
    #expect(try words([:], 231) == "EndpointDown recovered, last 231 on shop")
    #expect(try words([:], 0.0507, .ratio) == "EndpointDown recovered, last 5.07% on shop")
  }

  @Test func wordsOfWhatKeepsAlertsFromBeingHeard() throws {
    func words(_ fact: any Fact) throws -> String? { Timeline([try event(1, fact, at: 0)]).lines.first?.text }
    let end = Self.start + .minutes(30)
    #expect(
      try words(
        SilenceSet(
          silence: "SIL-1", system: "shop", matchers: ["a=\"b\""], start: Self.start, end: end,
          comment: "known"))
        == "SIL-1 until 03:35Z: a=\"b\" (known)")
    #expect(try words(SilenceEnded(silence: "SIL-1", system: "shop", expired: true)) == "SIL-1 is over")
    #expect(
      try words(SilenceEnded(silence: "SIL-1", system: "shop", reason: "fixed")) == "SIL-1 ended: fixed")
    #expect(
      try words(
        AlertUnacknowledged(
          system: "shop", rule: "Q", labels: [:], activeAt: Self.start, reason: nil, lapsed: "ops2"))
        == "Q: ops2's acknowledgement ran out, nobody has it in hand")
    #expect(
      try words(
        MaintenanceBegan(
          system: "shop", window: "Patch night", start: Self.start, until: end, endpoints: ["api"],
          matchers: []))
        == "Patch night on shop until 03:35Z: api")
    #expect(
      try words(
        AlertFired(
          system: "shop", rule: "Q", labels: [:], level: .warn, activeAt: Self.start, value: nil, sign: nil,
          threshold: nil, unit: nil, summary: nil, playbook: nil, source: nil, mutedBy: "silence SIL-1"))
        == "Q firing on shop (not heard: silence SIL-1)")
  }

  @Test func wordsOfASkippedStep() throws {
    let body =
      "{\"run\":\"R-1\",\"step\":\"1.2\",\"title\":\"Look\",\"to\":\"skipped\",\"reason\":\"no access\",\"by\":\"hand\"}"
    let fact = try #require(FactCoding.decode(StepChanged.self, from: Array(body.utf8)))
    let line = try #require(Timeline([event(1, fact, at: 0)]).lines.first)
    #expect(line.word == "step")
    #expect(line.text == "skipped 1.2 Look: no access")
    #expect(line.actor == "ops1")
  }

  @Test func linesStandInTheOrderInWhichThingsHappened() throws {
    let lines = Timeline([
      try event(
        1, ExportMade(format: "md", external: false, head: "abcdef0123", count: 7, fileDigest: "x"), at: 60),
      try event(
        2, ExportMade(format: "json", external: false, head: "abcdef0123", count: 8, fileDigest: "x"), at: 10,
        recorded: 90),
    ]).lines
    #expect(lines.map(\.text) == ["json written at 8·abcdef01", "md written at 7·abcdef01"])
    #expect(lines.map(\.isBackdated) == [true, false])
  }

  @Test func marksAreAppliedToTheLinesTheyName() throws {
    func decode<F: Fact>(_ type: F.Type, _ json: String) throws -> F {
      try #require(FactCoding.decode(type, from: Array(json.utf8)))
    }
    let lines = Timeline([
      try event(1, decode(NoteAdded.self, "{\"text\":\"one\"}"), at: 0),
      try event(2, decode(NoteAdded.self, "{\"text\":\"two\"}"), at: 1),
      try event(3, decode(NoteAdded.self, "{\"text\":\"three\"}"), at: 2),
      try event(4, decode(EventPinned.self, "{\"target\":\"e1\",\"pinned\":true}"), at: 3),
      try event(
        5, decode(EventAmended.self, "{\"target\":\"e2\",\"text\":\"second\",\"reason\":\"typo\"}"), at: 4),
      try event(6, decode(EventRetracted.self, "{\"target\":\"e3\",\"reason\":\"wrong window\"}"), at: 5),
    ]).lines
    #expect(lines.count == 4)
    #expect(lines[0].isPinned)
    #expect(lines[1].text == "second" && lines[1].isAmended)
    #expect(lines[2].retracted == "wrong window")
    #expect(lines[3].word == "retracted")
  }

  @Test func whatNobodyKnowsIsShownAsItIs() throws {
    let event = Event(
      origin: "00", seq: 1, id: "e1", kind: "comet.seen", version: 1, occurred: Self.start, ended: nil,
      recorded: Self.start, actor: Actor(handle: "ops1", host: "h", uid: 1), incident: nil, ticket: nil,
      body: Array("{\"tail\":true}".utf8))
    let line = try #require(Timeline([event]).lines.first)
    #expect(line.word == "comet.seen")
    #expect(line.text == "{\"tail\":true}")
  }

  @Test func anErasedBodySaysSo() throws {
    let event = Event(
      origin: "00", seq: 1, id: "e1", kind: NoteAdded.kind, version: 1, occurred: Self.start, ended: nil,
      recorded: Self.start, actor: Actor(handle: "ops1", host: "h", uid: 1), incident: nil, ticket: nil,
      body: nil)
    #expect(Timeline([event]).lines.first?.word == "erased")
  }
}
