import Incidents
import Values

/// What the engine publishes of one system: rows and sparklines, never series.
///
/// Viewers in other processes get the same values over the engine socket.
package struct SystemSnapshot: Codable, Equatable, Sendable {
  package var system: String
  package var title: String
  /// When the engine built it.
  package var at: Instant
  /// SHA-256 of the folder that the engine runs; a viewer whose own differs says so.
  package var digest: String
  package var endpoints: [EndpointRow]
  /// While nothing can be said of them; nil: as it should be.
  package var suspension: SuspensionRow?
  package var alerts: [AlertRow]
  /// Windows of maintenance that take place, then those that come.
  package var maintenance: [MaintenanceRow]
  /// In the order of the folder.
  package var objectives: [ObjectiveRow]
  /// In the order of the folder, reviews of its playbooks last.
  package var routines: [RoutineRow]
  /// Rules whose last evaluation failed, with the reason.
  package var failures: [RuleFailure]
  package var lastEvaluation: Instant?
  package var groups: [GroupRow]
  package var series: Int
  /// The servers beside us that evaluate, report or are told.
  package var remotes: [RemoteRow]
  /// What the folder wants that nobody has trusted yet; those parts do nothing.
  package var untrusted: [String]
  /// Problems found when the folder was last read; the running configuration is the one before.
  package var problems: [String]
  /// What is not as it should be in the folder that runs.
  package var warnings: [String]

  package init(system: String, title: String, at: Instant, digest: String = "") {
    self.system = system
    self.title = title
    self.at = at
    self.digest = digest
    endpoints = []
    alerts = []
    maintenance = []
    objectives = []
    routines = []
    failures = []
    groups = []
    series = 0
    remotes = []
    untrusted = []
    problems = []
    warnings = []
  }
}

/// A rule that could not be evaluated.
package struct RuleFailure: Codable, Equatable, Sendable {
  package var rule: String
  package var reason: String

  package init(rule: String, reason: String) {
    self.rule = rule
    self.reason = reason
  }
}
