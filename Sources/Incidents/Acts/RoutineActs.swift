import Values

/// Says that a routine was done without a run of its playbook: with a reason, or with a file that shows it.
package struct FinishRoutine: Act {
  package var system: String
  package var routine: String
  /// When it is due, or was.
  package var due: Instant?
  package var reason: String?
  package var evidence: RoutineDone.Evidence?
  /// The evidence's bytes, kept in the journal.
  package var bytes: [UInt8]?

  package init(
    system: String, routine: String, due: Instant?, reason: String? = nil,
    evidence: RoutineDone.Evidence? = nil, bytes: [UInt8]? = nil
  ) {
    self.system = system
    self.routine = routine
    self.due = due
    self.reason = reason
    self.evidence = evidence
    self.bytes = bytes
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let words = reason?.contains { !$0.isWhitespace } ?? false
    guard words || evidence != nil else {
      throw Refusal("Say how \(routine) was done, or give the file that shows it.")
    }
    if let last = try record.entity(RoutineBook.self, system)?.done[routine], let due, last.counted >= due {
      throw Refusal("\(routine) was done by \(last.by) at \(last.at.dateClockUTC).")
    }
    let fact = RoutineDone(
      system: system, routine: routine, due: due, evidence: evidence, reason: words ? reason : nil)
    return Decision(append: [Entry(fact, at: now)], blobs: bytes.map { [$0] } ?? [])
  }
}

/// Says that something happened after which routines of a system are due.
package struct TellOccasion: Act {
  package var system: String
  package var occasion: Occasion
  package var note: String?

  package init(system: String, occasion: Occasion, note: String? = nil) {
    self.system = system
    self.occasion = occasion
    self.note = note
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard !occasion.isRecorded else {
      throw Refusal("The journal knows of each \(occasion.rawValue) by itself.")
    }
    return Decision(append: [
      Entry(OccasionTold(system: system, occasion: occasion, note: note), at: now)
    ])
  }
}
