import Values

/// One incident as its events leave it.
package struct Incident: Fold {
  package static let name = "incident"
  package static let version = 2

  /// A deadline: when it is due, and when what it asks for was done.
  package struct Clock: Codable, Equatable, Sendable {
    package let name: String
    package var due: Instant
    package var met: Instant?
    package var isOverdueRecorded = false
  }

  package struct Task: Codable, Equatable, Sendable {
    package let id: String
    package let title: String
    package let owner: String?
    package let due: Instant?
    package var done: Instant?
    package var outcome: String?
  }

  /// An update that went out.
  package struct Update: Codable, Equatable, Sendable {
    package let at: Instant
    package let audience: String?
    package let stage: String?
    package let next: Instant?
  }

  package let key: String
  package internal(set) var declared: IncidentDeclared?
  package internal(set) var declaredAt: Instant?
  package internal(set) var declaredBy: String?
  package internal(set) var title = ""
  package internal(set) var impact: String?
  package internal(set) var systems: [String] = []
  package internal(set) var severity = Severity.s1
  package internal(set) var status = Status.investigating
  package internal(set) var statusSince: Instant?
  package internal(set) var started: Instant?
  package internal(set) var resolved: Instant?
  /// Handles by role.
  package internal(set) var roles: [String: String] = [:]
  package internal(set) var clocks: [Clock] = []
  package internal(set) var tasks: [Task] = []
  package internal(set) var updates: [Update] = []
  /// Runs of playbooks that are bound to it, in the order of their starts.
  package internal(set) var runs: [String] = []
  package internal(set) var followUps: [IncidentStatusChanged.FollowUp] = []
  package internal(set) var dataLost: String?
  package internal(set) var notes = 0

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { declared != nil && resolved == nil }
  package var number: Int { declared?.number ?? 0 }
  package var commander: String? { roles["commander"] }
}

/// Reading off an incident what a screen or a decision asks.
extension Incident {
  /// When the next update was promised: the latest update's promise, per the last one that went out.
  package var promise: Instant? { isOpen ? updates.last?.next : nil }

  /// When the next update is due: what was promised, else the cadence counted from the last update or
  /// the declaration. Nil when none is asked for.
  package var updateDue: Instant? {
    guard isOpen else { return nil }
    if let promise { return promise }
    guard let every = cadence(for: nil), let from = updates.last?.at ?? declaredAt else { return nil }
    return from + every
  }

  /// How often an update is due now; the last row that matches holds.
  package func cadence(for audience: String?) -> Span? {
    let rows = declared?.cadence ?? []
    return rows.last { row in
      (row.audience == nil || audience == nil || row.audience == audience)
        && (row.status == nil || row.status == status)
    }?.every
  }

  package func clock(_ name: String) -> Clock? { clocks.first { $0.name == name } }

  /// The rung of the ladder that is next at `now`; nil when all have come, or it is over.
  package func nextRung(at now: Instant) -> IncidentDeclared.Rung? {
    guard isOpen else { return nil }
    return declared?.escalation.filter { $0.due > now }.min { $0.due < $1.due }
  }

  /// The rung that holds at `now`.
  package func rung(at now: Instant) -> IncidentDeclared.Rung? {
    declared?.escalation.filter { $0.due <= now }.max { $0.due < $1.due }
  }

  /// The earliest deadline not yet met: a clock, a rung or an update; nil when none is left.
  package func nextDeadline(at now: Instant) -> (name: String, due: Instant)? {
    guard isOpen else { return nil }
    var all = clocks.filter { $0.met == nil }.map { (name: $0.name, due: $0.due) }
    if let updateDue { all.append((name: "update", due: updateDue)) }
    if let rung = nextRung(at: now) { all.append((name: rung.name, due: rung.due)) }
    return all.min { $0.due < $1.due }
  }
}
