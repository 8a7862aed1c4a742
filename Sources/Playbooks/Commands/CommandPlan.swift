import Values

/// All that is known of a command before it runs: what is shown of it is what runs, byte for byte.
package struct CommandPlan: Equatable, Sendable {
  /// The number of its step, and which of that step's commands it is, from 0.
  package let step: String
  package let index: Int
  /// The comment above it; nil when there is none.
  package let title: String?
  package let text: ResolvedText
  /// Where it runs; absolute.
  package let directory: String
  /// What it finds in its environment besides ours: the run's values and what was kept of earlier commands.
  package let environment: [String: Secret]
  /// The environment or system that it works on; its name is typed before anything destructive runs.
  package let target: String
  /// The pattern for which it counts as destructive; nil when it matches none.
  package let danger: String?
  /// Changes nothing, as the front matter says: may be repeated.
  package let isCheck: Bool
  /// Ends with the run.
  package let isBackground: Bool
  /// Between two tries of a check, and how long it is tried; nil: once.
  package let every: Span?
  package let repeatsFor: Span?
  package let timeout: Span
  /// For how long it may say nothing before that is pointed out.
  package let patience: Span
  /// What exit statuses other than 0 mean that are no failure.
  package let exits: [Int: String]
  /// Whether its output may be kept, or its digest alone.
  package let keepsOutput: Bool
  /// Shell variables whose values are kept for the run's later commands.
  package let keep: [String]
  /// What is masked wherever it comes back.
  package let secrets: [Secret]

  /// Whether its success is all that its step asks for: a check that is repeated waits for something, while what one
  /// that runs once has shown is for a person to read.
  package var settlesItsStep: Bool { isCheck && every != nil }

  package var environmentNames: [String] { environment.keys.sorted() }

  /// Without a timeout in the front matter.
  package static let defaultTimeout = Span.minutes(5)
  package static let defaultPatience = Span.seconds(30)

  /// Whether an exit status is a success, and what the front matter calls it.
  package func judge(_ status: Int) -> (succeeded: Bool, meaning: String?) {
    (status == 0 || exits[status] != nil, exits[status])
  }
}
