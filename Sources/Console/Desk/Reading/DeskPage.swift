import Desk
import Incidents
import Values

/// What the journal answers to a ``DeskQuestion``, from one moment.
package struct DeskPage: Sendable {
  package let question: DeskQuestion
  package internal(set) var items: [TicketItem] = []
  /// All that the filter lists.
  package internal(set) var count = 0
  /// Words were too common: there can be more.
  package internal(set) var isPartial = false
  /// The ticket that is looked at.
  package internal(set) var open: TicketItem?
  /// Its events, and those of tickets that were merged into it; oldest first.
  package internal(set) var conversation: [Event] = []
  /// Tickets that may ask the same, the likeliest first.
  package internal(set) var similar: [TicketLikeness] = []
  /// Saved filters by name.
  package internal(set) var filters: [String: String] = [:]
  /// The last clocks that were due and the first that will be, earliest first.
  package internal(set) var alarms: [TicketAlarm] = []
  /// Clocks that were due before those of ``alarms``: they are counted, and told no more.
  package internal(set) var longLate = 0
  /// Tickets that are marked and on no page that was read.
  package internal(set) var marked: [TicketItem] = []
  /// More was written on the ticket that is looked at than ``conversation`` has; its beginning is there.
  package internal(set) var isShortened = false
  package internal(set) var impact: IncidentImpact?
  /// Zones that calendars of its tickets name.
  package internal(set) var zones: [String: Zone] = [:]

  package init(_ question: DeskQuestion) {
    self.question = question
  }
}

/// A ticket with its clocks made ready to be asked.
package struct TicketItem: Sendable {
  package let ticket: Ticket
  package let clocks: TicketClocks?

  package init(_ ticket: Ticket, zones: [String: Zone]) {
    self.ticket = ticket
    clocks = ticket.ticking(zones: zones)
  }

  var key: String { ticket.key }
}

/// A clock of a ticket that is due soon or was.
package struct TicketAlarm: Hashable, Sendable {
  package let ticket: String
  package let subject: String
  package let system: String?
  package let severity: Severity
  package let clock: String
  package let due: Instant
  /// When it is warned of.
  package let warning: Instant?
}
