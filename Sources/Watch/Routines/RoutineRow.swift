import Incidents
import Systems
import Values

/// A routine as boards list it: when it is due, and what is known of the last time.
package struct RoutineRow: Codable, Equatable, Sendable {
  /// How loud it is; none of them pages.
  package enum Standing: String, Codable, Comparable, Sendable {
    /// Not due yet, or it comes after something that has not happened.
    case waiting
    case due
    /// For more than a quarter of the time from one to the next.
    case late
    /// For so long that the next time has come, too.
    case overdue

    private var rank: Int {
      switch self {
      case .waiting: 0
      case .due: 1
      case .late: 2
      case .overdue: 3
      }
    }

    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
  }

  package var title: String
  /// Nil while nobody can say: it comes after something that has not happened, or the journal knows nothing of the
  /// system.
  package var due: Instant?
  /// From one time to the next, about.
  package var period: Span
  package var playbook: String?
  package var lastDone: Instant?
  package var lastBy: String?
  package var lastRun: String?
  /// What it comes after.
  package var after: Occasion?
  package var evidence: EvidenceFinding?
  /// How old evidence may be.
  package var fresh: Span?
  package var isReview: Bool

  package init(
    title: String, due: Instant?, period: Span, playbook: String? = nil, lastDone: Instant? = nil,
    lastBy: String? = nil, lastRun: String? = nil, after: Occasion? = nil, evidence: EvidenceFinding? = nil,
    fresh: Span? = nil, isReview: Bool = false
  ) {
    self.title = title
    self.due = due
    self.period = period
    self.playbook = playbook
    self.lastDone = lastDone
    self.lastBy = lastBy
    self.lastRun = lastRun
    self.after = after
    self.evidence = evidence
    self.fresh = fresh
    self.isReview = isReview
  }

  package func standing(at now: Instant) -> Standing {
    guard let due, due <= now else { return .waiting }
    let over = now - due
    if over >= period { return .overdue }
    return over.milliseconds >= period.milliseconds / 4 ? .late : .due
  }

  /// The time that it would be done for at `now`: the one that has come, or the next one when that is near. Whoever does
  /// it long before does it once more, and is spared nothing.
  package func turn(at now: Instant) -> Instant? {
    due.flatMap { ($0 - now).milliseconds <= period.milliseconds / 4 ? $0 : nil }
  }

  /// Whether nobody can say if its evidence is fresh.
  package var evidenceIsUnknown: Bool { evidence?.unknown != nil }

  /// Whether it belongs on a board: it is due, or nobody can say whether its evidence is.
  package func isShown(at now: Instant) -> Bool { standing(at: now) > .waiting || evidenceIsUnknown }
}

extension RoutineRow {
  package static func rows(of folder: SystemFolder, _ findings: RoutineFindings) -> [RoutineRow] {
    folder.routines.map { RoutineRow($0, of: folder, findings) }
  }

  private init(_ routine: Routine, of folder: SystemFolder, _ findings: RoutineFindings) {
    let book = findings.recorded.book
    var occasions = book?.occasions ?? [:]
    if let resolved = findings.recorded.incidentResolved { occasions[.incident] = resolved }
    let last = book?.done[routine.title]
    let zone = routine.zone.flatMap { folder.zones[$0] } ?? .utc
    let counted = [last?.counted, routine.reviewed].compactMap { $0 }.max() ?? book?.began
    let found = findings.evidence[routine.title]
    self.init(
      title: routine.title, due: counted.flatMap { routine.due(after: $0, in: zone, occasions: occasions) },
      period: routine.period, playbook: routine.playbook, lastDone: last?.at, lastBy: last?.by,
      lastRun: last?.fact.run, evidence: routine.evidence == nil ? nil : found, fresh: routine.fresh,
      isReview: routine.isReview)
    if case .after(let occasion) = routine.recurrence { after = occasion }
    guard let fresh = routine.fresh, let found, found.unknown == nil else { return }
    // Whoever did it since the newest file knows what the file does not.
    let shown = [found.at, last?.at].compactMap { $0 }.max()
    due = [due, shown.map { $0 + fresh } ?? book?.began].compactMap { $0 }.min()
  }
}
