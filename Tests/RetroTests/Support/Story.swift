import Comms
import Incidents
import Playbooks
import Retro
import Testing
import Values

/// One incident told event by event, from 03:05:33Z on.
struct Story {
  static let start = Instant(rfc3339: "2026-11-21T03:05:33Z") ?? Instant(milliseconds: 0)

  /// The incident's own, and its systems' transitions.
  var events: [Event] = []
  /// Those of tickets.
  var desk: [Event] = []
  private var told: Int64 = 0

  /// - Parameters:
  ///   - kind: the fact's kind; `body` its JSON, nil once erased.
  ///   - at: seconds since ``start``; `recorded` when it was written down, default the same.
  mutating func tell(
    _ kind: String, _ body: String?, at: Int64, ended: Int64? = nil, recorded: Int64? = nil,
    by handle: String = "ops1", ofIncident: Bool = true, ticket: String? = nil
  ) {
    told += 1
    let event = Event(
      origin: "00", seq: told, id: "e\(told)", kind: kind, version: 1, occurred: Self.start + .seconds(at),
      ended: ended.map { Self.start + .seconds($0) }, recorded: Self.start + .seconds(recorded ?? at),
      actor: Actor(handle: handle, host: "jump2", uid: 1000), incident: ofIncident ? "INC-7" : nil,
      ticket: ticket, body: body.map { Array($0.utf8) })
    if ofIncident || ticket == nil { events.append(event) }
    if ticket != nil { desk.append(event) }
  }

  /// The id of what was told last.
  var lastID: String { "e\(told)" }

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
    zone: IncidentReport.Zone = .init(offset: 0, name: "UTC"), texts: [String: String] = [:],
    charts: [SeriesChart] = []
  ) -> IncidentReport {
    var incident = Incident(key: "INC-7")
    var runs: [String: Run] = [:]
    for event in events where event.incident != nil {
      incident.apply(event)
      for key in Run.keys(of: event) { runs[key, default: Run(key: key)].apply(event) }
    }
    let tickets = Set(desk.compactMap(\.ticket)).sorted().map { key in
      AffectedTicket(key, events: desk.filter { $0.ticket == key })
    }
    return IncidentReport(
      incident, events: events, texts: texts, runs: runs.keys.sorted().compactMap { runs[$0] },
      tickets: tickets, charts: charts,
      stamp: .init(journal: "main", origin: "00ff", count: 42, head: "9f3a61c2"), zone: zone,
      made: Self.start + .hours(10))
  }

  /// ``rich`` with all that it wrote, in a zone two hours ahead.
  static func richReport(charts: [SeriesChart] = richCharts) -> IncidentReport {
    rich.report(zone: .init(offset: 7200, name: "CEST"), texts: richTexts, charts: charts)
  }
}
