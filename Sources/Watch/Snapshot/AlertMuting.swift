import Values

/// One reason for which an alert that fires is not to be heard. It stays visible all the same.
package struct AlertMuting: Codable, Equatable, Sendable {
  package enum Kind: String, Codable, CaseIterable, Sendable {
    case silence
    case maintenance
    case inhibition
    /// Just after a start: rules that could inhibit it have not been evaluated yet.
    case waiting
  }

  package var kind: Kind
  /// `SIL-3`, the window's title, the name of the alert that inhibits.
  package var name: String
  /// When it ends by itself; nil while something else decides.
  package var until: Instant?
  /// Who silenced, and why.
  package var by: String?
  package var reason: String?
  /// Since when, to tell how much of it is left.
  package var since: Instant?

  package init(
    _ kind: Kind, _ name: String, since: Instant? = nil, until: Instant? = nil, by: String? = nil,
    reason: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.since = since
    self.until = until
    self.by = by
    self.reason = reason
  }

  /// `silence SIL-3`, as the journal has it.
  package var phrase: String {
    switch kind {
    case .silence: "silence \(name)"
    case .maintenance: "maintenance \(name)"
    case .inhibition: "inhibited by \(name)"
    case .waiting: "waiting for \(name)"
    }
  }
}
