import Probes

/// Failures of an endpoint that wait for the answers of those that could explain them.
struct Withheld: Sendable {
  private(set) var observations: [Observation] = []
  /// They are judged then, whoever has answered.
  private(set) var until: Uptime?

  var isEmpty: Bool { observations.isEmpty }
  var count: Int { observations.count }
  /// What could explain them must have been asked after the first began.
  var first: Observation? { observations.first }

  mutating func add(_ observation: Observation, until: Uptime) {
    observations.append(observation)
    self.until = self.until ?? until
  }
}
