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
      case .running(_, let due?): ticking.running(clock, due: due)
      case .running(_, nil): TicketDue(clock: clock.rawValue, due: nil, left: nil)
      case .paused(let left, _): TicketDue(clock: clock.rawValue, due: nil, left: left)
      case .breached(let due, _): ticking.running(clock, due: due)
      }
    }
  }
}

extension TicketClocks {
  /// A clock that counts, with the times at which somebody is to be told of it.
  fileprivate func running(_ clock: TicketClock, due: Instant) -> TicketDue {
    let first = nextReminder(of: clock, after: Instant(milliseconds: .min), every: nil)
    let telling = nextReminder(of: clock, after: due - .milliseconds(1), every: nil)
    let warning = first.flatMap { first in telling.map { first < $0 } ?? true ? first : nil }
    return TicketDue(
      clock: clock.rawValue, due: due, left: nil, warning: warning, telling: telling)
  }
}
