import Values

/// Alerts that match are not to be heard for a time.
package struct SilenceSet: Fact {
  package static let kind = "silence.set"
  package let silence: String
  package let system: String
  /// Alertmanager matchers as text: `alertname="QueueBacklog"`.
  package let matchers: [String]
  package let start: Instant
  package let end: Instant
  package let comment: String

  package init(
    silence: String, system: String, matchers: [String], start: Instant, end: Instant, comment: String
  ) {
    self.silence = silence
    self.system = system
    self.matchers = matchers
    self.start = start
    self.end = end
    self.comment = comment
  }
}

/// A silence ends at another time than it was to.
package struct SilenceExtended: Fact {
  package static let kind = "silence.extended"
  package let silence: String
  package let system: String
  package let from: Instant
  package let to: Instant
  package let reason: String
}

/// A silence is over.
package struct SilenceEnded: Fact {
  package static let kind = "silence.ended"
  package let silence: String
  package let system: String
  /// Why somebody ended it before its time.
  package let reason: String?
  /// Its time was over; nil or false when somebody ended it.
  package let expired: Bool?

  package init(silence: String, system: String, reason: String? = nil, expired: Bool? = nil) {
    self.silence = silence
    self.system = system
    self.reason = reason
    self.expired = expired
  }
}
