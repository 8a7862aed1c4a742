import Comms
import Foundation
import Incidents
import Playbooks
import Retro
import Testing
import Values

@Suite struct HandOverTests {
  /// Twelve minutes into a night: a run half done, a task late, an update out, a switch thrown.
  private static var story: Story {
    var story = Story()
    story.fires(at: 0)
    story.tell(
      IncidentDeclared.kind,
      """
      {"number":7,"systems":["ensei-packs"],"severity":"S1","severity_name":"P1","title":"Pack purchases fail",
       "impact":"Nobody can buy packs","started":"\(Story.instant(0))",
       "clocks":[{"clock":"respond","due":"\(Story.instant(900))"},{"clock":"mitigate","due":"\(Story.instant(600))"}],
       "escalation":[{"name":"L1","due":"\(Story.instant(0))","contact":"primary","asks":"escalation#level-1"},
                     {"name":"L2","due":"\(Story.instant(900))","contact":"secondary"}],
       "cadence":[{"every":900000}]}
      """, at: 90)
    story.tell(IncidentRoleTaken.kind, #"{"role":"commander","who":"ops1"}"#, at: 90)
    story.tell(
      ClockMet.kind,
      #"{"clock":"respond","due":"\#(Story.instant(900))","by":"\#(Story.instant(90))"}"#, at: 90)
    story.tell(
      IncidentTaskAdded.kind,
      #"{"task":"INC-7/1","title":"look at the status page","owner":"ops2","due":"\#(Story.instant(300))"}"#,
      at: 120)
    story.tell(
      IncidentTaskAdded.kind, #"{"task":"INC-7/2","title":"call the vendor"}"#, at: 121)
    story.tell(
      RunStarted.kind,
      """
      {"run":"R-1","playbook":"high-error-rate","title":"High error rate","variables":{},
       "snapshot":{"sha256":"aa","bytes":2,"type":"text/markdown"},
       "steps":[{"step":"1","title":"Turn purchases off","undo":"turn them on"},{"step":"2","title":"Read the logs"}]}
      """, at: 130)
    story.tell(
      StepChanged.kind,
      #"{"run":"R-1","step":"1","title":"Turn purchases off","to":"done","by":"hand"}"#, at: 140)
    story.tell(
      EffectSet.kind,
      #"{"run":"R-1","step":"1","what":"purchases are off","undo":"turn them on"}"#, at: 140)
    story.tell(
      CommandStarted.kind,
      """
      {"run":"R-1","step":"2","id":"a","index":0,"command":"logs --last 15m\\n| less","cwd":"/srv",
       "environment_names":[],"digest":"d","mode":"once","owner":{"host":"h","boot":"b","pid":1,"since":2}}
      """, at: 150)
    story.tell(
      CommandFinished.kind,
      #"{"run":"R-1","step":"2","started":"a","took_ms":3100,"lines":0,"truncated":false,"exit":1,"succeeded":false}"#,
      at: 153)
    story.tell(
      DraftSaved.kind,
      """
      {"draft":"D-2","audience":"users","stage":"Investigating","fields":{},"subject":"Still at it","text":"x"}
      """, at: 200)
    story.tell(IncidentDecided.kind, #"{"text":"no rollback before the vendor answers"}"#, at: 220)
    story.sends("We know. | Packs are safe.", at: 240, next: 700)
    story.tell(NoteAdded.kind, #"{"text":"one client version only"}"#, at: 260)
    story.tell(EventPinned.kind, #"{"target":"e15","pinned":true}"#, at: 261)
    return story
  }

  @Test func aPromiseToOneAudienceStandsBesideAnUpdateToAnother() throws {
    var story = Self.story
    story.tell(
      UpdateSent.kind,
      """
      {"draft":"D-3","audience":"internal","stage":"Investigating","subject":"For us","text":"We look.",
       "destinations":[],"head":"9·aa","how":"hand"}
      """, at: 300)
    let handOver = Self.handOver(story, at: 400)
    #expect(handOver.nextPromises.map(\.audience) == ["users"])
    #expect(handOver.nextPromises.map(\.due) == [Story.start + .seconds(700)])
    #expect(handOver.lastUpdates.map(\.audience) == ["internal", "users"])
    #expect(handOver.nextPromise == Story.start + .seconds(700))
  }

  private static func handOver(_ story: Story = story, at seconds: Int64 = 720) -> HandOver {
    func fold<F: Fold>(_ type: F.Type) -> [F] {
      var states: [String: F] = [:]
      for event in story.events {
        for key in F.keys(of: event) { states[key, default: F(key: key)].apply(event) }
      }
      return states.values.sorted { "\($0)" < "\($1)" }
    }
    var sources = HandOver.Sources()
    (sources.runs, sources.drafts, sources.alerts) = (fold(Run.self), fold(Draft.self), fold(Alert.self))
    sources.deliveries = fold(DeliveryRecord.self)
    sources.events = story.events
    return HandOver(
      fold(Incident.self)[0], from: sources, roles: ["commander", "communications"],
      head: .init(journal: "main", origin: "00ff", count: 42, head: "9f3a61c2"),
      made: Story.start + .seconds(seconds))
  }

  @Test func aNightAsText() {
    #expect(
      Self.handOver().text == """
        # Hand-over of INC-7 Pack purchases fail

        ## State

        - ● S1 (P1) Investigating, began 2026-11-21 03:05:33Z, 12m00s ago
        - impact: Nobody can buy packs
        - systems: ensei-packs

        ## Roles

        - commander ops1 · communications nobody

        ## Timers

        - ● mitigate overdue by 2m00s, due 03:15Z
        - ● update to users overdue by 20s, due 03:17Z, as promised
        - L2 in 3m00s, at 03:20Z, secondary
        - ✓ respond met at 03:07Z

        ## Open tasks

        - ☐ look at the status page — ops2, until 03:10Z, late by 7m00s
        - ☐ call the vendor — nobody

        ## Asks

        - ▸ PackErrorRatePage of ensei-packs fires, and nobody has it
        - ▸ D-2 for users is not sent: Still at it (ops1)
        - ▸ R-1 high-error-rate is open, 1 of 2 steps, next is 2 Read the logs
        - ▸ L1 asks for escalation#level-1 (primary)

        ## Last update

        - » 03:09Z to users by status page: Purchases fail
          > We know. \\| Packs are safe.
        - ● next promised for 03:17Z, 20s ago

        ## In force

        - ▲ purchases are off — ops1 at 03:07Z, R-1 1
          > undo: turn them on

        ## Tried

        - ✓ 03:07Z R-1 1 Turn purchases off — done, ops1
        - ✖ 03:08Z R-1 2 $ logs --last 15m … — exit 1, ops1

        ## Decided

        - ◇ 03:09Z no rollback before the vendor answers — ops1
        - ★ 03:09Z one client version only — ops1

        ## Record

        Made 2026-11-21 03:17:33Z from the journal main (origin 00ff) at event 42, head 9f3a61c2.

        """)
  }

  @Test func theSameAsJSON() throws {
    let bytes = try Self.handOver().json()
    let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(document["schema"] as? String == "midwatch.handover/1")
    #expect(document["next_promise"] as? String == Story.instant(700))
    let journal = try #require(document["journal"] as? [String: Any])
    #expect(journal["head"] as? String == "9f3a61c2")
    let counts = [
      "roles": 2, "timers": 4, "open_tasks": 2, "asks": 4, "in_force": 1, "tried": 2, "remembered": 2,
    ]
    for (key, count) in counts { #expect((document[key] as? [Any])?.count == count, "\(key)") }
    #expect(bytes.last == 10)
  }

  /// What was never said or done is a sentence, not an empty heading.
  @Test func anIncidentOfWhichNothingIsKnown() {
    var story = Story()
    story.isDeclared("Quiet", at: 0)
    let handOver = Self.handOver(story, at: 60)
    let sentences = handOver.parts.filter { $0.lines.isEmpty }.map(\.empty)
    #expect(
      sentences == [
        "No clock runs.", "No task is open.", "Nothing waits for anybody.", "No update went out yet.",
        "Nothing temporary is in force.", "No step was done, and no command was run.",
        "Nothing was decided or pinned.",
      ])
    for sentence in sentences { #expect(handOver.text.contains("\n\(sentence)\n")) }
  }

  /// What is of another incident, or of another system, does not get in.
  @Test func strangersStayOut() throws {
    var story = Self.story
    story.tell(
      AlertFired.kind,
      #"{"system":"nova","rule":"Other","labels":{},"level":"page","active_at":"\#(Story.instant(0))"}"#,
      at: 300,
      by: Actor.engineHandle, ofIncident: false)
    #expect(!Self.handOver(story).text.contains("Other"))
  }

  /// What nobody has acknowledged waits; what somebody has does not, until the acknowledgement ends.
  @Test func anAcknowledgedAlertDoesNotWait() {
    var story = Self.story
    story.tell(
      AlertAcknowledged.kind,
      """
      {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"active_at":"\(Story.instant(0))",
       "until":"\(Story.instant(800))"}
      """, at: 310, ofIncident: false)
    let wanted = "PackErrorRatePage of ensei-packs fires, and nobody has it"
    #expect(!Self.handOver(story).text.contains(wanted))
    #expect(Self.handOver(story, at: 800).text.contains(wanted))
  }

  @Test func whatIsUndoneIsNotInForce() {
    var story = Self.story
    story.tell(
      EffectUndone.kind,
      #"{"run":"R-1","step":"1","what":"purchases are off","undo":"turn them on"}"#, at: 400)
    #expect(Self.handOver(story).inForce.isEmpty)
  }

  @Test func remoteTextIsInert() {
    var story = Story()
    story.isDeclared("Quiet", at: 0)
    story.tell(IncidentDecided.kind, #"{"text":"<b>\u001b[31m| `x`"}"#, at: 10)
    let text = Self.handOver(story, at: 60).text
    #expect(text.contains(#"\<b\>␛\[31m\| \`x\`"#), "\(text)")
  }

  /// What did not arrive waits for whoever comes; what did does not.
  @Test(
    arguments: [
      (DeliverySent.kind, #""receipt":"201""#, nil),
      (DeliveryFailed.kind, #""reason":"550 no such mailbox""#, "did not arrive: 550 no such mailbox"),
      (
        DeliveryFailed.kind, #""reason":"refused","retry_at":"2026-11-21T05:00:00.000Z""#,
        "is tried again: refused"
      ),
      (DeliveryUnknown.kind, #""reason":"no answer""#, "may have arrived, look there: no answer"),
      (DeliveryClaimed.kind, #""epoch":1"#, "is on its way"),
    ] as [(String, String, String?)]) func deliveries(_ kind: String, _ body: String, _ words: String?)
  {
    var story = Self.story
    story.tell(
      DeliveryQueued.kind,
      """
      {"delivery":"ensei-packs/mail/D-1","system":"ensei-packs","to":"mail","how":"smtp","destination":"m","key":"k",
       "occasion":"update","draft":"D-1","payload_digest":"d","knows_its_key":false}
      """, at: 241)
    story.tell(kind, #"{"delivery":"ensei-packs/mail/D-1",\#(body)}"#, at: 242)
    let asks = Self.handOver(story).asks.map(\.what).filter { $0.hasPrefix("D-1 to") }
    #expect(asks == (words.map { ["D-1 to ensei-packs/mail \($0)"] } ?? []))
  }
}
