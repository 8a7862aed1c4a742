import Incidents
import Values

/// The statistics as plain text, for a terminal.
extension RetroStatistics {
  /// Lines of at most some 100 columns; what came from outside is inert.
  package var text: String {
    guard let all = groups.first else {
      return Self.joined([["No incident started in this period."], budgetLines])
    }
    let since = from.map { " from \($0.dateClockUTC)" } ?? ""
    let count = "\(all.incidents) incident\(all.incidents == 1 ? "" : "s")"
    let wrong = ["entries in the wrong order:"] + disorder.map { "  ! \(Inert.terminal($0))" }
    return Self.joined(
      [["\(count)\(since) until \(until.dateClockUTC)"]] + groups.map { lines(of: $0) }
        + [cadenceLines, alertLines, stepLines, budgetLines, disorder.isEmpty ? [] : wrong])
  }

  /// With a blank line between parts that say anything.
  private static func joined(_ parts: [[String]]) -> String {
    parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var alertLines: [String] {
    table(
      "alerts that fired", ["system", "rule", "fired", "acked", "incident", "muted", "nobody acted"],
      alerts.map {
        [
          $0.system, $0.rule, "\($0.fired)", "\($0.acknowledged)", "\($0.inIncident)", "\($0.muted)",
          "\($0.neverActedOn)",
        ]
      })
  }

  private var stepLines: [String] {
    table(
      "steps that were skipped or failed", ["playbook", "step", "runs", "done", "skipped", "failed"],
      steps.map {
        [
          $0.playbook, "\($0.step) \($0.title)", "\($0.runs)", "\($0.done)", "\($0.skipped)", "\($0.failed)",
        ]
      })
  }

  private var budgetLines: [String] {
    table(
      "error budgets spent", ["system", "objective", "goal", "counted", "from", "good", "spent", "in"],
      budgets.map {
        [
          $0.system, $0.title, $0.goalWords, $0.covered.short, $0.from.dateClockUTC, $0.goodWords,
          $0.spentWords,
          $0.incidentWords,
        ]
      })
  }

  private func lines(of group: Group) -> [String] {
    let name = [group.system.map(Inert.terminal), group.severity?.rawValue].compactMap { $0 }
    let title = name.isEmpty ? "all" : name.joined(separator: " ")
    return table(
      "\(title) (\(group.incidents))", ["time to", "from", "n", "median", "p90", "range"],
      group.rows.map { row in
        let spread = row.distribution
        return [
          row.measure.rawValue.replacing("_", with: " "), row.from.replacing("_", with: " "),
          "\(spread.count)",
          spread.median.short, spread.p90.short, "\(spread.least.short) to \(spread.most.short)",
        ]
      })
  }

  private var cadenceLines: [String] {
    [cadence.words ?? "No next update was promised."]
  }

  /// A heading and aligned rows; nothing without rows.
  private func table(_ title: String, _ head: [String], _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let cells = [head] + rows.map { $0.map { Inert.terminal(String($0.prefix(48))) } }
    let widths = head.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return [title]
      + cells.map { row in
        let padded = zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
        var line = "  " + padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
      }
  }
}
