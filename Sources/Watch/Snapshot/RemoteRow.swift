import Alerting
import Values

/// A server beside us that evaluates our rules, reports alerts or is told ours, as a row of the board.
package struct RemoteRow: Codable, Equatable, Sendable {
  package enum Kind: String, Codable, Sendable { case prometheus, alertmanager }

  package enum State: String, Codable, Sendable {
    /// It was not asked yet.
    case unknown
    case reachable
    case failing
    /// It is not asked: a secret or trust is missing.
    case held
  }

  package var kind: Kind
  package var address: String
  /// What it is for: `rules`, `alerts`, `posts`, `silences`.
  package var uses: [String]
  package var state: State
  package var since: Instant?
  package var lastSuccess: Instant?
  /// What fails, or is missing, as a whole sentence; nil while all is well.
  package var reason: String?
  /// Whether it is of the older kind, for which `[1m]` has both of its ends; nil while that is not known.
  package var windows: WindowKind?
  /// Warnings of its last answers.
  package var remarks: [String]
  /// Alerts of ours that it is told of, now firing.
  package var told: Int
  /// Silences there that are not ours and hide something now.
  package var silences: Int

  package init(kind: Kind, address: String, uses: [String], state: State = .unknown) {
    self.kind = kind
    self.address = address
    self.uses = uses
    self.state = state
    remarks = []
    told = 0
    silences = 0
  }

  /// `prometheus reachable, 2.x windows`.
  package var line: String {
    var parts = ["\(kind.rawValue) \(state.rawValue)"]
    if let windows { parts.append(windows.words) }
    if told > 0 { parts.append("told \(told)") }
    if silences > 0 { parts.append(silences == 1 ? "1 silence of others" : "\(silences) silences of others") }
    return parts.joined(separator: ", ")
  }

  /// What somebody should know of it; nil when all is well.
  package var warning: String? {
    if let reason { return reason }
    guard kind == .prometheus, uses.contains("rules"), windows == .closed else { return remarks.last }
    return
      "prometheus at \(address) has 2.x windows: a range holds the sample at its beginning there, not here."
  }
}
