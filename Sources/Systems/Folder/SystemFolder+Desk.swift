import Desk
import Incidents
import Values

/// What its folder promises of its tickets.
extension SystemFolder {
  /// What a ticket copies into its own events: the clocks of its severities, by the calendars of its tickets.
  package var ticketPlan: ClockPlan {
    var plan = ClockPlan()
    plan.targets = severities.map { definition in
      func after(_ clock: TicketClock) -> Span? {
        definition.clocks.first { $0.name == clock.rawValue }?.after
      }
      return ClockPlan.Targets(
        severity: definition.severity, respond: after(.respond), mitigate: after(.mitigate),
        resolve: after(.resolve), calendar: tickets?.calendars[definition.severity.rawValue])
    }
    let named = Set(plan.targets.compactMap(\.calendar))
    plan.calendars = calendars.filter { named.contains($0.name) }
    plan.pauses = tickets?.pauses ?? []
    plan.warnsAt = tickets?.warnsAt ?? plan.warnsAt
    return plan
  }

  /// Who may do what at its desk.
  package var deskPermissions: DeskPermissions { DeskPermissions(tickets?.may ?? [:]) }
}
