import Values

/// How loud an alert is, from its `severity` label.
package struct LevelMap: Hashable, Sendable {
  /// A system's own words, under `levels:` in its system.yaml.
  package var own: [String: Level]

  package init(_ own: [String: Level] = [:]) {
    self.own = own
  }

  static let common: [String: Level] = [
    "critical": .page, "page": .page, "warning": .warn, "warn": .warn, "info": .info, "none": .info,
  ]

  /// Whether a severity means something here; any other is taken for `warn`.
  package func knows(_ severity: String) -> Bool {
    own[severity] != nil || Self.common[severity.lowercased()] != nil
  }

  package func level(of severity: String?) -> Level {
    guard let severity else { return .warn }
    return own[severity] ?? Self.common[severity.lowercased()] ?? .warn
  }
}
