import Incidents
import Terminal
import Values

/// What is due in incidents.
extension World {
  /// Those of all incidents that are overdue and not snoozed at `now`; the one that is so longest first.
  func overdue(at now: Instant) -> [Deadline] {
    deadlines.prefix { $0.due <= now }.filter { $0.state(at: now) == .overdue }
  }

  /// Those of one incident that run or are overdue, the earliest first; snoozed ones are silent.
  func deadlines(of incident: String, at now: Instant) -> [Deadline] {
    deadlines.filter { deadline in
      guard deadline.incident == incident else { return false }
      switch deadline.state(at: now) {
      case .running, .overdue: return true
      case .met, .snoozed, .dismissed: return false
      }
    }
  }

  /// Whether the bell rings for what is due in an incident of that severity.
  func ringsBell(for deadline: Deadline) -> Bool {
    guard let incident = ledger.incident(deadline.incident),
      let bell = bell(of: incident.systems.first)
    else { return false }
    return Marks.level(incident.severity) >= bell
  }

  /// The level from which the bell rings for a system; nil never.
  func bell(of system: String?) -> Level? {
    guard let guide = guide(system) else { return .page }
    return guide.bell
  }

  /// A deadline as the bar counts it down.
  func countdown(_ deadline: Deadline) -> Countdown {
    var name = Inert.terminal(deadline.label).truncatedEnd(to: 24)
    // Which audience is worth a word only where there are several.
    if case .update = deadline.name {
      let updates = deadlines.count { other in
        if case .update = other.name { other.incident == deadline.incident } else { false }
      }
      if updates < 2 { name = "update" }
    }
    return Countdown(name: name, due: deadline.due, from: deadline.from)
  }
}
