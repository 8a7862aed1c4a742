/// Where an alert stands.
package enum AlertState: String, Codable, Sendable {
  case inactive
  /// Its condition holds, not yet for long enough.
  case pending
  case firing
}

/// Why an alert stopped.
package enum AlertEnd: String, Codable, Sendable {
  /// Its condition is false now.
  case recovered
  /// The series that it looked at ended: nobody knows.
  case noData = "no_data"
  /// Its rule is no longer in the rules.
  case ruleGone = "rule_gone"
  /// Its rule yields more alerts than its group's limit, so all of them were dropped.
  case limit
}
