import Incidents
import Values

/// How support requests are clocked and where they come from.
package struct TicketSettings: Hashable, Sendable {
  /// Calendars by severity; `24x7` never pauses.
  package let calendars: [String: String]
  /// States in which clocks stand still.
  package let pauses: [String]
  /// Of the time left, from 0 to 1.
  package let warnsAt: Double
  package let source: TicketSource?
  /// Who may do what: an action, and roles.
  package let may: [String: [String]]
}

package struct RetroSettings: Hashable, Sendable {
  /// `midwatch`, `google`, `pagerduty`, or a file.
  package let template: String
  package let sections: [String]
  /// A file to which finished ones are appended.
  package let append: String?
}
