import Values

/// A window of maintenance as boards list it: the time that it takes place now, or takes place next.
package struct MaintenanceRow: Codable, Equatable, Sendable {
  package var title: String
  package var start: Instant
  package var until: Instant
  /// Whether it takes place now.
  package var isHeld: Bool
  /// Empty, and no matchers either: the whole system.
  package var endpoints: [String]
  package var matchers: [String]
  /// Pending and firing alerts that it keeps from being heard.
  package var muted: Int

  package init(
    title: String, start: Instant, until: Instant, isHeld: Bool, endpoints: [String] = [],
    matchers: [String] = [], muted: Int = 0
  ) {
    self.title = title
    self.start = start
    self.until = until
    self.isHeld = isHeld
    self.endpoints = endpoints
    self.matchers = matchers
    self.muted = muted
  }

  package var isWholeSystem: Bool { endpoints.isEmpty && matchers.isEmpty }
}
