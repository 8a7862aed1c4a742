import Values

/// One incident as its events leave it.
package struct Incident: Fold {
  package static let name = "incident"
  package static let version = 5

  /// A deadline: when it is due, and when what it asks for was done.
  package struct Clock: Codable, Equatable, Sendable {
    package let name: String
    package var due: Instant
    package var met: Instant?
    package var isOverdueRecorded = false
  }

  /// An update that went out.
  package struct Update: Codable, Equatable, Sendable {
    package let at: Instant
    package let audience: String?
    package let stage: String?
    package let next: Instant?
  }

  /// A next update that readers of a merged incident were promised, and when it was merged.
  package struct Inherited: Codable, Equatable, Sendable {
    package let from: String
    package let at: Instant
    package let audience: String?
    package let next: Instant
  }

  /// One time that it was resolved, and when it was reopened, if it was.
  package struct Resolution: Codable, Equatable, Sendable {
    package let at: Instant
    package let by: String
    package let dataLost: String?
    package internal(set) var reopened: Instant?
  }

  /// A role taken, handed over or given back.
  package struct RoleChange: Codable, Equatable, Sendable {
    package let role: String
    package let who: String?
    package let from: String?
    package let words: String?
    package let by: String
    package let at: Instant
  }

  /// A title, and since when it holds.
  package struct Titled: Codable, Equatable, Sendable {
    package let title: String
    package let since: Instant
  }

  package struct Decision: Codable, Equatable, Sendable {
    package let text: String
    package let objections: String?
    package let executes: String?
    package let by: String
    package let at: Instant
  }

  /// Another incident, or an address.
  package struct Link: Codable, Equatable, Sendable {
    package let to: String
    package let kind: LinkKind
    /// The other one is the duplicate, or was merged into this one.
    package let incoming: Bool
    package let title: String?
    package let by: String
    package let at: Instant
  }

  package let key: String
  package internal(set) var declared: IncidentDeclared?
  package internal(set) var declaredAt: Instant?
  package internal(set) var declaredBy: String?
  /// Of the journal in which it was declared: with it the key is one of its kind anywhere, also in a copy.
  package internal(set) var origin: String?
  package internal(set) var title = ""
  /// All that it had, the first one first.
  package internal(set) var titles: [Titled] = []
  package internal(set) var impact: String?
  package internal(set) var systems: [String] = []
  /// Endpoints that it touches, `system/endpoint`, by what people say.
  package internal(set) var affected: [String] = []
  package internal(set) var severity = Severity.s1
  /// What its house calls the severity.
  package internal(set) var severityName: String?
  package internal(set) var severityBy: String?
  package internal(set) var severitySince: Instant?
  package internal(set) var status = Status.investigating
  package internal(set) var statusBy: String?
  package internal(set) var statusSince: Instant?
  package internal(set) var started: Instant?
  /// When it was resolved; nil while it is not, and again once it is reopened.
  package internal(set) var resolved: Instant?
  /// Every time that it was resolved, oldest first.
  package internal(set) var resolutions: [Resolution] = []
  /// Handles by role.
  package internal(set) var roles: [String: String] = [:]
  package internal(set) var roleChanges: [RoleChange] = []
  package internal(set) var clocks: [Clock] = []
  /// When what a clock asks for was done, by its name; also of clocks that its present severity does not have.
  package internal(set) var answered: [String: Instant] = [:]
  /// The rungs of its escalation, with the times at which they come.
  package internal(set) var ladder: [IncidentDeclared.Rung] = []
  /// How often updates are due at its present severity.
  package internal(set) var cadences: [IncidentDeclared.Cadence] = []
  /// How long nobody may write anything.
  package internal(set) var callOut: Span?
  /// When a person wrote something for it last.
  package internal(set) var lastWritten: Instant?
  /// What was said about deadlines.
  package internal(set) var marks: [ClockMark] = []
  package internal(set) var tasks: [Task] = []
  package internal(set) var decisions: [Decision] = []
  package internal(set) var links: [Link] = []
  package internal(set) var updates: [Update] = []
  /// Promises that came with incidents that were merged into it.
  package internal(set) var inherited: [Inherited] = []
  /// Runs of playbooks that are bound to it, in the order of their starts.
  package internal(set) var runs: [String] = []
  package internal(set) var followUps: [IncidentStatusChanged.FollowUp] = []
  package internal(set) var dataLost: String?
  package internal(set) var notes = 0

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { declared != nil && closed == nil }
  package var number: Int { declared?.number ?? 0 }
  package var commander: String? { roles["commander"] }

  /// The incident into which it was merged.
  package var merger: Link? { links.first { $0.kind == .merged && !$0.incoming } }
  /// Incidents that were merged into it.
  package var absorbed: [String] { links.filter { $0.kind == .merged && $0.incoming }.map(\.to) }
  /// When it was resolved, or merged into another.
  package var closed: Instant? { merger?.at ?? resolved }
  /// Its status in words: `Identified`, `merged into INC-1`.
  package var standing: String { merger.map { "merged into \($0.to)" } ?? status.rawValue }
  /// The tasks that somebody still has to do; none once it was merged.
  package var openTasks: [Task] { merger == nil ? tasks.filter(\.isOpen) : [] }
  /// The playbook that its declaration names, of its first system.
  package var playbook: String? { declared?.from?.playbook }

  /// The last time that a role went to somebody or back.
  package func roleChange(_ role: String) -> RoleChange? { roleChanges.last { $0.role == role } }
}

/// Reading off an incident what a screen or a decision asks.
extension Incident {
  /// When the next update was promised: the earliest that was not kept yet, of all audiences; nil when none is.
  package var promise: Instant? { promises.map(\.due).min() }

  /// The next updates that were promised and neither sent nor dismissed, one for each audience. A promise outlives
  /// the end of its incident; of a merged one it goes over to the other.
  package var promises: [Deadline] { merger == nil ? promiseDeadlines.filter(\.isOpen) : [] }

  /// When the next update is due: the earliest of all audiences. Nil when none is asked for.
  package var updateDue: Instant? {
    isOpen ? updateDeadlines.filter(\.isOpen).map(\.due).min() : nil
  }

  /// The title that it had then; before it was declared, its first.
  package func title(at instant: Instant) -> String {
    (titles.last { $0.since <= instant } ?? titles.first)?.title ?? title
  }

  package func clock(_ name: String) -> Clock? { clocks.first { $0.name == name } }

  /// The rung of the ladder that is next at `now`; nil when all have come, or it is over.
  package func nextRung(at now: Instant) -> IncidentDeclared.Rung? {
    guard isOpen else { return nil }
    return ladder.filter { $0.due > now }.min { $0.due < $1.due }
  }

  /// The rung that holds at `now`.
  package func rung(at now: Instant) -> IncidentDeclared.Rung? {
    ladder.filter { $0.due <= now }.max { $0.due < $1.due }
  }

  /// What is due next, or has been for the longest; nil when nothing is.
  package func nextDeadline(at now: Instant) -> Deadline? {
    deadlines.first { deadline in
      switch deadline.state(at: now) {
      case .running, .overdue: true
      case .met, .snoozed, .dismissed: false
      }
    }
  }
}
