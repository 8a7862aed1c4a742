import Values

/// One endpoint's last recorded state.
package struct EndpointRecord: Fold {
  package static let name = "endpoint"
  package static let version = 1

  package let key: String
  package private(set) var last: EndpointChanged?
  package private(set) var since: Instant?

  package init(key: String) {
    self.key = key
  }

  /// Down or stale: somebody should look.
  package var isOpen: Bool { last?.to == "down" || last?.to == "stale" }

  package static func key(system: String, endpoint: String) -> String { "\(system)/\(endpoint)" }

  package static func keys(of event: Event) -> [String] {
    event.fact(EndpointChanged.self).map { [key(system: $0.system, endpoint: $0.endpoint)] } ?? []
  }

  package mutating func apply(_ event: Event) {
    guard let fact = event.fact(EndpointChanged.self) else { return }
    last = fact
    since = event.occurred
  }
}
