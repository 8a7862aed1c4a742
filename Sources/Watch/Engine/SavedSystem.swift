import Alerting
import Metrics
import Values

/// What of a system survives a restart besides the journal: samples and pending timers. Disposable:
/// without it windows begin anew and pending alerts lose their time, never a firing state.
package struct SavedSystem: Sendable {
  package var series: [(Labels, [Point])]
  package var alerts: [PersistedAlert]

  package init(series: [(Labels, [Point])] = [], alerts: [PersistedAlert] = []) {
    self.series = series
    self.alerts = alerts
  }
}
