import Incidents
import Playbooks
import Values

/// What the JSON export says of one incident; `docs/schema` has its shape.
struct IncidentDocument: Encodable {
  struct KeyTimeRow: Encodable {
    let name: String
    let at: Instant
    /// Not there for what came before the start.
    let sinceStartMs: Int64?
  }

  struct StandingRow: Encodable {
    let name: String
    let from: Instant
    let until: Instant
    let ms: Int64
  }

  struct AlertRow: Encodable, Sendable {
    let system: String
    let rule: String
    let labels: [String: String]
    let level: Level
    let fired: Instant
    let ended: Instant?
    let value: Double?
    let sign: String?
    let threshold: Double?
    let unit: Figure.Unit?
    let summary: String?

    init(_ one: AlertFiring) {
      (system, rule, labels, level) = (one.fact.system, one.fact.rule, one.fact.labels, one.fact.level)
      (fired, ended) = (one.at, one.ended)
      (value, sign, threshold) = (one.fact.value, one.fact.sign, one.fact.threshold)
      (unit, summary) = (one.fact.unit, one.fact.summary)
    }
  }

  struct TimelineRows: Encodable {
    let shown: Int
    let of: Int
    let lines: RowList<LineRow>
  }

  struct ZoneRow: Encodable {
    let name: String
    let offsetSeconds: Int
  }

  let schema = IncidentReport.schema
  let made: Instant
  /// The local zone of whoever made it, at the incident's start.
  let zone: ZoneRow
  let external: Bool
  let incident: IncidentSummary
  let keyTimes: [KeyTimeRow]
  let disorder: [String]
  let severities: [StandingRow]
  let statuses: [StandingRow]
  let alerts: RowList<AlertRow>
  let outages: [EndpointOutage]
  let updates: [UpdateRow]
  /// The last promise, when no update came by then.
  let missedPromise: Instant?
  let runs: [RunRow]
  let evidence: [EvidenceRow]
  let charts: [ChartRow]
  let tickets: [TicketRow]
  let temporaryChanges: [TemporaryChangeRow]
  let actions: [ActionRow]
  /// What people wrote, by section; Markdown.
  let written: [WrittenRow]
  let amended: [AmendedRow]
  let timeline: TimelineRows
  /// Of an export for readers outside: what it does not say.
  let removed: [Removal]?
  let journal: IncidentReport.Stamp

  init(_ report: IncidentReport, _ filter: TimelineFilter) {
    made = report.made
    zone = ZoneRow(name: report.zone.name, offsetSeconds: report.zone.offset)
    external = report.removed != nil
    incident = IncidentSummary(report.incident)
    keyTimes = report.keyTimes.map {
      KeyTimeRow(
        name: $0.name, at: $0.at, sinceStartMs: $0.sinceStart < .zero ? nil : $0.sinceStart.milliseconds)
    }
    disorder = report.disorder
    severities = report.severityStandings.map(Self.row)
    statuses = report.statusStandings.map(Self.row)
    alerts = RowList(report.firings.map(AlertRow.init))
    outages = report.outages
    updates = report.updates.map(UpdateRow.init)
    missedPromise = report.missedPromises.first
    runs = report.runs.map { RunRow($0, texts: report.texts) }
    evidence = report.evidence.map { EvidenceRow($0, text: report.texts[$0.fact.blob.sha256]) }
    charts = report.charts.map(ChartRow.init)
    tickets = report.tickets.map(TicketRow.init)
    temporaryChanges = report.temporaryChanges.map(TemporaryChangeRow.init)
    actions = report.actions.map(ActionRow.init)
    written = report.retro.written.map { WrittenRow($0.part, $0.section) }
    amended = report.histories.map(AmendedRow.init)
    let lines = filter.shown(report.timeline.lines)
    timeline = TimelineRows(
      shown: lines.count, of: report.timeline.lines.count,
      lines: RowList(lines.inParallel { $0.map(LineRow.init) }.flatMap(\.self)))
    removed = report.removed
    journal = report.stamp
  }

  private static func row(_ standing: IncidentReport.Standing) -> StandingRow {
    StandingRow(
      name: standing.name, from: standing.from, until: standing.until,
      ms: (standing.until - standing.from).milliseconds)
  }
}
