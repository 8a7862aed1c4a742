import Desk
import Host
import Incidents
import Values
import Watch

/// Reminders of tickets that are too many to be told one by one: they are written some at a time, and told as one line
/// once no more come.
struct CountedReminders {
  private var tickets: Set<String> = []
  private var last: (told: Instant, heard: Uptime)?

  /// Without more for so long they are all.
  private static let patience = Span.seconds(3)

  mutating func take(_ events: [Event]) {
    let counted = events.filter { $0.fact(TicketReminded.self)?.counted == true }
    guard let newest = counted.last else { return }
    tickets.formUnion(counted.compactMap(\.ticket))
    last = (newest.occurred, Clock.steady())
  }

  /// The line that is due; nil while none is.
  ///
  /// - Parameter now: nil asks for it although more may come.
  mutating func line(at now: Uptime?) -> String? {
    guard let last, now.map({ $0 >= last.heard + Self.patience }) ?? true else { return nil }
    defer { self = CountedReminders() }
    return "\(last.told.clockUTC) tickets: clocks of \(tickets.count) are due soon or overdue"
  }
}
