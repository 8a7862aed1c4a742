import Glibc
import Incidents
import Playbooks
import Transfer
import Values
import Watch
import Wire

/// What the thread of the commands runs: starts them, takes what they write, repeats checks, ends what is to end.
final class CommandLoop {
  private let messages: Mailbox<CommandMessage>
  private let folder: OutputFolder
  private let grace: Span
  private let permission: CommandRunner.Permission
  private let tell: @Sendable (CommandNews) -> Void
  private let shell = CommandShell.ours
  private let processes: Processes
  private var executions: [String: CommandExecution] = [:]
  /// Ids of commands by their processes.
  private var owners: [TransferID: String] = [:]
  private var lastTransfer: UInt64 = 0
  private var orphans = OrphanEnding()
  private var isStopping = false

  /// Between two pieces of news of one command.
  private static let pace = Span.milliseconds(100)

  init(
    _ messages: Mailbox<CommandMessage>, folder: OutputFolder, grace: Span,
    permission: @escaping CommandRunner.Permission, tell: @escaping @Sendable (CommandNews) -> Void
  ) {
    self.messages = messages
    self.folder = folder
    self.grace = grace
    self.permission = permission
    self.tell = tell
    // Nobody waits for a place: a responder who runs something sees it start.
    processes = Processes(atOnce: 64) { messages.post(.ended($0, $1)) }
  }

  func run() {
    while true {
      for message in messages.drain() { receive(message, at: Clock.steady()) }
      let now = Clock.steady()
      repeatChecks(at: now)
      tellNews(at: now)
      orphans.advance(at: now)
      if isStopping, executions.isEmpty { break }
      let next = [nextTry, nextNews, orphans.nextDeadline].compactMap { $0 }.min()
      _ = messages.wait(timeout: next.map { max(.milliseconds(1), $0 - Clock.steady()) })
    }
    processes.stop()
  }

  private func receive(_ message: CommandMessage, at now: Uptime) {
    switch message {
    case .run(let order): begin(order, at: now)
    case .cancel(let id):
      if executions[id] != nil {
        end(id, as: .cancelled, at: now)
      } else {
        orphans.end(id, grace: grace, at: now)
      }
    case .closeBackground(let isOpen):
      let background = executions.values.filter { $0.order.mode == .background && $0.asked == nil }
      for execution in background where !isOpen(execution.order.run) {
        end(execution.order.id, as: .closed, at: now)
      }
    case .output(let transfer):
      guard let execution = execution(transfer) else { return }
      if execution.read(wall: Clock.now()) { processes.resume(transfer) }
    case .ended(let transfer, let result): ended(transfer, result, at: now)
    case .stop:
      isStopping = true
      for id in Array(executions.keys) { end(id, as: .closed, at: now) }
    }
  }

  private func execution(_ transfer: TransferID) -> CommandExecution? {
    owners[transfer].flatMap { executions[$0] }
  }

  private func begin(_ order: CommandOrder, at now: Uptime) {
    guard executions[order.id] == nil else { return }
    let execution = CommandExecution(order, folder: folder, wall: Clock.now(), uptime: now)
    executions[order.id] = execution
    if let refusal = permission(order) {
      return finish(
        execution, execution.endWithoutProcess(.unable, reason: refusal.sentence, at: now), at: now)
    }
    if execution.check == nil { start(execution) }
  }

  private func start(_ execution: CommandExecution) {
    lastTransfer += 1
    let id = TransferID(lastTransfer)
    owners[id] = execution.order.id
    let (request, buffer) = execution.begin(as: id, shell, grace: grace, wall: Clock.now())
    let messages = messages
    processes.start(request, id: id) { chunk in
      let (isFirst, wantsMore) = buffer.take(chunk)
      if isFirst { messages.post(.output(id)) }
      return wantsMore
    }
  }

  private func end(_ id: String, as cause: CommandFinished.Cause, at now: Uptime) {
    guard let execution = executions[id] else { return }
    execution.ask(cause)
    if let process = execution.process {
      processes.cancel(process.id)
    } else {
      _ = execution.advance(.abandoned, at: now)
      finish(execution, execution.endWithoutProcess(cause, at: now), at: now)
    }
  }

  private func ended(_ transfer: TransferID, _ result: Result<ProcessEnd, Failure>, at now: Uptime) {
    guard let execution = execution(transfer) else { return }
    owners[transfer] = nil
    let report = execution.end(result, wall: Clock.now(), at: now)
    guard execution.check != nil else { return finish(execution, report, at: now) }
    let isGivenUp = execution.asked != nil || report.cause == .unable
    let input = isGivenUp ? CheckLoop.Input.abandoned : .ended(passed: report.succeeded)
    if execution.advance(input, at: now) == .finish {
      finish(execution, report, at: now)
    }
  }

  private func finish(_ execution: CommandExecution, _ report: CommandReport, at now: Uptime) {
    executions[execution.order.id] = nil
    var news = execution.news(at: now)
    news.report = report
    tell(news)
  }

  private func repeatChecks(at now: Uptime) {
    for execution in executions.values where execution.advance(.tick, at: now) == .attempt {
      start(execution)
    }
  }

  private func tellNews(at now: Uptime) {
    for execution in executions.values where execution.hasNews {
      guard execution.toldAt.map({ $0 + Self.pace <= now }) ?? true else { continue }
      tell(execution.news(at: now))
    }
  }

  private var nextTry: Uptime? { executions.values.compactMap(\.nextTry).min() }

  private var nextNews: Uptime? {
    executions.values.filter(\.hasNews).map { $0.toldAt.map { $0 + Self.pace } ?? $0.began }.min()
  }
}
