import Values

/// A Prometheus-compatible server that evaluates the rules, or whose alerts are shown.
package struct RemotePrometheus: Hashable, Sendable {
  package enum Takes: String, CaseIterable, Sendable { case rules, alerts }

  /// Empty: off.
  package let url: String
  package let takes: Takes
}

package struct RemoteAlertmanager: Hashable, Sendable {
  /// Empty: off.
  package let url: String
  /// Whether our alerts go there.
  package let posts: Bool
  /// Whether silences are kept the same on both sides.
  package let sharesSilences: Bool
}
