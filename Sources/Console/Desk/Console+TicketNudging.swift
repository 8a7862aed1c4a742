import Incidents
import Terminal
import Values

/// Tickets whose clocks run out, told once at their warning and once when they are due.
extension Console {
  mutating func nudgeTickets(at now: Instant) -> [Effect] {
    let (late, soon) = world.ticketAlarms(at: now)
    let told = late.map { ($0, true) } + soon.map { ($0, false) }
    let known = Set(told.map { Self.mark($0.0, isLate: $0.1) })
    let fresh = told.filter { !shell.nudgedTickets.contains(Self.mark($0.0, isLate: $0.1)) }
    // What is known no more may come back: not all that is late is read.
    if shell.nudgedTickets.count > 10_000 { shell.nudgedTickets = [] }
    shell.nudgedTickets.formUnion(known)
    // What is less bad is counted in the header, and disturbs nobody.
    let loud = fresh.filter { $0.0.severity.rank <= 2 }
    guard let first = loud.first else { return [] }
    let text =
      loud.count == 1
      ? Self.sentence(first.0, isLate: first.1)
      : "\(loud.count) tickets: \(loud.map(\.0.ticket).joined(separator: ", "))"
    shell.say(
      Inert.terminal(text), at: now, tone: loud.contains { $0.1 } ? .failed : .plain, lasting: .seconds(15))
    let rings = loud.contains { alarm, _ in
      world.bell(of: alarm.system).map { Marks.level(alarm.severity) >= $0 } ?? false
    }
    let message = DesktopMessage(
      title: "midwatch \(loud.map(\.0.ticket).joined(separator: " "))", text: Inert.terminal(text))
    return [.notify(message)] + (rings ? [.bell] : [])
  }

  /// What is told once: a clock's warning, and its being due; again when it was counted anew.
  private static func mark(_ alarm: TicketAlarm, isLate: Bool) -> String {
    "\(alarm.ticket) \(alarm.clock) \(alarm.due) \(isLate)"
  }

  private static func sentence(_ alarm: TicketAlarm, isLate: Bool) -> String {
    "\(alarm.ticket) \(alarm.severity.rawValue) \(alarm.clock) "
      + (isLate ? "is overdue since \(alarm.due.minuteUTC)" : "is due at \(alarm.due.minuteUTC)")
      + ": \(alarm.subject)"
  }
}
