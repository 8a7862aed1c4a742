import Incidents
import Retro
import Values
import Watch

/// One alert as lists show it: what the engine says of it, joined with what the journal knows.
struct AlertItem: Sendable {
  enum State: Int, Sendable { case firing, pending, resolved }

  let identity: AlertIdentity
  let state: State
  let level: Level
  var value: Figure?
  var sign: String?
  var threshold: Figure?
  let activeAt: Instant
  var firedAt: Instant?
  var resolvedAt: Instant?
  var how: AlertResolved.How?
  var holds = Span.zero
  var summary: String
  var playbook: String?
  var source: String
  var row: AlertRow?
  var record: Alert?
  var acknowledgement: Alert.Acknowledgement?

  var id: String { identity.key }
  /// Names this firing of it, and no other.
  var episode: String { "\(id) \(activeAt.milliseconds)" }
  /// Why it is not to be heard now; set by the world, which knows the time.
  var mutings: [AlertMuting] = []
  /// Somebody or something asked not to be told of it.
  var isHidden: Bool { !mutings.isEmpty }
  var since: Instant { resolvedAt ?? firedAt ?? activeAt }

  /// `7.1% ≥ 5%`; empty when the rule compares nothing.
  var figures: String {
    guard let value else { return "" }
    guard let sign, let threshold else { return value.description }
    return "\(value) \(Timeline.readable(sign)) \(threshold)"
  }

  /// What a filter looks at.
  var searched: String {
    let labels = identity.labels.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let by = acknowledgement.map { "acknowledged \($0.by)" } ?? "unacknowledged"
    let muted = mutings.map { "muted \($0.phrase)" }.joined(separator: " ")
    return
      "\(level.rawValue) \(state) \(identity.rule) \(identity.system) \(labels) \(summary) \(by) \(muted)"
  }

  init(_ row: AlertRow, record: Alert?, acknowledgement: Alert.Acknowledgement?) {
    identity = row.identity
    state = row.state == .firing ? .firing : .pending
    level = row.level
    value = row.value
    sign = row.sign
    threshold = row.threshold
    activeAt = row.activeAt
    firedAt = row.firedAt
    holds = row.holds
    summary = row.summary
    playbook = row.playbook
    source = row.source
    self.row = row
    self.record = record
    self.acknowledgement = row.state == .firing ? acknowledgement : nil
  }

  /// From the journal alone: resolved, or firing in a system whose engine has not spoken yet.
  init?(_ record: Alert, acknowledgement: Alert.Acknowledgement?) {
    guard let fired = record.fired else { return nil }
    identity = fired.identity
    state = record.isFiring ? .firing : .resolved
    level = fired.level
    let unit = fired.unit ?? .none
    value = fired.value.map { Figure($0, unit: unit) }
    sign = fired.sign
    threshold = fired.threshold.map { Figure($0, unit: unit) }
    activeAt = fired.activeAt
    firedAt = record.firedAt
    resolvedAt = record.resolvedAt
    how = record.how
    summary = fired.summary ?? ""
    playbook = fired.playbook
    source = fired.source ?? ""
    self.record = record
    self.acknowledgement = acknowledgement
  }
}
