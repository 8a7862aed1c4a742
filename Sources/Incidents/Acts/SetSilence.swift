import Values

/// Hides alerts that match, for a time, with a reason.
package struct SetSilence: Act {
  package var system: String
  package var matchers: [String]
  /// Nil begins at once.
  package var start: Instant?
  package var end: Instant
  package var comment: String

  package init(system: String, matchers: [String], start: Instant? = nil, end: Instant, comment: String) {
    self.system = system
    self.matchers = matchers
    self.start = start
    self.end = end
    self.comment = comment
  }

  /// A longer one is a rule that nobody wants, and belongs in the folder.
  package static let longest = Span.days(366)

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard comment.contains(where: { !$0.isWhitespace }) else {
      throw Refusal("A silence needs a comment: why?")
    }
    guard !matchers.isEmpty else { throw Refusal("A silence needs at least one matcher.") }
    guard end > now else { throw Refusal("\(end.dateClockUTC) is past; a silence ends later than now.") }
    let start = max(start ?? now, now)
    guard end > start else { throw Refusal("A silence ends after it begins, at \(start.dateClockUTC).") }
    guard end - now <= Self.longest else {
      throw Refusal("\(end.dateClockUTC) is more than a year away; change the rule instead.")
    }
    let number = try record.next("SIL")
    let fact = SilenceSet(
      silence: "SIL-\(number)", system: system, matchers: matchers, start: start, end: end, comment: comment)
    return Decision(append: [Entry(fact, at: now)])
  }
}

/// Lets a silence end at another time than it was to, with a reason.
package struct ExtendSilence: Act {
  package var silence: String
  package var end: Instant
  package var reason: String

  package init(_ silence: String, until end: Instant, reason: String) {
    self.silence = silence
    self.end = end
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (state, fact) = try record.silence(silence, at: now)
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw Refusal("Say why \(silence) is to end at another time.")
    }
    guard let before = state.end, end != before else {
      throw Refusal("\(silence) ends at \(end.dateClockUTC) already.")
    }
    guard end > max(now, fact.start) else {
      throw Refusal("\(end.dateClockUTC) is past; end \(silence) instead.")
    }
    guard end - now <= SetSilence.longest else {
      throw Refusal("\(end.dateClockUTC) is more than a year away; change the rule instead.")
    }
    let moved = SilenceExtended(
      silence: silence, system: fact.system, from: before, to: end, reason: reason)
    return Decision(append: [Entry(moved, at: now)])
  }
}

/// Ends a silence before its time.
package struct EndSilence: Act {
  package var silence: String
  package var reason: String?

  package init(_ silence: String, reason: String? = nil) {
    self.silence = silence
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let (_, fact) = try record.silence(silence, at: now)
    return Decision(append: [
      Entry(SilenceEnded(silence: silence, system: fact.system, reason: reason), at: now)
    ])
  }
}

extension Record {
  /// A silence that is not over, or a refusal that says what there is.
  fileprivate func silence(_ key: String, at now: Instant) throws -> (Silence, SilenceSet) {
    guard let state = try entity(Silence.self, key), let fact = state.fact else {
      throw Refusal("There is no silence \(key); `midwatch silence list` shows them.")
    }
    guard state.state(at: now) != .expired else {
      throw Refusal("\(key) is over since \(state.end?.dateClockUTC ?? "a while"); set another one.")
    }
    return (state, fact)
  }
}
