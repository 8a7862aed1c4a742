import Values

/// A remote engine answers for the first time, no longer, or again. What it is told again and again is no event.
package struct RemoteChanged: Fact {
  package static let kind = "remote.changed"
  package let system: String
  /// `prometheus`, `alertmanager`, or `connection` for what lies between us and everybody.
  package let remote: String
  /// Its address.
  package let server: String
  /// `reachable` or `failing`.
  package let state: String
  /// Why it fails, as a whole sentence.
  package let reason: String?

  package static let reachable = "reachable"
  package static let failing = "failing"

  package init(system: String, remote: String, server: String, state: String, reason: String?) {
    self.system = system
    self.remote = remote
    self.server = server
    self.state = state
    self.reason = reason
  }

  /// Names its fold.
  package var key: String { "\(system)/\(remote) \(server)" }
}
