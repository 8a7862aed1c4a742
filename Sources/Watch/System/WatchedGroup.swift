import Alerting
import Values

/// A rule group and when it is evaluated.
struct WatchedGroup: Sendable {
  var group: RuleGroup
  var schedule: Schedule
  var failures: [RuleFailure] = []
  var lastEvaluation: Instant?

  init(_ group: RuleGroup, schedule: Schedule) {
    self.group = group
    self.schedule = schedule
  }
}
