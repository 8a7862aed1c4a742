import Alerting
import Metrics
import Systems
import Values

/// What the recorded series say of the system's objectives.
extension WatchedSystem {
  /// O(objectives): the last samples of a dozen series each.
  func objectiveRows(at now: Instant) -> [ObjectiveRow] {
    folder.objectives.map { objective in
      let step = step(of: objective)
      // Two evaluations may be missing; older is not known any more.
      let oldest = now - max(step * 3, .minutes(5))
      func newest(_ name: String, over window: Span? = nil) -> Double? {
        var labels = ["slo": objective.title, .metricName: name]
        labels["window"] = window?.prometheus
        guard let id = store.seriesID(for: Labels(labels)), let last = store.last(of: id), last.v.isFinite,
          last.t >= oldest.milliseconds
        else { return nil }
        return last.v
      }
      let spent = newest(ErrorBudget.Series.burn, over: objective.window)
      let covered = newest(ErrorBudget.Series.covered) ?? 0
      return ObjectiveRow(
        title: objective.title, objective: objective.objective, window: objective.window,
        left: spent.map { 1 - $0 },
        covered: min(objective.window, step * Int64(max(0, min(covered, 1e12)))),
        burns: objective.pairs.map {
          ObjectiveRow.Burn(
            window: $0.long, rate: newest(ErrorBudget.Series.burn, over: $0.long), recentWindow: $0.short,
            recent: newest(ErrorBudget.Series.burn, over: $0.short), factor: $0.factor)
        })
    }
  }

  /// As ``SavedSystem`` has them.
  var savedObjectives: [SavedObjective] {
    folder.objectives.map {
      SavedObjective(title: $0.title, objective: $0.objective, window: $0.window, step: step(of: $0))
    }
  }

  private func step(of objective: Objective) -> Span {
    groups.first { $0.group.name == "slo \(objective.title)" }?.every ?? .minutes(1)
  }
}
