import Comms
import Desk
import Incidents
import Playbooks
import Retro
import Values

/// A night with everything in it that an export has a place for; the goldens of every format show it.
extension Story {
  static var rich: Story {
    var story = Story()
    story.isNoticed()
    story.isTakenInHand()
    story.isWorkedOn()
    story.isToldToCustomers()
    story.comesBackAndEnds()
    story.isWrittenDownLater()
    return story
  }

  /// What its commands wrote and what is attached, by digest; `b03a` is not kept any more.
  static let richTexts = [
    "a01a": "flag enable_pack_purchase: true -> false\n",
    "a02a": (1...90).map { "worker-\($0 % 3) charge failed: 502 from psp.example\n" }.joined(),
    "e01a": "502 | 5 of 90\n```\nnot the end of a fence\n",
  ]

  /// What its alert judged: a quarter of an hour of nothing, then up to 5.6 % and back.
  static let richCharts = [
    SeriesChart(
      title: "PackErrorRatePage", unit: .ratio, from: start - .minutes(30), until: start + .minutes(70),
      lines: [
        .init(
          name: "pack_errors:ratio5m",
          points: (-30...70).map { minute in
            let value = minute < -2 || minute > 29 ? 0.004 : 0.056 - Double(abs(minute - 12)) * 0.002
            return .init(start + .minutes(Int64(minute)), minute == 40 ? nil : value)
          })
      ], thresholds: [.init(name: "PackErrorRatePage ≥ 5%", value: 0.05)],
      firing: [.init(name: "PackErrorRatePage", from: start, until: start + .seconds(1760))],
      marks: [
        .init(name: "declared S2", at: start + .seconds(90)),
        .init(name: "Monitoring", at: start + .seconds(1800)),
      ])
  ]

  private mutating func isNoticed() {
    tell(
      EndpointChanged.kind,
      """
      {"system":"ensei-packs","endpoint":"psp","from":"up","to":"down","reason":"502 Bad Gateway","code":502,
       "took_ms":84}
      """, at: -40, by: Actor.engineHandle, ofIncident: false)
    fires(at: 0)
    tell(
      AlertFired.kind,
      """
      {"system":"ensei-packs","rule":"QueueBacklog","labels":{"queue":"charges"},"level":"warn",
       "active_at":"\(Self.instant(20))","value":231,"sign":">","threshold":200,"summary":"Charges pile up"}
      """, at: 20, by: Actor.engineHandle, ofIncident: false)
    tell(
      AlertAcknowledged.kind,
      """
      {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"active_at":"\(Self.instant(0))",
       "reason":"on it"}
      """, at: 60, ofIncident: false)
  }

  private mutating func isTakenInHand() {
    tell(
      IncidentDeclared.kind,
      """
      {"number":7,"systems":["ensei-packs"],"severity":"S2","severity_name":"Major",
       "title":"Pack purchases fail at checkout","started":"\(Self.instant(0))",
       "impact":"One purchase in eighteen fails","clocks":[{"clock":"respond","due":"\(Self.instant(900))"},
       {"clock":"resolve","due":"\(Self.instant(7200))"}],
       "escalation":[{"name":"L2","due":"\(Self.instant(1200))","contact":"payments on call"}],"cadence":[],
       "from":{"alert":{"system":"ensei-packs","rule":"PackErrorRatePage","labels":{}}}}
      """, at: 90)
    tell(IncidentRoleTaken.kind, #"{"role":"commander","who":"ops1"}"#, at: 95)
    tell(IncidentRoleTaken.kind, #"{"role":"scribe","who":"ops2"}"#, at: 130, by: "ops2")
    tell(
      IncidentSeverityChanged.kind,
      """
      {"to":"S1","severity_name":"Critical","reason":"nobody can buy any more",
       "clocks":[{"clock":"respond","due":"\(Self.instant(300))"},
       {"clock":"resolve","due":"\(Self.instant(3600))"}]}
      """, at: 240)
    tell(
      IncidentDescribed.kind,
      """
      {"impact":"No purchase goes through; 412 customers tried, 0 were charged twice",
       "affected":["ensei-packs/psp","ensei-packs/api"]}
      """, at: 250)
    tell(NoteAdded.kind, #"{"text":"First complaint in the forum"}"#, at: -300, recorded: 400, by: "ops2")
    let note = lastID
    tell(EventPinned.kind, "{\"target\":\"\(note)\",\"pinned\":true}", at: 410, by: "ops2")
    tell(NoteAdded.kind, #"{"text":"Deploy 4.2.0 went out at 02:50"}"#, at: 420)
    let deploy = lastID
    tell(
      EventAmended.kind,
      "{\"target\":\"\(deploy)\",\"text\":\"Deploy 4.2.1 went out at 02:50\",\"reason\":\"wrong version\"}",
      at: 480)
    tell(
      EventAmended.kind,
      "{\"target\":\"\(deploy)\",\"text\":\"Deploy 4.2.1 went out at 02:52\",\"reason\":\"clock of the log\"}",
      at: 500, by: "ops2")
    tell(NoteAdded.kind, #"{"text":"Database is full"}"#, at: 510)
    tell(
      EventRetracted.kind, "{\"target\":\"\(lastID)\",\"reason\":\"read the wrong host\"}", at: 540)
  }

  private mutating func isWorkedOn() {
    tell(
      RunStarted.kind,
      """
      {"run":"R-3","system":"ensei-packs","playbook":"high-error-rate","title":"High error rate",
       "snapshot":{"sha256":"5a5a","bytes":900,"type":"text/markdown"},"variables":{"flag":"enable_pack_purchase"},
       "environment":"production","steps":[
       {"step":"1","title":"Switch purchases off","undo":"Switch purchases on"},
       {"step":"2","title":"Look for the cause"},{"step":"3","title":"Drain the queue"},
       {"step":"4","title":"Switch purchases on"}]}
      """, at: 150)
    runs("1", "c1", "flagctl set enable_pack_purchase false", exit: 0, output: "a01a", lines: 1, at: 160)
    ticks("1", "Switch purchases off", "done", at: 170)
    tell(
      EffectSet.kind,
      #"{"run":"R-3","step":"1","what":"Switch purchases off","undo":"Switch purchases on"}"#, at: 170)
    runs(
      "2", "c2", "grep -c 502 worker.log\nkubectl logs deploy/worker", exit: 1, output: "a02a", lines: 90,
      at: 600)
    runs(
      "2", "c3", "curl -sS https://psp.example/status", exit: 0, output: "b03a", lines: 3, at: 660, by: "ops2"
    )
    tell(
      EvidenceAttached.kind,
      """
      {"what":"2 Look for the cause","blob":{"sha256":"e01a","bytes":38,"type":"text/plain"},
       "from":{"run":"R-3","step":"2","command":"c2","text":"grep -c 502 worker.log","by":"ops1",
       "at":"\(Self.instant(600))","end":"exit 1","took_ms":3100,"lines":3,"part":"whole"}}
      """, at: 700)
    ticks("2", "Look for the cause", "done", at: 720)
    tell(
      CommandStarted.kind,
      """
      {"run":"R-3","step":"3","id":"c4","index":0,"command":"drain --queue charges","cwd":"/srv/packs",
       "environment_names":["PSP_TOKEN"],"digest":"d4","target":"production","mode":"once",
       "owner":{"host":"jump2","boot":"","pid":77,"since":5}}
      """, at: 730)
    tell(
      CommandLost.kind,
      #"{"run":"R-3","step":"3","started":"c4","reason":"the console that had started it is gone"}"#, at: 800)
    ticks("3", "Drain the queue", "skipped", reason: "the queue drained by itself", at: 900)
    tell(
      EffectUndone.kind,
      #"""
      {"run":"R-3","step":"1","what":"Switch purchases off","undo":"Switch purchases on",
       "reason":"the provider answers again"}
      """#, at: 1700)
    ticks("4", "Switch purchases on", "done", at: 1700)
    tell(
      EffectSet.kind,
      #"{"run":"R-3","step":"3","what":"Tracing at 50 %","undo":"set tracing to 1 %"}"#, at: 910)
    tell(RunFinished.kind, #"{"run":"R-3","outcome":"completed"}"#, at: 1750)
    tell(
      IncidentDecided.kind,
      """
      {"text":"Keep purchases off until the provider is back","objections":"ops2: refunds cost less than trust",
       "executes":"ops1"}
      """, at: 640)
    tell(
      IncidentTaskAdded.kind,
      "{\"task\":\"INC-7/1\",\"title\":\"Ask the provider\",\"owner\":\"ops2\",\"due\":\"\(Self.instant(1500))\"}",
      at: 650)
    tell(
      IncidentTaskDone.kind,
      #"{"task":"INC-7/1","title":"Ask the provider","outcome":"they rolled back"}"#, at: 1400, by: "ops2")
  }

  private mutating func isToldToCustomers() {
    sends("We know that purchases fail. Nobody is charged twice.", at: 300, next: 900)
    tell(
      UpdateSent.kind,
      """
      {"draft":"D-2","audience":"internal","stage":"Identified","subject":"Provider answers 502",
       "text":"psp-gw-3.internal answers 502 since 03:04. ops2 is on the phone.","destinations":["slack"],
       "head":"30·bb","how":"delivery"}
      """, at: 700)
    sends("The cause is known: our payment provider.", at: 1020, next: 1800)
    opens("T-12", "Cannot buy", by: "Ann Example <ann@tenant.example>", tenant: "Acme", at: 200)
    tell(
      TicketCommented.kind, #"{"text":"Which card did you use?","public":true}"#, at: 420, by: "ops3",
      ofIncident: false, ticket: "T-12")
    tell(
      TicketCommented.kind,
      #"{"text":"A blue one.\nIt ends in 4242.","public":true,"customer":"Ann Example"}"#,
      at: 500, by: "ops3", ofIncident: false, ticket: "T-12")
    tell(
      TicketCommented.kind, #"{"text":"Same cause as the others, do not refund by hand","public":false}"#,
      at: 520, by: "ops3", ofIncident: false, ticket: "T-12")
    opens("T-15", "Paid and got nothing", by: "Bo", tenant: nil, at: 900)
    tell(
      TicketLinked.kind,
      #"{"to":"INC-7","subject":"Cannot buy","tenant":"Acme","severity":"S2"}"#, at: 530, by: "ops3",
      ticket: "T-12")
    tell(
      TicketLinked.kind, #"{"to":"INC-7","subject":"Paid and got nothing","severity":"S2"}"#, at: 950,
      by: "ops3", ticket: "T-15")
    tell(
      TicketChanged.kind, #"{"state":"resolved","reason":"purchases work again"}"#, at: 4000, by: "ops3",
      ofIncident: false, ticket: "T-12")
  }

  private mutating func comesBackAndEnds() {
    moves(to: .identified, at: 690)
    moves(to: .monitoring, at: 1800)
    tell(
      AlertResolved.kind,
      """
      {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"active_at":"\(Self.instant(0))",
       "value":0.004,"unit":"ratio","how":"recovered"}
      """, at: 1760, by: Actor.engineHandle, ofIncident: false)
    tell(
      EndpointChanged.kind,
      #"{"system":"ensei-packs","endpoint":"psp","from":"down","to":"up","code":200,"took_ms":70}"#, at: 1730,
      by: Actor.engineHandle, ofIncident: false)
    tell(IncidentStatusChanged.kind, #"{"to":"Resolved","from":"Monitoring","data_lost":"none"}"#, at: 2400)
    tell(
      IncidentStatusChanged.kind,
      #"{"to":"Monitoring","from":"Resolved","reason":"one more failed charge"}"#, at: 2700)
    tell(
      IncidentRoleTaken.kind,
      #"{"role":"commander","who":"ops2","hands_over":"ops1","words":"watch the queue"}"#, at: 2710)
    sends("Purchases work again.", at: 3000, next: nil)
    tell(
      ClockOverdue.kind,
      "{\"clock\":\"resolve\",\"due\":\"\(Self.instant(3600))\",\"title\":\"resolve\"}", at: 3600,
      by: Actor.engineHandle)
    tell(
      IncidentLinked.kind,
      #"{"to":"https://status.psp.example/incidents/8","as":"url","title":"The provider's own report"}"#,
      at: 3650)
    tell(
      IncidentStatusChanged.kind,
      """
      {"to":"Resolved","from":"Monitoring","data_lost":"none; 3 orders were entered again by hand",
       "follow_ups":[{"title":"Write the retro","due":"\(Self.instant(90_000))"}]}
      """, at: 3900, by: "ops2")
  }

  private mutating func isWrittenDownLater() {
    writes("summary", "Purchases failed because the **payment provider** answered 502.")
    writes("root_cause", "Their release of 03:02 broke `POST /charges`.\\n\\n- our retries made it worse")
    writes("went_well", "The flag was off within five minutes.")
    writes("went_luckily", "It was night.")
    tell(
      ActionAdded.kind,
      "{\"action\":\"ACT-1\",\"title\":\"Limit retries\",\"owner\":\"ops2\",\"due\":\"\(Self.instant(30_000))\","
        + "\"state\":\"open\"}", at: 5100)
    tell(ActionAdded.kind, #"{"action":"ACT-2","title":"Alert on the provider","state":"open"}"#, at: 5110)
    tell(
      ActionChanged.kind,
      #"""
      {"action":"ACT-2","title":"Alert on the provider","owner":"ops1","state":"done","reason":"merged",
       "was":{"title":"Alert on the provider","state":"open"}}
      """#, at: 6000)
    tell(
      NoteAdded.kind, #"{"text":"Looked at the dashboards of the provider"}"#, at: 560, ended: 620,
      recorded: 5000)
    tell(NoteAdded.kind, nil, at: 570)
    tell("weather.changed", #"{"sky":"clear"}"#, at: 580, by: Actor.engineHandle)
    tell(
      ExportMade.kind,
      #"{"format":"md","external":false,"head":"abcdef0123","count":70,"file_digest":"ff"}"#, at: 5000)
  }

  private mutating func writes(_ section: String, _ text: String) {
    tell(RetroWritten.kind, "{\"section\":\"\(section)\",\"text\":\"\(text)\"}", at: 5050)
  }

  private mutating func opens(
    _ ticket: String, _ subject: String, by requester: String, tenant: String?, at: Int64
  ) {
    let from = tenant.map { ",\"tenant\":\"\($0)\"" } ?? ""
    tell(
      TicketOpened.kind,
      """
      {"number":12,"subject":"\(subject)","requester":"\(requester)","priority":"normal","severity":"S2",
       "state":"open","tags":[],"text":"I press *Buy* and it says <error>.","plan":{"targets":[],"calendars":[],
       "pauses":[],"warns_at":0.25}\(from)}
      """, at: at, by: "ops3", ofIncident: false, ticket: ticket)
  }

  private mutating func ticks(
    _ step: String, _ title: String, _ to: String, reason: String? = nil, at: Int64
  ) {
    let why = reason.map { ",\"reason\":\"\($0)\"" } ?? ""
    tell(
      StepChanged.kind,
      "{\"run\":\"R-3\",\"step\":\"\(step)\",\"title\":\"\(title)\",\"to\":\"\(to)\",\"by\":\"hand\"\(why)}",
      at: at)
  }

  private mutating func runs(
    _ step: String, _ id: String, _ command: String, exit: Int, output: String, lines: Int, at: Int64,
    by handle: String = "ops1"
  ) {
    let text = command.replacing("\n", with: "\\n")
    tell(
      CommandStarted.kind,
      """
      {"run":"R-3","step":"\(step)","id":"\(id)","index":0,"command":"\(text)","cwd":"/srv/packs",
       "environment_names":[],"digest":"d\(id)","target":"production","mode":"once",
       "owner":{"host":"jump2","boot":"","pid":77,"since":5}}
      """, at: at, by: handle)
    tell(
      CommandFinished.kind,
      """
      {"run":"R-3","step":"\(step)","started":"\(id)","exit":\(exit),"took_ms":3100,
       "succeeded":\(exit == 0),"output":{"sha256":"\(output)","bytes":40,"type":"text/plain"},
       "digest":"\(output)","lines":\(lines),"truncated":false}
      """, at: at + 3, by: handle)
  }
}
