import Incidents
import Values

/// One pending or firing alert as a row of the board. Who acknowledged it is in the journal, not here.
package struct AlertRow: Codable, Equatable, Sendable {
  package enum State: String, Codable, Sendable { case pending, firing }

  package var identity: AlertIdentity
  package var state: State
  package var level: Level
  package var value: Figure?
  /// `>=`, with ``threshold``: shown beside the value.
  package var sign: String?
  package var threshold: Figure?
  package var activeAt: Instant
  package var firedAt: Instant?
  /// How long its condition must hold before it fires.
  package var holds: Span
  package var summary: String
  package var annotations: [String: String]
  /// The playbook, and section, its annotation names.
  package var playbook: String?
  /// `rules.yaml:41`, or `built in`.
  package var source: String
  package var expression: String
  /// Its left side over the last hour, oldest first, nil where there was none.
  package var history: [Double?]
  /// Why it is not to be heard; empty when it is.
  package var mutings: [AlertMuting]
  /// Its condition has ended; `keep_firing_for` lets it fire on until then.
  package var keptUntil: Instant?
  /// Its series are gone: it neither holds nor recovered.
  package var hasNoData: Bool
  /// Who reports it, when it is not a rule of ours: `alertmanager http://127.0.0.1:9093`.
  package var remote: String?

  package init(
    identity: AlertIdentity, state: State, level: Level, activeAt: Instant, holds: Span = .zero,
    summary: String = "",
    source: String = "", expression: String = ""
  ) {
    self.identity = identity
    self.state = state
    self.level = level
    self.activeAt = activeAt
    self.holds = holds
    self.summary = summary
    self.source = source
    self.expression = expression
    annotations = [:]
    mutings = []
    history = []
    hasNoData = false
  }

  package var id: String { identity.key }
  package var isMuted: Bool { !mutings.isEmpty }
  /// The silence that hides it, and the alert that inhibits it.
  package var silencedBy: String? { mutings.first { $0.kind == .silence }?.name }
  package var inhibitedBy: String? { mutings.first { $0.kind == .inhibition }?.name }
}
