import Desk
import Incidents
import Values

/// One line of a queue: what the index knows of a ticket.
struct TicketRow: Encodable {
  struct Clock: Encodable {
    let clock: String
    let due: Instant
    /// Working time since, without pauses, as `ticket why` counts it; nil before it was due.
    var overSeconds: Int64?
  }

  let key: String
  let number: Int64?
  let isOpen: Bool
  let state: String?
  let severity: String?
  let priority: String?
  let subject: String?
  let requester: String?
  let tenant: String?
  let system: String?
  let assignee: String?
  let tags: [String]
  let incidents: [String]
  let opened: Instant?
  let answered: Instant?
  let touched: Instant?
  let comments: Int64
  let lastBy: String?
  let isCustomersTurn: Bool
  /// The clock that breaches first; nil when none runs.
  private(set) var next: Clock?
  /// Why its clocks stand still; empty while one runs.
  let standing: [String]
  let conflicts: Int64
  let external: String?
  let mergedInto: String?

  init(_ row: IndexRow<Ticket>) {
    func instant(_ column: Ticket.Column) -> Instant? {
      row.integer(column).map { Instant(milliseconds: $0) }
    }
    key = row.key
    number = row.integer(.number)
    isOpen = row.isOpen
    state = row.text(.state)
    severity = row.integer(.severity).map { "S\($0)" }
    priority = TicketPriority.allCases.first { Int64($0.rank) == row.integer(.priority) }?.rawValue
    subject = row.text(.subject)
    requester = row.text(.requester)
    tenant = row.text(.tenant)
    system = row.text(.system)
    assignee = row.text(.assignee)
    tags = row.list(.tags)
    incidents = row.list(.incidents)
    opened = instant(.opened)
    answered = instant(.answered)
    touched = instant(.touched)
    comments = row.integer(.comments) ?? 0
    lastBy = row.text(.lastBy)
    isCustomersTurn = row.integer(.isCustomersTurn) == 1
    next = instant(.due).map { Clock(clock: row.text(.clock) ?? "", due: $0) }
    standing = row.list(.holds)
    conflicts = row.integer(.conflicts) ?? 0
    external = row.text(.external)
    mergedInto = row.text(.merged)
  }

  func cells(at now: Instant) -> [String] {
    [
      key, severity ?? "", mergedInto.map { "in \($0)" } ?? state ?? "", standing(at: now), assignee ?? "–",
      tenant ?? requester ?? "", incidents.joined(separator: ","),
      conflicts > 0 ? "! \(subject ?? "")" : subject ?? "",
    ]
  }

  /// So much of its clock's working time is over.
  mutating func count(over: Span) { next?.overSeconds = over.milliseconds / 1000 }

  private func standing(at now: Instant) -> String {
    if let next {
      let over = next.overSeconds.map { "\(Span.seconds($0).inHours) over" }
      return "\(next.clock) \(over ?? TicketRow.away(next.due, at: now))"
    }
    return standing.isEmpty ? "–" : "paused: \(standing.joined(separator: ", "))"
  }

  /// `in 12m`, `5m over`.
  static func away(_ due: Instant, at now: Instant) -> String {
    due > now ? "in \((due - now).short)" : "\((now - due).short) over"
  }
}
