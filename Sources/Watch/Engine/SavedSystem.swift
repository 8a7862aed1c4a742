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

  package init(
    store: Store = Store(), alerts: [PersistedAlert] = [], retention: Span = .hours(1),
    kept: [String: Span] = [:]
  ) {
    self.store = store
    self.alerts = alerts
    self.retention = retention
    self.kept = kept
  }

  /// The series that are kept for longer than all others, and for how long.
  package var keptSeries: [SeriesID: Span] { store.series(kept) }
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
