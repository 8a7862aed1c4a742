/// Which version of a system's folder was taken under watch last.
package struct LoadedSystem: Fold {
  package static let name = "system"
  package static let version = 1

  package let key: String
  package private(set) var fact: SystemLoaded?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { fact != nil }

  package static func keys(of event: Event) -> [String] {
    event.fact(SystemLoaded.self).map { [$0.system] } ?? []
  }

  package mutating func apply(_ event: Event) {
    fact = event.fact(SystemLoaded.self) ?? fact
  }
}
