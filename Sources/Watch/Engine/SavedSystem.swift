import Alerting
import Metrics
import Values

/// What of a system survives a restart besides the journal: samples and pending timers. Disposable:
/// without it windows begin anew and pending alerts lose their time, never a firing state.
package struct SavedSystem: Sendable {
  /// A copy, O(1): what of it is to be written is found out where it is written.
  package var store: Store
  package var alerts: [PersistedAlert]
  /// How long its rules need samples.
  package var retention: Span
  /// Series that they need for longer, by their metric's name: for so long.
  package var kept: [String: Span]
  /// What the system's objectives are: whoever reads their series later has no folder.
  package var objectives: [SavedObjective]

  package init(
    store: Store = Store(), alerts: [PersistedAlert] = [], retention: Span = .hours(1),
    kept: [String: Span] = [:], objectives: [SavedObjective] = []
  ) {
    self.store = store
    self.alerts = alerts
    self.retention = retention
    self.kept = kept
    self.objectives = objectives
  }

  /// The series that are kept for longer than all others, and for how long.
  package var keptSeries: [SeriesID: Span] { store.series(kept) }
}

/// An objective as it was when its series were saved.
package struct SavedObjective: Codable, Equatable, Sendable {
  package let title: String
  /// From 0 to 1, both left out.
  package let objective: Double
  package let window: Span
  /// Between two of its samples.
  package let step: Span

  package init(title: String, objective: Double, window: Span, step: Span) {
    (self.title, self.objective, self.window, self.step) = (title, objective, window, step)
  }
}

extension Store {
  /// The series of these names, each with what its name has.
  func series(_ kept: [String: Span]) -> [SeriesID: Span] {
    var found: [SeriesID: Span] = [:]
    for (name, span) in kept {
      for id in select([Matcher(.metricName, name)]) { found[id] = span }
    }
    return found
  }
}
