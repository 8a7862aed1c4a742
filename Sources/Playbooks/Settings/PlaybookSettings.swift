import Values

/// A playbook's front matter; every key may be left out.
package struct PlaybookSettings: Equatable, Sendable {
  package var title: String?
  /// `p` on one of these opens the playbook.
  package var alerts: [String] = []
  package var services: [String] = []
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

  package init() {}
}
