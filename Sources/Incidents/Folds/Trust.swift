/// What of one folder path is trusted: the digest that somebody approved last.
package struct Trust: Fold {
  package static let name = "trust"
  package static let version = 1

  package let key: String
  package private(set) var fact: SystemTrusted?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { fact != nil }

  package static func keys(of event: Event) -> [String] {
    event.fact(SystemTrusted.self).map { ["\($0.path)#\($0.uid)"] } ?? []
  }

  package mutating func apply(_ event: Event) {
    // The uid in the body must be the one that acted: a body can say anything.
    guard let said = event.fact(SystemTrusted.self), said.uid == event.actor.uid else { return }
    fact = said
  }
}
