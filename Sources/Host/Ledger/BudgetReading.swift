import Alerting
import Journal
import Metrics
import Retro
import Values

/// What was counted for objectives, as the engine of a folder saved it; nothing is changed there.
package enum BudgetReading {
  /// Empty where no engine ever saved any.
  ///
  /// - Parameter system: nil is all.
  package static func series(in folder: StateFolder, system: String? = nil) throws -> [BudgetSeries] {
    guard let store = try SampleStore(reading: folder) else { return [] }
    var saved = SavedSamples(store)
    var found: [BudgetSeries] = []
    for (name, objectives) in try saved.savedObjectives().sorted(by: { $0.key < $1.key }) {
      guard system.map({ $0 == name }) ?? true else { continue }
      let samples = try saved.keptSeries(of: name)
      for objective in objectives {
        let points = points(of: objective.title, in: samples)
        guard !points.isEmpty else { continue }
        found.append(
          BudgetSeries(
            system: name, title: objective.title, objective: objective.objective, window: objective.window,
            step: objective.step, points: points))
      }
    }
    return found
  }

  /// Evaluations of which both series have a sample.
  private static func points(of title: String, in samples: Store) -> [BudgetSeries.Point] {
    func read(_ name: String) -> [Point] {
      guard let id = samples.seriesID(for: Labels(["slo": title, .metricName: name])) else { return [] }
      return samples.samples(id, after: .min, through: .max)
    }
    let good = Dictionary(read(ErrorBudget.Series.good).map { ($0.t, $0.v) }) { $1 }
    return read(ErrorBudget.Series.total).compactMap { point in
      good[point.t].map { .init(at: Instant(milliseconds: point.t), good: $0, total: point.v) }
    }
  }
}
