import Values

/// One remote engine's last recorded state.
package struct RemoteRecord: Fold {
  package static let name = "remote"
  package static let version = 1

  package let key: String
  package private(set) var last: RemoteChanged?
  package private(set) var since: Instant?

  package init(key: String) {
    self.key = key
  }

  /// It fails: somebody should look.
  package var isOpen: Bool { last?.state == RemoteChanged.failing }

  package static func keys(of event: Event) -> [String] {
    event.fact(RemoteChanged.self).map { [$0.key] } ?? []
  }

  package mutating func apply(_ event: Event) {
    guard let fact = event.fact(RemoteChanged.self) else { return }
    last = fact
    since = event.occurred
  }
}
