import Incidents
import Values

/// What a system's folder says of its tickets' clocks, copied into a ticket's own events when it is opened, so
/// that editing the folder never moves a running clock.
package struct ClockPlan: Codable, Hashable, Sendable {
  /// What holds for one severity. A clock without a time is none: S4 may have no clock at all.
  package struct Targets: Codable, Hashable, Sendable {
    package let severity: Severity
    package let respond: Span?
    package let mitigate: Span?
    package let resolve: Span?
    /// A name among ``ClockPlan/calendars``; nil and `24x7` are always open.
    package let calendar: String?

    package init(
      severity: Severity, respond: Span? = nil, mitigate: Span? = nil, resolve: Span? = nil,
      calendar: String? = nil
    ) {
      self.severity = severity
      self.respond = respond
      self.mitigate = mitigate
      self.resolve = resolve
      self.calendar = calendar
    }

    package subscript(_ clock: TicketClock) -> Span? {
      switch clock {
      case .respond: respond
      case .mitigate: mitigate
      case .resolve: resolve
      }
    }
  }

  /// The name that every calendar gives way to.
  package static let always = "24x7"

  package var targets: [Targets] = []
  /// In full: those that ``targets`` name.
  package var calendars: [BusinessCalendar] = []
  /// States and other reasons for which clocks stand still: `pending_user`, `third_party`, `incident`.
  package var pauses: [String] = []
  /// What part of a target is left when it is warned of, from 0 to 1.
  package var warnsAt = 0.25

  package init() {}

  /// Zones that its calendars name.
  package var zones: Set<String> { Set(calendars.compactMap(\.zone)) }
}
