import Values

/// A routine was done.
package struct RoutineDone: Fact {
  package static let kind = "routine.done"

  /// What shows that it was.
  package struct Evidence: Codable, Equatable, Sendable {
    /// The file's name as it was given.
    package let file: String
    /// Of its bytes, in lower-case hex, and how many: a blob of the journal. Nil: the file stays where it is.
    package let sha256: String?
    package let bytes: Int?

    package init(file: String, sha256: String? = nil, bytes: Int? = nil) {
      self.file = file
      self.sha256 = sha256
      self.bytes = bytes
    }
  }

  package let system: String
  /// Its title.
  package let routine: String
  /// When it was due; later than it was done when somebody was early. Nil: it was not due at any time.
  package let due: Instant?
  /// The run of its playbook.
  package let run: String?
  package let evidence: Evidence?
  /// Why it counts as done, by whoever says so without a run.
  package let reason: String?

  package init(
    system: String, routine: String, due: Instant?, run: String? = nil, evidence: Evidence? = nil,
    reason: String? = nil
  ) {
    self.system = system
    self.routine = routine
    self.due = due
    self.run = run
    self.evidence = evidence
    self.reason = reason
  }
}

/// Something happened after which routines are due, and which the journal would not know of itself.
package struct OccasionTold: Fact {
  package static let kind = "occasion.told"
  package let system: String
  package let occasion: Occasion
  /// `v4.2.0`.
  package let note: String?

  package init(system: String, occasion: Occasion, note: String? = nil) {
    self.system = system
    self.occasion = occasion
    self.note = note
  }
}
