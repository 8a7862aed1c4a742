import Alerting
import Incidents
import Values

/// What was counted for an objective, as its two recorded series have it.
package struct BudgetSeries: Sendable {
  /// One evaluation: events a second, and good ones among them.
  package struct Point: Equatable, Sendable {
    package let at: Instant
    package let good: Double
    package let total: Double

    package init(at: Instant, good: Double, total: Double) {
      (self.at, self.good, self.total) = (at, good, total)
    }
  }

  package let system: String
  package let title: String
  /// From 0 to 1, both left out.
  package let objective: Double
  package let window: Span
  /// Between two evaluations.
  package let step: Span
  /// By time.
  package let points: [Point]

  package init(
    system: String, title: String, objective: Double, window: Span, step: Span, points: [Point]
  ) {
    (self.system, self.title, self.objective) = (system, title, objective)
    (self.window, self.step, self.points) = (window, step, points)
  }
}

/// How much of an objective's error budget a period's events spent, and how much of that in which incident.
package struct BudgetSpent: Equatable, Sendable {
  /// What of all that was spent was spent in one incident.
  package struct Share: Equatable, Sendable {
    package let incident: String
    /// From 0 to 1. Incidents can overlap: their shares need not come to 1.
    package let share: Double
  }

  package let system: String
  package let title: String
  /// From 0 to 1, both left out.
  package let objective: Double
  package let window: Span
  /// The first evaluation of the period that counted anything, and the last.
  package let from: Instant
  package let until: Instant
  /// Over how long there was anything to count.
  package let covered: Span
  /// The share of good events.
  package let good: Double
  /// 1: all that the objective allows of the events that were counted.
  package let spent: Double
  /// The largest first; those in which nothing was spent are left out.
  package let incidents: [Share]

  /// Nil where nothing was counted in the period. O(points × incidents of the system).
  ///
  /// - Parameters:
  ///   - from: nil is from the beginning.
  ///   - incidents: of the system.
  init?(
    _ series: BudgetSeries, from: Instant?, until: Instant, incidents: [(key: String, span: IncidentSpan)]
  ) {
    let points = series.points.filter { point in
      point.at <= until && from.map { point.at >= $0 } ?? true && point.total.isFinite && point.total > 0
        && point.good.isFinite
    }
    guard let first = points.first, let last = points.last else { return nil }
    let total = points.reduce(0) { $0 + $1.total }
    // Two counters that are read at one time need not have been counted at one time.
    func bad(_ points: some Sequence<BudgetSeries.Point>) -> Double {
      max(0, points.reduce(0) { $0 + $1.total - $1.good })
    }
    let all = bad(points)
    (system, title, objective, window) = (series.system, series.title, series.objective, series.window)
    (self.from, self.until) = (first.at, last.at)
    covered = series.step * Int64(points.count)
    good = 1 - all / total
    let budget = ErrorBudget.budget(of: series.objective)
    spent = budget > 0 ? all / (total * budget) : all > 0 ? .infinity : 0
    self.incidents = incidents.compactMap { key, span -> Share? in
      let own = bad(points.lazy.filter { span.holds(from: $0.at, until: $0.at + series.step) })
      return own > 0 && all > 0 ? Share(incident: key, share: min(1, own / all)) : nil
    }.sorted { ($1.share, $0.incident) < ($0.share, $1.incident) }
  }

  /// `99.9%`, with as many digits as were written.
  package var goalWords: String { Self.percent(objective, digits: 5) }

  /// Two digits behind the point, or as many as the goal has; nothing is rounded up to it.
  package var goodWords: String {
    let behind = goalWords.split(separator: ".").dropFirst().first?.count ?? 1
    return Self.percent(good, digits: max(2, behind - 1))
  }

  private static func percent(_ ratio: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { sum, _ in sum * 10 }
    // Without what binary fractions take away.
    var text = (((ratio * 100 * scale) + 1e-6).rounded(.down) / scale).description
    if text.hasSuffix(".0") { text.removeLast(2) }
    return text + "%"
  }

  /// `143%`; small parts are not rounded to nothing.
  package var spentWords: String { Figure(spent, unit: .ratio).description }

  /// `INC-2 81%, INC-1 12%`, and how many more there are.
  package var incidentWords: String {
    guard !incidents.isEmpty else { return spent > 0 ? "in no incident" : "" }
    let named = incidents.prefix(3).map { "\($0.incident) \(Figure($0.share, unit: .ratio))" }
    let more = incidents.count > 3 ? ["and \(incidents.count - 3) more"] : []
    return (named + more).joined(separator: ", ")
  }
}
