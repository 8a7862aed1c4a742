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

  package init(store: Store = Store(), alerts: [PersistedAlert] = [], retention: Span = .hours(1)) {
    self.store = store
    self.alerts = alerts
    self.retention = retention
  }
}
