import Incidents
import Values

/// The words for what events say of deadlines.
extension Timeline {
  static func clockWording(_ event: Event) -> Wording? {
    if let fact = event.fact(ClockMet.self) { return wording(of: fact) }
    if let fact = event.fact(ClockOverdue.self) {
      let name = ClockName(fact.clock)
      let what = fact.title ?? name.words
      let text: String
      switch name {
      case .rung: text = "\(what) is due since \(fact.due.clockUTC)"
      case .callOut: text = "nobody wrote anything: \(what) was due at \(fact.due.clockUTC)"
      default:
        text = "\(what) was due at \(fact.due.clockUTC) and is \(fact.again == nil ? "" : "still ")not met"
      }
      return Wording(.page, "●", "clock", text)
    }
    if let fact = event.fact(ClockSnoozed.self) {
      let what = fact.title ?? ClockName(fact.clock).words
      return Wording(
        .plain, "‖", "clock", "\(what) snoozed until \(fact.until.clockUTC)\(reason(fact.reason))")
    }
    return event.fact(ClockDismissed.self).map {
      Wording(
        .plain, "·", "clock", "\($0.title ?? ClockName($0.clock).words) dismissed\(reason($0.reason))")
    }
  }

  private static func wording(of fact: ClockMet) -> Wording {
    let what = ClockName(fact.clock).words
    guard let due = fact.due else { return Wording(.good, "✓", "clock", "\(what) met") }
    if fact.by > due {
      return Wording(.warn, "▲", "clock", "\(what) met \((fact.by - due).short) late")
    }
    let left = fact.by == due ? "on time" : "\((due - fact.by).short) early"
    return Wording(.good, "✓", "clock", "\(what) met, \(left)")
  }
}
