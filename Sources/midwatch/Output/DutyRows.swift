import Incidents
import Values
import Watch

/// Objectives and routines as cells of a line.
enum DutyRows {
  static func line(_ row: ObjectiveRow, of system: String) -> [String] {
    let burn = row.current.flatMap { current in
      current.rate.map { "burns \(Figure($0)) times as fast as it may (\(current.window.prometheus))" }
    }
    let parts = [burn, row.exhaustion.map { "spent in \($0.short) if it goes on so" }, seen(row)]
    return [
      row.state.word, system, "slo \(row.title)", left(row),
      parts.compactMap { $0 }.joined(separator: ", "),
    ]
  }

  static func line(_ row: RoutineRow, of system: String, at now: Instant) -> [String] {
    let parts = [
      last(row), row.playbook.map { "playbook \($0)" }, evidence(row, at: now),
    ]
    return [
      word(row, at: now), system, "routine \(row.title)", due(row, at: now),
      parts.compactMap { $0 }.joined(separator: ", "),
    ]
  }

  static func word(_ row: RoutineRow, at now: Instant) -> String {
    let standing = row.standing(at: now)
    return standing == .waiting && row.evidenceIsUnknown ? "unknown" : standing.rawValue
  }

  private static func left(_ row: ObjectiveRow) -> String {
    guard let left = row.left else { return "" }
    let budget = Figure(1 - row.objective, unit: .ratio)
    return left < 0
      ? "over by \(Figure(-left, unit: .ratio)) of \(budget)"
      : "\(Figure(left, unit: .ratio)) of \(budget) left"
  }

  private static func seen(_ row: ObjectiveRow) -> String {
    let window = row.window.prometheus
    return row.isWhole ? "over \(window)" : "counted over \(row.covered.short) of \(window)"
  }

  private static func due(_ row: RoutineRow, at now: Instant) -> String {
    guard let due = row.due else {
      return row.after.map { "after the next \($0.rawValue)" } ?? "unknown since when"
    }
    return due <= now ? "due since \(due.dateClockUTC)" : "due \(due.dateClockUTC)"
  }

  private static func last(_ row: RoutineRow) -> String {
    guard let done = row.lastDone else { return "never done" }
    let how = row.lastRun.map { " with \($0)" } ?? ""
    return "done \(done.dateClockUTC) by \(row.lastBy ?? "somebody")\(how)"
  }

  private static func evidence(_ row: RoutineRow, at now: Instant) -> String? {
    guard let evidence = row.evidence else { return nil }
    if let why = evidence.unknown { return "evidence unknown: \(why)" }
    guard let file = evidence.file, let at = evidence.at else { return "no evidence" }
    return "evidence \(file), \((now - at).short) old"
  }
}

extension ObjectiveRow.State {
  /// `no data`.
  var word: String { self == .noData ? "no data" : rawValue }
}
