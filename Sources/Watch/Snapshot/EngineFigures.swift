import Values

/// What the engine knows of its own work: how much there is of it, and whether it keeps up.
package struct EngineFigures: Codable, Equatable, Sendable {
  /// One system's share.
  package struct System: Codable, Equatable, Sendable {
    package var system: String
    package var endpoints: Int
    package var series: Int
    /// Samples taken up since the engine began.
    package var appended: UInt64
    /// Answers heard since the engine began.
    package var answers: Int
    package var groups: [GroupRow]
    /// Polls that were skipped because they were late by a whole interval.
    package var skipped: Int?
    /// How many endpoints are in each state, by its name.
    package var states: [String: Int]?
    /// How many alerts of our own rules are `firing` and `pending`.
    package var alerts: [String: Int]?

    package init(
      system: String, endpoints: Int, series: Int, appended: UInt64, answers: Int, groups: [GroupRow]
    ) {
      self.system = system
      self.endpoints = endpoints
      self.series = series
      self.appended = appended
      self.answers = answers
      self.groups = groups
    }
  }

  package var at: Instant
  package var systems: [System]
  /// Of the process: resident bytes, and seconds of processor since it began; nil where nobody filled them in.
  package var resident: Int?
  package var processor: Double?

  package init(at: Instant, systems: [System]) {
    self.at = at
    self.systems = systems
  }
}
