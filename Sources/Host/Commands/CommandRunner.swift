import Glibc
import Incidents
import Playbooks
import Synchronization
import Transfer
import Values
import Wire

/// Runs commands of playbooks whose start is in the journal, watched by a thread of its own.
///
/// Each has a session and a process group of its own, nothing to read and no terminal. Each is told of until its
/// report has come, exactly once; none outlives ``stop()``.
package final class CommandRunner: Sendable {
  /// Why an order must not be carried out, as a sentence; nil when it may. Asked on the runner's thread.
  package typealias Permission = @Sendable (CommandOrder) -> Refusal?

  private let messages = Mailbox<CommandMessage>()
  private let worker: Worker?
  private let isStopped = Mutex(false)
  private let tell: @Sendable (CommandNews) -> Void

  /// - Parameters:
  ///   - state: the state folder, for output that is too long for the journal.
  ///   - grace: between being asked to end and being killed.
  ///   - permission: the last word on each order.
  ///   - tell: how far a command has come, at most ten times a second, and at last its report; runs on the runner's
  ///     thread.
  package init(
    state: String, grace: Span = .seconds(5), permission: @escaping Permission,
    tell: @escaping @Sendable (CommandNews) -> Void
  ) {
    self.tell = tell
    let messages = messages
    worker = Worker(name: "commands") {
      CommandLoop(
        messages, folder: OutputFolder(state: state), grace: grace, permission: permission, tell: tell
      ).run()
    }
  }

  deinit { stop() }

  /// Never blocks.
  package func run(_ order: CommandOrder) {
    let accepted = isStopped.withLock { stopped in
      guard !stopped, worker != nil else { return false }
      messages.post(.run(order))
      return true
    }
    guard !accepted else { return }
    var news = CommandNews(id: order.id, output: CommandOutput(), heard: Clock.now())
    var report = CommandReport(id: order.id)
    report.cause = .unable
    report.reason = "Nothing is started any more: this console is ending."
    news.report = report
    tell(news)
  }

  /// Asks a command to end, one of ours or an orphan, and kills it after the grace.
  package func cancel(_ id: String) { messages.post(.cancel(id)) }

  /// Ends what runs in the background for runs that are over.
  ///
  /// - Parameter isOpen: whether that run goes on; asked on the runner's thread.
  package func closeBackground(unless isOpen: @escaping @Sendable (String) -> Bool) {
    messages.post(.closeBackground(isOpen))
  }

  /// Ends all that is left, waits for that, and has told of it when it returns.
  package func stop() {
    isStopped.withLock { stopped in
      guard !stopped else { return }
      stopped = true
      messages.post(.stop)
    }
    worker?.join()
  }
}

/// What the thread of the commands is told.
enum CommandMessage: Sendable {
  case run(CommandOrder)
  case cancel(String)
  case closeBackground(@Sendable (String) -> Bool)
  case output(TransferID)
  case ended(TransferID, Result<ProcessEnd, Failure>)
  case stop
}
