import Values

/// One time that a window of maintenance took place.
package struct MaintenanceRecord: Fold {
  package static let name = "maintenance"
  package static let version = 1

  package let key: String
  package private(set) var fact: MaintenanceBegan?
  package private(set) var endedAt: Instant?

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { fact != nil && endedAt == nil }

  /// Whether faults are expected at `now`.
  package func isActive(at now: Instant) -> Bool {
    guard let fact, isOpen else { return false }
    return fact.start <= now && now < fact.until
  }

  package static func key(system: String, window: String, start: Instant) -> String {
    "\(system)/\(window)@\(start.rfc3339)"
  }

  package static func keys(of event: Event) -> [String] {
    if let fact = event.fact(MaintenanceBegan.self) { return [fact.key] }
    return event.fact(MaintenanceEnded.self).map {
      [key(system: $0.system, window: $0.window, start: $0.start)]
    } ?? []
  }

  package mutating func apply(_ event: Event) {
    if let said = event.fact(MaintenanceBegan.self) {
      fact = said
      endedAt = nil
    } else if event.fact(MaintenanceEnded.self) != nil {
      endedAt = event.occurred
    }
  }
}
