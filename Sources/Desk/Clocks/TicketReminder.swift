import Incidents
import Values

/// One thing that somebody is to be told of a ticket's clock.
package struct TicketReminder: Hashable, Sendable {
  package let ticket: String
  package let subject: String
  package let system: String?
  package let severity: Severity
  package let assignee: String?
  package let clock: String
  package let due: Instant
  package let occasion: TicketReminded.Occasion

  package init(
    ticket: String, subject: String, system: String?, severity: Severity, assignee: String?, clock: String,
    due: Instant, occasion: TicketReminded.Occasion
  ) {
    self.ticket = ticket
    self.subject = subject
    self.system = system
    self.severity = severity
    self.assignee = assignee
    self.clock = clock
    self.due = due
    self.occasion = occasion
  }
}

extension TicketReminder {
  /// `respond is due at 2026-11-22 03:15:00Z`, `resolve is overdue since …`.
  package var words: String { TicketReminded.words(clock, due: due, occasion) }
}

extension TicketReminded {
  /// `respond is due at 2026-11-22 03:15:00Z`, `resolve is overdue since …`.
  package var words: String { Self.words(clock, due: due, occasion) }

  fileprivate static func words(_ clock: String, due: Instant, _ occasion: Occasion) -> String {
    switch occasion {
    case .warning: "\(clock) is due at \(due.dateClockUTC)"
    case .due: "\(clock) is overdue since \(due.dateClockUTC)"
    }
  }
}
