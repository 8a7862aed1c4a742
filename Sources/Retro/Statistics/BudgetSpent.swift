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
  /// By time, each time once.
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

  /// Nil where nothing was counted in the period. O(points + incidents · log points).
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
    // Sums up to each point, so that an incident's are two of them.
    let sums = points.reduce(into: [(total: 0.0, bad: 0.0)]) { sums, point in
      let before = sums[sums.count - 1]
      sums.append((before.total + point.total, before.bad + point.total - point.good))
    }
    // Two counters that are read at one time need not have been counted at one time.
    let (total, all) = (sums[points.count].total, max(0, sums[points.count].bad))
    guard total.isFinite, all.isFinite else { return nil }
    (system, title, objective, window) = (series.system, series.title, series.objective, series.window)
    (self.from, self.until) = (first.at, last.at)
    covered = series.step * Int64(points.count)
    good = 1 - all / total
    let budget = ErrorBudget.budget(of: series.objective)
    spent = budget > 0 ? all / (total * budget) : all > 0 ? .infinity : 0
    self.incidents = incidents.compactMap { key, span -> Share? in
      // The first evaluation that reaches into it, and the first behind it.
      let first = points.firstPlace { $0.at + series.step > span.from }
      let behind = span.until.map { end in points.firstPlace { $0.at > end } } ?? points.count
      let own = first < behind ? sums[behind].bad - sums[first].bad : 0
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

  /// Of a share of one; digits that are nought at the end are left out.
  private static func percent(_ ratio: Double, digits: Int) -> String {
    // Whole numbers: 0.9999 has no binary fraction, and must not be told as less.
    let exact = Int64((min(max(ratio, 0), 1) * 1e9).rounded())
    let unit = (0..<(7 - digits)).reduce(Int64(1)) { power, _ in power * 10 }
    let scale = (0..<digits).reduce(Int64(1)) { power, _ in power * 10 }
    let (whole, part) = (exact / unit).quotientAndRemainder(dividingBy: scale)
    var behind = String(String(scale + part).dropFirst())
    while behind.hasSuffix("0") { behind.removeLast() }
    return behind.isEmpty ? "\(whole)%" : "\(whole).\(behind)%"
  }

  /// `143%`, in three digits.
  package var spentWords: String { Figure(spent, unit: .ratio).description }

  /// `INC-2 81%, INC-1 12%`, and how many more there are.
  package var incidentWords: String {
    guard !incidents.isEmpty else { return spent > 0 ? "in no incident" : "" }
    let named = incidents.prefix(3).map { "\($0.incident) \(Figure($0.share, unit: .ratio))" }
    let more = incidents.count > 3 ? ["and \(incidents.count - 3) more"] : []
    return (named + more).joined(separator: ", ")
  }
}

extension [BudgetSeries.Point] {
  /// The first of which it holds, as it does of all behind it. O(log n).
  fileprivate func firstPlace(where holds: (BudgetSeries.Point) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
