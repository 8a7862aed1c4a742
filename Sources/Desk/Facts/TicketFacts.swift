import Incidents
import Values

/// What a clock of a ticket came to with an event: figures that a fold keeps, for it reads no calendar.
package struct TicketDue: Codable, Hashable, Sendable {
  /// `respond`, `mitigate`, `resolve`.
  package let clock: String
  /// Nil while the clock stands still.
  package let due: Instant?
  /// What was left when it stood still.
  package let left: Span?
  /// When somebody is to be told that little is left; nil where being due comes no later.
  package let warning: Instant?
  /// When somebody is to be told that it is due: then, or when people work again. Nil where nobody worked that out.
  package let telling: Instant?

  package init(
    clock: String, due: Instant?, left: Span?, warning: Instant? = nil, telling: Instant? = nil
  ) {
    self.clock = clock
    self.due = due
    self.left = left
    self.warning = warning
    self.telling = telling
  }
}

/// A fact that may move clocks: it carries where they are afterwards; nil when none moved.
package protocol ClockedFact: Fact {
  var clocks: [TicketDue]? { get set }
}

/// A file that belongs to what was written, by its path; it is not copied.
package typealias AttachmentPath = String

/// A request is taken in. Carries the plan of its clocks, so that an edited folder never moves it.
package struct TicketOpened: ClockedFact {
  package static let kind = "ticket.opened"

  /// The same request in another house.
  package struct External: Codable, Hashable, Sendable {
    /// The name of the adapter or import.
    package let source: String
    package let id: String

    package init(source: String, id: String) {
      self.source = source
      self.id = id
    }
  }

  package let number: Int
  package let system: String?
  package let subject: String
  /// A name, an address or a number; personal, so it stands in the body only.
  package let requester: String
  package let tenant: String?
  package let priority: TicketPriority
  package let severity: Severity
  package let state: TicketState
  package let tags: [String]
  package let assignee: String?
  /// The first comment: what the customer wrote.
  package let text: String
  package let attachments: [AttachmentPath]?
  package let external: External?
  /// The ticket from which it was split.
  package let splitFrom: String?
  package let plan: ClockPlan
  /// It was assigned outside the roles of whoever opened it.
  package let outsideRoles: Bool?
  package var clocks: [TicketDue]?
}

/// Somebody wrote on a ticket.
package struct TicketCommented: ClockedFact {
  package static let kind = "ticket.commented"
  package let text: String
  /// Whether the customer reads it.
  package let isPublic: Bool
  /// The customer's name when the customer wrote it; nil is support, and the event's actor is who.
  package let customer: String?
  package let attachments: [AttachmentPath]?
  /// Its id in the house that it came from.
  package let external: String?
  /// Who of support wrote it there; nil is the event's actor.
  package let author: String?
  /// Why somebody wrote outside their roles.
  package let outsideRoles: Bool?
  /// When it was written, where that was before the customer could read it.
  package var written: Instant?
  package var clocks: [TicketDue]?

  private enum CodingKeys: String, CodingKey {
    case text, isPublic = "public", customer, attachments, external, author, outsideRoles, written, clocks
  }
}

/// What stands about a ticket changed; what is nil stays.
package struct TicketChanged: ClockedFact {
  package static let kind = "ticket.changed"
  package var subject: String?
  package var severity: Severity?
  package var priority: TicketPriority?
  package var state: TicketState?
  /// A handle; empty gives it back.
  package var assignee: String?
  package var tags: [String]?
  package var tenant: String?
  package var reason: String?
  /// Against the table of transitions.
  package var override: Bool?
  package var outsideRoles: Bool?
  package var clocks: [TicketDue]?

  package init() {}
}

/// A ticket's clocks stand still for a reason of its own, such as `third_party` or an incident.
package struct TicketPaused: ClockedFact {
  package static let kind = "ticket.paused"
  /// `third_party` or `INC-3`.
  package let why: String
  package let reason: String?
  package var clocks: [TicketDue]?
}

/// That reason is over.
package struct TicketResumed: ClockedFact {
  package static let kind = "ticket.resumed"
  package let why: String
  package let reason: String?
  package var clocks: [TicketDue]?
}

/// A clock's work was begun or done by somebody's word; the column `ticket` says whose clock it is.
package struct TicketClockMet: ClockedFact {
  package static let kind = "ticket.clock_met"
  package let clock: String
  package var clocks: [TicketDue]?
}

/// The desk was told that a clock runs out, or that its time is over: the engine's alone, and what keeps it from
/// telling it again.
package struct TicketReminded: ClockedFact {
  package static let kind = "ticket.reminded"

  package enum Occasion: String, Codable, Hashable, Sendable, CaseIterable { case warning, due }

  package let clock: String
  /// When the clock is due.
  package let due: Instant
  package let occasion: Occasion
  package let severity: Severity
  /// The deliveries that were told, by their names in the folder.
  package let to: [String]?
  /// It was counted with many others rather than named.
  package let counted: Bool?
  package var clocks: [TicketDue]?

  package init(
    clock: String, due: Instant, occasion: Occasion, severity: Severity, to: [String]? = nil,
    counted: Bool? = nil
  ) {
    self.clock = clock
    self.due = due
    self.occasion = occasion
    self.severity = severity
    self.to = to
    self.counted = counted
  }

  private enum CodingKeys: String, CodingKey {
    case clock, due, severity, to, counted, clocks
    case occasion = "kind"
  }
}
