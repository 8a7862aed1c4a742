import Metrics
import PromQL

/// What a group remembers of one rule between evaluations.
struct RuleState: Sendable {
  let rule: Rule
  let isAlerting: Bool
  /// By final labels.
  var active: [Labels: ActiveAlert] = [:]
  /// The series that the last good evaluation wrote.
  var written: [SeriesID] = []
  /// Counts the evaluations of an alerting rule; an alert that was seen in the last one has its number.
  var round: UInt64 = 0
  var recording = RecordedSeries()
  var forms: AlertForms
  /// What a remote engine answered, while the group is evaluated with that.
  var given: RuleAnswer?

  init(_ rule: Rule) {
    self.rule = rule
    isAlerting = rule.isAlerting
    forms = AlertForms(rule)
  }

  /// What makes a rule the same one after a reload, expression aside.
  var identity: [String] {
    [isAlerting ? "alert" : "record", rule.name] + rule.labels.flatMap { [$0.name, $0.text] }
  }
}

/// Why a rule's evaluation failed: a whole sentence.
struct RuleFailure: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
