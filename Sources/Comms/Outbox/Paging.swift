import Incidents
import Values

/// What has been told, without a hand, of one alert: its events are the deliveries that were queued about it.
package struct Paging: Fold {
  package static let name = "paging"
  package static let version = 1

  /// The last that one destination was told.
  package struct Told: Codable, Equatable, Sendable {
    package let occasion: DeliveryMessage.Occasion
    package let activeAt: Instant
  }

  /// ``AlertIdentity/key``.
  package let key: String
  package private(set) var alert: AlertIdentity?
  /// By ``DeliveryRecord/place``.
  package private(set) var told: [String: Told] = [:]

  package init(key: String) {
    self.key = key
  }

  /// Whether somebody was told that it fires and not yet that it ended.
  package var isOpen: Bool { told.values.contains { $0.occasion != .resolved } }

  package static func keys(of event: Event) -> [String] {
    guard event.kind == DeliveryQueued.kind, let alert = event.fact(DeliveryQueued.self)?.alert else {
      return []
    }
    return [alert.key]
  }

  package mutating func apply(_ event: Event) {
    guard let fact = event.fact(DeliveryQueued.self), let identity = fact.alert, let activeAt = fact.activeAt
    else { return }
    alert = identity
    told[Parcel.place(system: fact.system, to: fact.to)] = Told(occasion: fact.occasion, activeAt: activeAt)
  }
}
