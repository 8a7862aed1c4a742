import Incidents

/// The filters that have names, all in one.
package struct SavedFilters: Fold {
  package static let name = "saved_filters"
  package static let version = 1
  /// Of the only one.
  package static let key = "filters"

  package let key: String
  /// By name.
  package internal(set) var filters: [String: String] = [:]

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { false }

  package static func keys(of event: Event) -> [String] { event.kind == FilterSaved.kind ? [key] : [] }

  package mutating func apply(_ event: Event) {
    guard let fact = event.fact(FilterSaved.self) else { return }
    filters[fact.name] = fact.filter.hasWords ? fact.filter : nil
  }
}
