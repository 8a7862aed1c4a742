import Incidents
import Values

/// One incident as its events leave it, for documents that others read: exports and answers of the command
/// line say the same of it.
package struct IncidentSummary: Encodable, Equatable, Sendable {
  package struct Cause: Encodable, Equatable, Sendable {
    let alert: AlertIdentity?
    let ticket: String?
    let template: String?
    let playbook: String?
  }

  package struct Clock: Encodable, Equatable, Sendable {
    let name: String
    let due: Instant
    let met: Instant?
  }

  /// Whatever is due in it, also what was met, snoozed or dismissed.
  package struct Due: Encodable, Equatable, Sendable {
    /// As `incident clock` takes it: `resolve`, `escalation:L2`, `update:users`.
    let clock: String
    let kind: String
    let title: String
    let due: Instant
    let who: String?
    let asks: String?
    let isPromised: Bool
    let met: Instant?
    let snoozedUntil: Instant?
    let dismissed: Instant?
    let reason: String?

    init(_ deadline: Deadline) {
      clock = deadline.name.text
      kind = deadline.name.kind
      title = deadline.title
      due = deadline.due
      who = deadline.who
      asks = deadline.asks
      isPromised = deadline.isPromised
      met = deadline.met
      snoozedUntil = deadline.mark?.snoozedUntil
      dismissed = deadline.mark?.dismissed
      reason = deadline.mark?.reason
    }
  }

  package struct Rung: Encodable, Equatable, Sendable {
    let name: String
    let due: Instant
    let contact: String?
    let asks: String?
  }

  let key: String
  let number: Int
  let title: String
  let severity: Severity
  let severityName: String?
  let status: Status
  /// The incident into which it was merged.
  let mergedInto: String?
  let isOpen: Bool
  let systems: [String]
  /// Endpoints, `system/endpoint`.
  let affected: [String]
  let impact: String?
  let from: Cause?
  let roles: [String: String]
  let roleChanges: [Incident.RoleChange]
  let started: Instant?
  let declared: Instant?
  let declaredBy: String?
  let resolved: Instant?
  let dataLost: String?
  let resolutions: [Incident.Resolution]
  let clocks: [Clock]
  /// The earliest first.
  let deadlines: [Due]
  let escalation: [Rung]
  let nextUpdateDue: Instant?
  let tasks: [Incident.Task]
  let decisions: [Incident.Decision]
  let links: [Incident.Link]
  let followUps: [IncidentStatusChanged.FollowUp]
  let runs: [String]

  package init(_ incident: Incident) {
    key = incident.key
    number = incident.number
    title = incident.title
    severity = incident.severity
    severityName = incident.severityName
    status = incident.status
    mergedInto = incident.merger?.to
    isOpen = incident.isOpen
    systems = incident.systems
    affected = incident.affected
    impact = incident.impact
    from = incident.declared?.from.map {
      Cause(alert: $0.alert, ticket: $0.ticket, template: $0.template, playbook: $0.playbook)
    }
    roles = incident.roles
    roleChanges = incident.roleChanges
    started = incident.started
    declared = incident.declaredAt
    declaredBy = incident.declaredBy
    resolved = incident.resolved
    dataLost = incident.dataLost
    resolutions = incident.resolutions
    clocks = incident.clocks.map { Clock(name: $0.name, due: $0.due, met: $0.met) }
    deadlines = incident.deadlines.map(Due.init)
    escalation = incident.ladder.map {
      Rung(name: $0.name, due: $0.due, contact: $0.contact, asks: $0.asks)
    }
    nextUpdateDue = incident.updateDue
    tasks = incident.tasks
    decisions = incident.decisions
    links = incident.links
    followUps = incident.followUps
    runs = incident.runs
  }
}
