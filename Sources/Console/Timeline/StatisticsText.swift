import Retro
import Terminal
import Values

/// The figures of a period, as lines of a page: times with every point, cadence, alerts, steps, objectives.
struct StatisticsText {
  private(set) var lines: [(String, Style)] = []
  private let width: Int

  /// - Parameter objectives: what is left of each budget, as sentences.
  init(_ figures: RetroStatistics, objectives: [String], width: Int) {
    self.width = max(30, width)
    if let all = figures.groups.first {
      let since = figures.from.map { " from \($0.dateClockUTC)" } ?? ""
      let count = "\(all.incidents) \(all.incidents == 1 ? "incident" : "incidents")"
      lines.append(("\(count)\(since) until \(figures.until.dateClockUTC)", .text))
      for group in figures.groups { add(group) }
      addCadence(figures.cadence)
    } else {
      lines = [("No incident started in this period.", .dim)]
    }
    add(
      "alerts that fired: how often, acknowledged, in an incident, never acted on, muted",
      ["rule", "fired", "acked", "incident", "no act", "muted"],
      figures.alerts.map {
        [
          "\($0.system) \($0.rule)", "\($0.fired)", "\($0.acknowledged)", "\($0.inIncident)",
          "\($0.neverActedOn)", "\($0.muted)",
        ]
      })
    add(
      "steps that were skipped or failed", ["step", "runs", "done", "skipped", "failed"],
      figures.steps.map {
        [
          "\($0.playbook) \($0.step) \($0.title)", "\($0.runs)", "\($0.done)", "\($0.skipped)",
          "\($0.failed)",
        ]
      })
    add(
      "error budgets: what the period's events spent of them, and in which incidents",
      ["objective", "counted", "good", "spent"],
      figures.budgets.map {
        ["\($0.system) \($0.title) \($0.goalWords)", $0.covered.short, $0.goodWords, $0.spentWords]
      }, behind: figures.budgets.map { "from \($0.from.dateClockUTC) on  \($0.incidentWords)" })
    if !objectives.isEmpty {
      lines += [("", .text), ("objectives: what is left of their budgets now", .strong)]
      lines += objectives.map { ("  \($0)", .text) }
    }
    if !figures.disorder.isEmpty {
      lines += [("", .text), ("entries in the wrong order, which are counted nowhere", .strong)]
      lines += figures.disorder.map { ("  \(Sign.warn.glyph) \($0)", .warn) }
    }
  }

  private mutating func add(_ group: RetroStatistics.Group) {
    guard !group.rows.isEmpty else { return }
    let name = [group.system, group.severity?.rawValue].compactMap { $0 }.joined(separator: " ")
    let title = name.isEmpty ? "all incidents" : name
    lines += [("", .text), ("\(title) (\(group.incidents))", .strong)]
    let axis = LogAxis(group.rows.flatMap(\.distribution.points), width: max(8, width - 58))
    func row(_ cells: [String], _ strip: String) -> String {
      let widths = [13, 3, 8, 8, 18]
      let shown = zip(cells, widths).enumerated().map { index, cell in
        index == 0 ? cell.0.paddedRight(to: cell.1) : cell.0.paddedLeft(to: cell.1)
      }
      return "  " + shown.joined(separator: " ") + "  " + strip
    }
    lines.append((row(["time to", "n", "median", "p90", "range"], axis.labels), .dim))
    for one in group.rows {
      let spread = one.distribution
      let cells = [
        one.measure.rawValue.replacing("_", with: " "), "\(spread.count)", spread.median.short,
        spread.p90.short, "\(spread.least.short)–\(spread.most.short)",
      ]
      lines.append((row(cells, axis.strip(own: nil, spread: spread).map(\.0).joined()), .text))
    }
  }

  private mutating func addCadence(_ cadence: CadenceKept) {
    lines.append(("", .text))
    lines.append(cadence.words.map { ($0, .text) } ?? ("No next update was promised.", .dim))
  }

  /// - Parameter behind: what stands under each row.
  private mutating func add(
    _ title: String, _ head: [String], _ rows: [[String]], behind: [String] = []
  ) {
    guard !rows.isEmpty else { return }
    lines += [("", .text), (title, .strong)]
    let numbers = (head.count - 1) * 9
    let first = max(12, min(60, width - numbers - 2))
    func line(_ cells: [String]) -> String {
      guard let name = cells.first else { return "" }
      return "  " + Inert.terminal(name).truncatedMiddle(to: first).paddedRight(to: first)
        + cells.dropFirst().map { " " + $0.paddedLeft(to: 8) }.joined()
    }
    lines.append((line(head), .dim))
    for (index, row) in rows.enumerated() {
      lines.append((line(row), .text))
      guard behind.indices.contains(index), !behind[index].isEmpty else { continue }
      lines.append(("    " + Inert.terminal(behind[index]), .dim))
    }
  }
}
