import Values

/// Which events to read; every condition that is set must hold. Ordered by occurred, then seq.
package struct EventQuery: Sendable, Equatable {
  package var origin: String?
  package var incident: String?
  package var ticket: String?
  /// `alert.fired` …; empty means any.
  package var kinds: Set<String> = []
  /// Systems that the body names; empty means any, and none.
  package var systems: Set<String> = []
  /// Occurred at or after.
  package var from: Instant?
  /// Occurred before.
  package var until: Instant?
  package var limit: Int?
  /// Whether `limit` keeps the newest; the order of the result stays oldest first.
  package var keepsNewest = true

  package init(
    incident: String? = nil, ticket: String? = nil, kinds: Set<String> = [], systems: Set<String> = [],
    from: Instant? = nil, until: Instant? = nil, limit: Int? = nil
  ) {
    self.incident = incident
    self.ticket = ticket
    self.kinds = kinds
    self.systems = systems
    self.from = from
    self.until = until
    self.limit = limit
  }
}
