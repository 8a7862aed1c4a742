import Incidents
import Terminal
import Values
import Watch

/// Objectives and routines in words, for boards and pages.
enum DutyText {
  /// `92.1% left`, `spent by 40%`.
  static func left(_ row: ObjectiveRow) -> String {
    guard let left = row.left else { return "" }
    if left <= 0 { return left < 0 ? "over by \(percent(-left))" : "nothing left" }
    return "\(percent(left)) left"
  }

  /// `burns 14.6× (1h)`; nothing where nobody knows.
  static func burn(_ row: ObjectiveRow) -> String {
    guard let current = row.current, let rate = current.rate else { return "" }
    return "burns \(times(rate)) (\(current.window.prometheus))"
  }

  /// `spent in 3d04h`; else over how much of the window it is known.
  static func outlook(_ row: ObjectiveRow) -> String {
    if let exhaustion = row.exhaustion { return "spent in \(exhaustion.short)" }
    return row.state == .noData ? "nothing counted" : seen(row)
  }

  /// `30d`, `3d04h of 30d`.
  static func seen(_ row: ObjectiveRow) -> String {
    let window = row.window.prometheus
    return row.isWhole ? "over \(window)" : "over \(row.covered.short) of \(window)"
  }

  /// `99.9%`.
  static func objective(_ row: ObjectiveRow) -> String { percent(row.objective) }

  /// `due 2d04h ago`, `due in 3h10m`.
  static func due(_ row: RoutineRow, at now: Instant) -> String {
    guard let due = row.due else {
      return row.after.map { "after the next \($0.rawValue)" } ?? "nobody knows since when"
    }
    return due <= now ? "due \((now - due).whole) ago" : "due in \((due - now).whole)"
  }

  /// What is known of its evidence, if it has any.
  ///
  /// - Parameter isBrief: without why nobody knows.
  static func evidence(_ row: RoutineRow, at now: Instant, isBrief: Bool = false) -> String {
    guard let evidence = row.evidence else { return "" }
    if let why = evidence.unknown { return isBrief ? "evidence unknown" : why }
    guard let at = evidence.at else { return "no evidence yet" }
    let age = (now - at).whole
    let isStale = row.fresh.map { $0 < now - at } ?? false
    return isStale ? "evidence stale, \(age)" : "evidence \(age) old"
  }

  /// When it was done last, and by whom.
  static func last(_ row: RoutineRow) -> String {
    guard let done = row.lastDone else { return "never done" }
    let how = row.lastRun.map { " (\($0))" } ?? ""
    return "done \(done.dateClockUTC) by \(row.lastBy ?? "somebody")\(how)"
  }

  private static func percent(_ share: Double) -> String { "\(Figure(share, unit: .ratio))" }

  private static func times(_ rate: Double) -> String { "\(Figure(rate))×" }
}
