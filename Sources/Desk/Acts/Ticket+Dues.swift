import Incidents
import Values

/// Where a ticket's clocks are.
extension Ticket {
  /// Its clocks, ready to be asked; nil before it was opened. Makes its calendars ready: tens of microseconds.
  package func ticking(zones: [String: Zone]) -> TicketClocks? {
    guard let plan, let history else { return nil }
    return TicketClocks(history, ClockTerms(plan, zones: zones))
  }

  /// One for each clock of its severity that is not met.
  package func dues(zones: [String: Zone], at now: Instant) -> [TicketDue] {
    guard let ticking = ticking(zones: zones) else { return [] }
    return TicketClock.allCases.compactMap { clock in
      switch ticking.state(of: clock, at: now) {
      case .none, .met: nil
      case .running(_, let due): TicketDue(clock: clock.rawValue, due: due, left: nil)
      case .paused(let left, _): TicketDue(clock: clock.rawValue, due: nil, left: left)
      case .breached(let due, _): TicketDue(clock: clock.rawValue, due: due, left: nil)
      }
    }
  }
}
