import Comms
import Incidents
import Playbooks
import Retro
import Testing
import Values

/// One incident told event by event, from 03:05:33Z on.
struct Story {
  static let start = Instant(rfc3339: "2026-11-21T03:05:33Z") ?? Instant(milliseconds: 0)

  private(set) var events: [Event] = []

  /// - Parameters:
  ///   - kind: the fact's kind; `body` its JSON.
  ///   - at: seconds since ``start``; `recorded` when it was written down, default the same.
  mutating func tell(
    _ kind: String, _ body: String, at: Int64, recorded: Int64? = nil, by handle: String = "ops1",
    ofIncident: Bool = true
  ) {
    let seq = Int64(events.count + 1)
    events.append(
      Event(
        origin: "00", seq: seq, id: "e\(seq)", kind: kind, version: 1, occurred: Self.start + .seconds(at),
        ended: nil, recorded: Self.start + .seconds(recorded ?? at),
        actor: Actor(handle: handle, host: "jump2", uid: 1000), incident: ofIncident ? "INC-7" : nil,
        ticket: nil, body: Array(body.utf8)))
  }

  static func instant(_ at: Int64) -> String { (start + .seconds(at)).rfc3339 }

  mutating func fires(at: Int64) {
    tell(
      AlertFired.kind,
      """
      {"system":"ensei-packs","rule":"PackErrorRatePage","labels":{},"level":"page",
       "active_at":"\(Self.instant(at))","value":0.056,"sign":">=","threshold":0.05,"unit":"ratio"}
      """, at: at, by: Actor.engineHandle, ofIncident: false)
  }

  mutating func isDeclared(_ title: String, at: Int64) {
    tell(
      IncidentDeclared.kind,
      """
      {"number":7,"systems":["ensei-packs"],"severity":"S1","title":"\(title)","started":"\(Self.instant(0))",
       "impact":"Nobody can buy packs","clocks":[],"escalation":[],"cadence":[]}
      """, at: at)
  }

  mutating func sends(_ text: String, at: Int64, next: Int64?) {
    let promise = next.map { ",\"next_update\":\"\(Self.instant($0))\"" } ?? ""
    tell(
      UpdateSent.kind,
      """
      {"draft":"D-1","audience":"users","stage":"Investigating","subject":"Purchases fail","text":"\(text)",
       "destinations":["status page"],"head":"9·aa","how":"hand"\(promise)}
      """, at: at)
  }

  mutating func moves(to status: Status, at: Int64) {
    tell(IncidentStatusChanged.kind, "{\"to\":\"\(status.rawValue)\"}", at: at)
  }

  /// The report as of ten hours after the start.
  func report(
    zone: IncidentReport.Zone = .init(offset: 0, name: "UTC"), texts: [String: String] = [:]
  ) -> IncidentReport {
    var incident = Incident(key: "INC-7")
    for event in events where event.incident != nil { incident.apply(event) }
    return IncidentReport(
      incident, events: events, texts: texts,
      stamp: .init(journal: "main", origin: "00ff", count: 42, head: "9f3a61c2"), zone: zone,
      made: Self.start + .hours(10))
  }
}
