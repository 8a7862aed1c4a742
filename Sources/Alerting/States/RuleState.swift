import Metrics
import PromQL

/// What a group remembers of one rule between evaluations.
struct RuleState: Sendable {
  let rule: Rule
  var query: Query
  /// By final labels.
  var active: [Labels: ActiveAlert] = [:]
  /// The series that the last good evaluation wrote.
  var written: Set<SeriesID> = []

  init(_ rule: Rule, options: EvaluationOptions) {
    self.rule = rule
    query = Query(rule.expr, options: options)
  }

  /// What makes a rule the same one after a reload, expression aside.
  var identity: [String] {
    [rule.isAlerting ? "alert" : "record", rule.name] + rule.labels.flatMap { [$0.name, $0.text] }
  }
}

/// Why a rule's evaluation failed: a whole sentence.
struct RuleFailure: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
