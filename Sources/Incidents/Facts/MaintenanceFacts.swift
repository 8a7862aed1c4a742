import Values

/// A window of maintenance began.
package struct MaintenanceBegan: Fact {
  package static let kind = "maintenance.began"
  package let system: String
  /// The window's title.
  package let window: String
  package let start: Instant
  /// Over by itself then, whether the engine has said so or not.
  package let until: Instant
  /// Empty, and no matchers either: the whole system.
  package let endpoints: [String]
  /// Alertmanager matchers as text.
  package let matchers: [String]

  package init(
    system: String, window: String, start: Instant, until: Instant, endpoints: [String], matchers: [String]
  ) {
    self.system = system
    self.window = window
    self.start = start
    self.until = until
    self.endpoints = endpoints
    self.matchers = matchers
  }

  package var key: String { MaintenanceRecord.key(system: system, window: window, start: start) }
}

/// A window of maintenance is over, or was taken out of the folder.
package struct MaintenanceEnded: Fact {
  package static let kind = "maintenance.ended"
  package let system: String
  package let window: String
  package let start: Instant
  package let until: Instant

  package init(system: String, window: String, start: Instant, until: Instant) {
    self.system = system
    self.window = window
    self.start = start
    self.until = until
  }
}
