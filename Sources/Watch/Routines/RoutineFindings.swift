import Incidents
import Values

/// What is known of when the routines of a system were done.
package struct RoutineFindings: Equatable, Sendable {
  /// What the journal has.
  package struct Recorded: Equatable, Sendable {
    package var book: RoutineBook?
    /// When an incident of the system was resolved last.
    package var incidentResolved: Instant?

    package init(book: RoutineBook? = nil, incidentResolved: Instant? = nil) {
      self.book = book
      self.incidentResolved = incidentResolved
    }

    /// - Parameter incidents: those of all systems, open ones too.
    package init(book: RoutineBook?, of system: String, incidents: [Incident]) {
      self.book = book
      incidentResolved = incidents.filter { $0.systems.contains(system) }.compactMap(\.resolved).max()
    }
  }

  package var recorded = Recorded()
  /// By the routine's title; one that is not here was not looked for yet.
  package var evidence: [String: EvidenceFinding] = [:]

  package init(recorded: Recorded = Recorded(), evidence: [String: EvidenceFinding] = [:]) {
    self.recorded = recorded
    self.evidence = evidence
  }
}

/// What was found where a routine's evidence should be.
package struct EvidenceFinding: Codable, Equatable, Sendable {
  /// The newest file, relative to the system's folder; nil when the folder is there and no file in it fits.
  package var file: String?
  /// When it was written last.
  package var at: Instant?
  /// Why nobody can say, as a sentence: the folder is not there, or may not be read.
  package var unknown: String?

  package static let nothing = EvidenceFinding()

  package static func newest(_ file: String, at instant: Instant) -> EvidenceFinding {
    EvidenceFinding(file: file, at: instant)
  }

  package static func unknown(_ why: String) -> EvidenceFinding { EvidenceFinding(unknown: why) }
}
