import Desk
import Host
import Incidents
import Systems
import Values

/// One ticket as `ticket show` tells it.
struct TicketReport: Encodable {
  struct Clock: Encodable {
    let clock: TicketClock
    /// `running`, `paused`, `met`, `breached`.
    let state: String
    let due: Instant?
    let leftSeconds: Int64?
    let met: Instant?
    let isLate: Bool?
    let overSeconds: Int64?
    let why: [String]
  }

  struct Line: Encodable {
    let seq: Int64
    let ticket: String
    /// `customer`, `reply`, `internal`, `change`.
    let kind: String
    let at: Instant
    let recorded: Instant
    let by: String
    let words: String
    let attachments: [String]
    /// How a public reply reaches the customer.
    let goes: String?
    /// Whether it is of a ticket that was merged into this one.
    let isOther: Bool

    init(_ line: TicketLine, of key: String, _ fate: ReplyFate?) {
      goes = fate?.words
      seq = line.seq
      ticket = line.ticket
      kind = line.kind.rawValue
      at = line.at
      recorded = line.recorded
      by = line.by
      words = line.text
      attachments = line.attachments
      isOther = line.ticket != key
    }

    private enum CodingKeys: String, CodingKey {
      case seq, ticket, kind, at, recorded, by, words = "text", attachments, goes
    }
  }

  struct Likeness: Encodable {
    let ticket: String
    let subject: String
    let why: String
  }

  var schema = "midwatch.ticket/1"
  let key: String
  let subject: String
  let isOpen: Bool
  let state: TicketState
  let severity: Severity
  let priority: TicketPriority
  let requester: String
  let tenant: String?
  let system: String?
  let assignee: String?
  let tags: [String]
  let incidents: [String]
  let holds: [String]
  let opened: Instant?
  let openedBy: String?
  let answered: Instant?
  let touched: Instant?
  let comments: Int
  let external: String?
  let mergedInto: String?
  let absorbed: [String]
  let parts: [String]
  let splitFrom: String?
  /// Fields that another house has otherwise, and what it says.
  let conflicts: [String: String]
  let clocks: [Clock]
  let likenesses: [Likeness]
  let lines: [Line]

  /// - Parameter fates: of public replies, by the event that wrote each.
  init(
    _ ticket: Ticket, lines: [TicketLine], fates: [String: ReplyFate], likenesses: [TicketLikeness],
    clocks: [Clock]
  ) {
    key = ticket.key
    subject = ticket.subject
    isOpen = ticket.isOpen
    state = ticket.state
    severity = ticket.severity
    priority = ticket.priority
    requester = ticket.requester
    tenant = ticket.tenant
    system = ticket.system
    assignee = ticket.assignee
    tags = ticket.tags
    incidents = ticket.incidents
    holds = ticket.holds
    opened = ticket.openedAt
    openedBy = ticket.openedBy
    answered = ticket.answered
    touched = ticket.touched
    comments = ticket.comments
    external = ticket.external?.text
    mergedInto = ticket.mergedInto
    absorbed = ticket.absorbed
    parts = ticket.parts
    splitFrom = ticket.splitFrom
    conflicts = ticket.conflicts
    self.clocks = clocks
    self.likenesses = likenesses.map { Likeness(ticket: $0.ticket, subject: $0.subject, why: $0.why) }
    self.lines = lines.map { Line($0, of: ticket.key, fates[$0.id]) }
  }

  var standing: String { mergedInto.map { "merged into \($0)" } ?? state.rawValue }

  /// Those that its severity has.
  static func clocks(of ticket: Ticket, zones: [String: Zone], at now: Instant) -> [Clock] {
    guard let ticking = ticket.ticking(zones: zones) else { return [] }
    return TicketClock.allCases.compactMap { clock in
      func made(
        _ state: String, due: Instant? = nil, left: Span? = nil, met: Instant? = nil, isLate: Bool? = nil,
        over: Span? = nil, why: [String] = []
      ) -> Clock {
        Clock(
          clock: clock, state: state, due: due, leftSeconds: left.map { $0.milliseconds / 1000 }, met: met,
          isLate: isLate, overSeconds: over.map { $0.milliseconds / 1000 }, why: why)
      }
      return switch ticking.state(of: clock, at: now) {
      case .none: nil
      case .running(let left, let due): made("running", due: due, left: left)
      case .paused(let left, let why): made("paused", left: left, why: why)
      case .met(let at, _, let isLate): made("met", met: at, isLate: isLate)
      case .breached(let at, let over): made("breached", due: at, over: over)
      }
    }
  }
}
