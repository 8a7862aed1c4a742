import Values

/// A command that was asked for, whose start is in the journal.
package struct CommandOrder: Equatable, Sendable {
  /// ``CommandStarted/id``.
  package var id: String
  package var run: String
  package var mode: CommandStarted.Mode
  package var plan: CommandPlan

  package init(id: String, run: String, mode: CommandStarted.Mode, plan: CommandPlan) {
    self.id = id
    self.run = run
    self.mode = mode
    self.plan = plan
  }
}

/// What is told of a command under way, at most ten times a second.
package struct CommandNews: Equatable, Sendable {
  package var id: String
  package var output: CommandOutput
  /// When it wrote something last, or was started.
  package var heard: Instant
  /// How often a check was tried so far, and how the last try ended.
  package var tries = 1
  package var lastTry: String?
  /// How it ended; nil while it runs.
  package var report: CommandReport?

  package init(id: String, output: CommandOutput, heard: Instant) {
    self.id = id
    self.output = output
    self.heard = heard
  }
}

/// A process that a console left behind: it still runs, and nobody waits for it.
package struct Orphan: Equatable, Sendable {
  /// ``CommandStarted/id``, which stands in its environment.
  package var id: String
  package var pid: Int32

  package init(id: String, pid: Int32) {
    self.id = id
    self.pid = pid
  }
}
