import Playbooks
import Values

/// A command that this console started, from the wish to the word of its end in the journal.
struct CommandUnderWay: Sendable {
  enum Stage: Sendable {
    /// Its start is being written down; there is no process yet.
    case starting
    case running
    /// It was asked to end.
    case ending
    /// It has ended, and that is being written down.
    case finishing(CommandReport)
    /// The journal refused; it is asked again then.
    case unsaved(CommandReport, retry: Instant, attempts: Int)
    /// All is written down; what comes after it waits until that is read back.
    case written
  }

  let order: CommandOrder
  var stage = Stage.starting
  /// The step's commands that run next while all goes well, as they were shown.
  var rest: [CommandPlan] = []
  let started: Instant

  var step: String { order.plan.step }

  var isStarting: Bool { if case .starting = stage { true } else { false } }

  /// Whether there may be a process.
  var isRunning: Bool {
    switch stage {
    case .running, .ending: true
    default: false
    }
  }

  /// Whether its end is not in the journal yet although it has ended.
  var isUnsaved: Bool {
    switch stage {
    case .finishing, .unsaved: true
    default: false
    }
  }

  /// Whether somebody waits for it: it does not run on beside the work.
  var isForeground: Bool { order.mode != .background }
}
