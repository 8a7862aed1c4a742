import Desk
import Incidents
import Terminal
import Values

/// A clock of a ticket in a few words, with its sign.
struct ClockFigure {
  /// Nil before it is near.
  let sign: Sign?
  let text: String
  let style: Style

  var spans: Spans { [(sign.map { "\($0.glyph) " } ?? "", style), (text, style)] }

  /// `2m40s of 15m left`, `overdue by 12m`, `40m of 4h left` standing still; nil where no time is set for it.
  init?(_ clock: TicketClock, of clocks: TicketClocks, at now: Instant) {
    let used = clocks.used(of: clock, at: now)
    switch clocks.state(of: clock, at: now) {
    case .none: return nil
    case .running(let left, _):
      let isWarned = clocks.warning(of: clock).map { $0 <= now } ?? false
      let share = left.seconds / max(1, (used + left).seconds)
      sign = isWarned ? .warn : nil
      text = Self.left(left, of: used + left)
      style = isWarned ? .due : share < 0.5 ? .text : .dim
    case .paused(let left, _):
      (sign, text, style) = (.maintenance, Self.left(left, of: used + left), .maintenance)
    case .met(let at, _, let isLate):
      sign = .done
      text = "met \(at.near(now))\(isLate ? ", late" : "")"
      style = isLate ? .due : .up
    case .breached(_, let over):
      (sign, text, style) = (.page, "overdue by \(over.clockText)", .overdue)
    }
  }

  private static func left(_ left: Span, of target: Span) -> String {
    "\(left.clockText) of \(target.clockText) left"
  }
}

extension TicketItem {
  /// The clock that breaches first, or stands still; once all are met, the last of them.
  func figure(at now: Instant) -> ClockFigure? {
    guard ticket.isOpen, let clocks else { return nil }
    let name =
      ticket.next?.clock ?? ticket.clocks.first { $0.left != nil && ticket.met[$0.clock] == nil }?.clock
    if let clock = name.flatMap(TicketClock.init) { return ClockFigure(clock, of: clocks, at: now) }
    let met = ticket.met.max { $0.value < $1.value }?.key
    return met.flatMap(TicketClock.init).flatMap { ClockFigure($0, of: clocks, at: now) }
  }
}

extension Span {
  /// Seconds below ten minutes, whole minutes above, hours as the longest unit.
  var clockText: String {
    let whole = Span.seconds(Int64(max(0, seconds).rounded(.down)))
    let exact = whole.milliseconds % 60_000 == 0 || whole < .minutes(10)
    return (exact ? whole : Span.milliseconds(whole.milliseconds - whole.milliseconds % 60_000)).inHours
  }
}

extension Instant {
  /// `03:08Z`, on another day than `now` with the day before it: `11-23 09:12Z`.
  func near(_ now: Instant) -> String {
    let (mine, today) = (CivilTime(self), CivilTime(now))
    guard mine.day != today.day || mine.month != today.month || mine.year != today.year else {
      return minuteUTC
    }
    return "\(mine.month.padded(2))-\(mine.day.padded(2)) \(minuteUTC)"
  }
}
