import Values

/// A playbook's front matter; every key may be left out.
package struct PlaybookSettings: Equatable, Sendable {
  package var title: String?
  /// `p` on one of these opens the playbook.
  package var alerts: [String] = []
  package var services: [String] = []
  /// Who is needed for it, among the system's roles.
  package var roles: [Named] = []
  /// Whom to call when it does not help, the earliest first; beside the system's own ladder.
  package var escalation: [Rung] = []
  /// How long a confirmation of the playbook holds.
  package var review: Span?
  /// When it was confirmed last; midnight in UTC.
  package var reviewed: Instant?
  package var variables: [Variable] = []
  /// Shell variables that live for the run.
  package var keep: [String] = []
  /// Beginnings of commands that change what is hard to take back.
  package var destructive: [String] = []
  /// Of a command.
  package var timeout: Span?
  /// By the beginning of a step's text, or by its number.
  package var steps: [Rule] = []

  /// What one key under `steps` says.
  package struct Rule: Equatable, Sendable {
    package let key: String
    package let position: Position
    package let settings: StepSettings
  }

  /// Something that the system's folder has to have, and where it is named.
  package struct Named: Equatable, Sendable {
    package let name: String
    package let position: Position
  }

  package struct Rung: Equatable, Sendable {
    package let name: String
    /// From the run's start.
    package let after: Span
    /// A role under `contacts` in system.yaml.
    package let contact: Named?
    /// What to go on with, `full-rollback#step-one`.
    package let playbook: Named?
  }

  package init() {}
}
