import Incidents
import Playbooks
import Testing
import Values

@testable import Retro

/// What a timeline says of commands, and of what steps leave in force.
@Suite struct CommandWordingTests {
  private static let at = Instant(milliseconds: 1_000_000)

  private static func event(_ fact: any Fact, _ seq: Int64) throws -> Event {
    Event(
      origin: "00", seq: seq, id: "e\(seq)", kind: type(of: fact).kind, version: 1, occurred: at, ended: nil,
      recorded: at, actor: Actor(handle: "ops1", host: "jump2", uid: 1000), incident: nil, ticket: nil,
      body: try FactCoding.encode(fact))
  }

  private static func fact<F: Fact>(_ type: F.Type, _ json: String) throws -> F {
    try #require(FactCoding.decode(type, from: Array(json.utf8)))
  }

  private static func started(_ mode: String, _ command: String = "queue drain") throws -> CommandStarted {
    try fact(
      CommandStarted.self,
      """
      {"run":"R-1","step":"1.2","id":"a","index":0,"command":"\(command)","cwd":"/srv","environment_names":[],
       "digest":"d","target":"production","mode":"\(mode)","owner":{"host":"h","boot":"b","pid":1,"since":2}}
      """)
  }

  private static func finished(_ rest: String) throws -> CommandFinished {
    try fact(
      CommandFinished.self,
      """
      {"run":"R-1","step":"1.2","started":"a","took_ms":3100,"lines":2,"truncated":false,\(rest)}
      """)
  }

  private static func lines(_ facts: [any Fact]) throws -> [TimelineLine] {
    Timeline(try facts.enumerated().map { try event($0.element, Int64($0.offset + 1)) }).lines
  }

  @Test(arguments: [
    ("once", "1.2 queue drain on production"), ("check", "1.2 queue drain on production as a check"),
    ("background", "1.2 queue drain on production beside the other steps"),
    ("terminal", "1.2 queue drain on production in the terminal"),
  ]) func starts(_ mode: String, _ text: String) throws {
    let line = try #require(try Self.lines([try Self.started(mode)]).first)
    #expect(line.word == "runs")
    #expect(line.text == text)
  }

  @Test(arguments: [
    (
      #""exit":0,"succeeded":true,"digest":"88c1aabbccdd""#,
      "1.2 exit 0, 3s, 2 lines, sha256 88c1aabb…: queue drain", TimelineLine.Tone.good
    ),
    (
      #""exit":1,"succeeded":true,"meaning":"none found","digest":"88c1aabbccdd""#,
      "1.2 exit 1 (none found), 3s, 2 lines, sha256 88c1aabb…: queue drain", .good
    ),
    (
      #""exit":0,"succeeded":true,"tries":3,"digest":"88c1aabbccdd""#,
      "1.2 exit 0, 3s, 2 lines, 3 tries, sha256 88c1aabb…: queue drain", .good
    ),
    (#""signal":"SIGKILL","succeeded":false,"cause":"timeout""#, "1.2 timed out, 3s: queue drain", .bad),
    (#""signal":"SIGTERM","succeeded":false,"cause":"cancelled""#, "1.2 cancelled, 3s: queue drain", .plain),
    (
      #""succeeded":false,"cause":"unable","reason":"no such folder""#,
      "1.2 could not be started, 3s: queue drain", .bad
    ),
  ]) func ends(_ rest: String, _ text: String, _ tone: TimelineLine.Tone) throws {
    let line = try #require(try Self.lines([try Self.started("once"), try Self.finished(rest)]).last)
    #expect(line.word == "ran")
    #expect(line.text == text)
    #expect(line.tone == tone)
  }

  @Test func aCommandOfSeveralLinesIsToldByItsFirst() throws {
    let line = try #require(try Self.lines([try Self.started("once", #"cat <<E\\nsecret plan\\nE"#)]).first)
    #expect(line.text.hasPrefix("1.2 cat <<E"))
  }

  @Test func whatNobodyKnowsAndWhatStaysInForce() throws {
    let lines = try Self.lines([
      try Self.started("once"),
      try Self.fact(
        CommandLost.self, #"{"run":"R-1","step":"1.2","started":"a","reason":"Its console is gone."}"#),
      try Self.fact(
        EffectSet.self, #"{"run":"R-1","step":"1.2","what":"Purchases off","undo":"Turn them on"}"#),
      try Self.fact(
        EffectUndone.self,
        #"{"run":"R-1","step":"1.2","what":"Purchases off","undo":"Turn them on","reason":"by hand"}"#),
    ])
    #expect(lines.map(\.word) == ["runs", "ran", "in force", "undone"])
    #expect(
      lines[1].text == "1.2: queue drain: outcome unknown: Its console is gone."
        || lines[1].text.contains("outcome unknown: Its console is gone."))
    #expect(lines[2].text == "1.2 Purchases off; undo: Turn them on")
    #expect(lines[3].text == "1.2 Purchases off: by hand")
  }

  static let evidence = """
    {"what":"1.2 Search the logs","blob":{"sha256":"88c1aabbccdd","bytes":12,"type":"text/plain"},
     "from":{"run":"R-1","step":"1.2","command":"a","text":"grep -c timeout worker.log","by":"ops1",
     "at":"2026-11-21T03:05:33.000Z","end":"exit 1 (none found)","took_ms":3100,"lines":1,"part":"PART"}}
    """

  @Test(arguments: [
    ("whole", "exit 1 (none found), 1 line, sha256 88c1aabb…"),
    ("ends", "exit 1 (none found), 1 line, beginning and end, sha256 88c1aabb…"),
  ]) func evidence(_ part: String, _ told: String) throws {
    let fact = try Self.fact(EvidenceAttached.self, Self.evidence.replacing("PART", with: part))
    let line = try #require(try Self.lines([fact]).first)
    #expect(line.word == "evidence" && line.sign == "◇" && line.tone == .note)
    #expect(line.text == "1.2 Search the logs: grep -c timeout worker.log, \(told)")
    #expect(
      line.detail == """
        grep -c timeout worker.log
        R-1, run by ops1 at 2026-11-21 03:05:33Z.
        sha256 88c1aabbccdd, 12 bytes
        """)
  }

  @Test func aStepWhoseTimeIsOver() throws {
    let fact = try Self.fact(
      StepOverdue.self,
      #"{"run":"R-1","step":"2.1","title":"Pause the workers","due":"2026-11-21T03:17:45.000Z"}"#)
    let line = try #require(try Self.lines([fact]).first)
    #expect(line.word == "overdue" && line.sign == "●" && line.tone == .page)
    #expect(line.text == "2.1 Pause the workers was due at 03:17:45Z and is not done")
  }
}
