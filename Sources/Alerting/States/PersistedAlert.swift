import Metrics
import Values

/// An alert's state outside the process: from the disposable store, or rebuilt from the journal.
package struct PersistedAlert: Codable, Hashable, Sendable {
  /// Nil: that of the first group with such a rule (the journal does not know groups).
  package var group: String?
  package var rule: String
  package var labels: Labels
  package var state: AlertState
  package var activeAt: Instant
  package var firedAt: Instant?
  package var keepFiringSince: Instant?
  package var value: Double
  package var annotations: [String: String]
  /// When this was last known to be so: a pending alert's time stands still from then until it is restored.
  package var savedAt: Instant

  package init(
    group: String?, rule: String, labels: Labels, state: AlertState, activeAt: Instant,
    firedAt: Instant? = nil,
    keepFiringSince: Instant? = nil, value: Double, annotations: [String: String] = [:], savedAt: Instant
  ) {
    self.group = group
    self.rule = rule
    self.labels = labels
    self.state = state
    self.activeAt = activeAt
    self.firedAt = firedAt
    self.keepFiringSince = keepFiringSince
    self.value = value
    self.annotations = annotations
    self.savedAt = savedAt
  }
}
