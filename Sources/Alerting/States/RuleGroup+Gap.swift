import Metrics
import Values

/// Alert states when time was interrupted: the wall clock was set, the machine slept.
extension RuleGroup {
  /// Carries every timer over a gap: a pending alert has held for as long as before it, a firing one goes on firing,
  /// and missing data does not end it until its series had time to come back.
  ///
  /// - Parameters:
  ///   - shift: how much further the wall clock is than the time that was watched; negative when it was set back.
  ///   - missed: how long nobody watched; above ``PendingRestore/tolerance`` pending alerts begin anew.
  ///   - now: after the gap.
  package mutating func bridge(
    _ shift: Span, missed: Span, at now: Instant, by formula: PendingRestore = PendingRestore()
  ) {
    let grace = now.milliseconds.addingSaturating(max(300_000, definition.reach))
    for index in states.indices {
      for (labels, alert) in states[index].active {
        var alert = alert
        func shifted(_ time: Int64?) -> Int64? { time.map { $0.addingSaturating(shift.milliseconds) } }
        alert.keepFiringSince = shifted(alert.keepFiringSince)
        alert.resolvedAt = shifted(alert.resolvedAt)
        if alert.state != .inactive { alert.graceUntil = grace }
        if alert.state == .pending {
          alert.activeAt =
            missed < formula.tolerance
            ? alert.activeAt.addingSaturating(shift.milliseconds) : now.milliseconds
        }
        states[index].active[labels] = alert
      }
    }
  }
}
