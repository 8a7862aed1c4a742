import Values

/// Hides alerts that match, for a time, with a reason.
package struct SetSilence: Act {
  package var system: String
  package var matchers: [String]
  package var end: Instant
  package var comment: String

  package init(system: String, matchers: [String], end: Instant, comment: String) {
    self.system = system
    self.matchers = matchers
    self.end = end
    self.comment = comment
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard comment.contains(where: { !$0.isWhitespace }) else {
      throw Refusal("A silence needs a comment: why?")
    }
    guard !matchers.isEmpty else { throw Refusal("A silence needs at least one matcher.") }
    guard end > now else { throw Refusal("\(end.dateClockUTC) is past; a silence ends later than now.") }
    let number = try record.next("SIL")
    let fact = SilenceSet(
      silence: "SIL-\(number)", system: system, matchers: matchers, start: now, end: end, comment: comment)
    return Decision(append: [Entry(fact, at: now)])
  }
}

/// Ends a silence before its time.
package struct EndSilence: Act {
  package var silence: String

  package init(_ silence: String) {
    self.silence = silence
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Silence.self, silence), let fact = state.fact else {
      throw Refusal("There is no silence \(silence).")
    }
    guard state.isActive(at: now) else { throw Refusal("\(silence) is over already.") }
    return Decision(append: [Entry(SilenceEnded(silence: silence, system: fact.system), at: now)])
  }
}
