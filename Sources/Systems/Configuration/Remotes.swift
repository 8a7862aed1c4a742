import Alerting
import Values

/// A Prometheus-compatible server that evaluates the rules, or whose alerts are shown.
package struct RemotePrometheus: Hashable, Sendable {
  package enum Takes: String, CaseIterable, Sendable { case rules, alerts }

  /// Empty: off.
  package let url: String
  package let takes: Takes
  /// How it is reached; nil while it is off.
  package let access: RemoteAccess?
}

package struct RemoteAlertmanager: Hashable, Sendable {
  /// Empty: off.
  package let url: String
  /// Whether our alerts go there.
  package let posts: Bool
  /// Whether silences are kept the same on both sides.
  package let sharesSilences: Bool
  /// How it is reached; nil while it is off.
  package let access: RemoteAccess?
}

extension SystemFolder {
  /// Of every remote engine that it names.
  package var remoteTimeouts: [Span] {
    ([prometheus?.access] + alertmanagers.map(\.access)).compactMap { $0?.server.timeout }
  }
}

/// How a remote engine is reached, and what that needs.
package struct RemoteAccess: Hashable, Sendable {
  package let server: RemoteServer
  /// How often its lists are asked for.
  package let every: Span
  /// Whether it is let in by a secret, which only a trusted folder may use.
  package let usesSecrets: Bool
  /// The secret that has no value, if any.
  package let missingSecret: String?

  /// Why it is not asked at all; nil when it is.
  package func heldBack(isTrusted: Bool) -> String? {
    if usesSecrets, !isTrusted { return "not trusted, and it uses a secret" }
    return missingSecret.map { "the secret \($0) is missing" }
  }
}
