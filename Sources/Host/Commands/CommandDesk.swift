import Console
import Incidents
import Journal
import Playbooks
import Synchronization
import Transfer
import Values

/// What a console has for running commands: the runner, the last word on every order, and the newest news.
package struct CommandDesk: Sendable {
  package let runner: CommandRunner
  package let board: NewsBoard
  private let gate: CommandGate
  private let journal: Journal
  private let folder: OutputFolder

  /// - Parameter ring: told when there is news on the board that nobody has taken.
  package init(
    _ journal: Journal, sources: [SystemSource], mayExecute: Bool,
    ring: @escaping @Sendable () -> Void
  ) {
    let gate = CommandGate(journal, sources: sources, mayExecute: mayExecute)
    let board = NewsBoard(ring: ring)
    self.gate = gate
    self.board = board
    self.journal = journal
    let state = Places.parent(of: journal.path)
    folder = OutputFolder(state: state)
    runner = CommandRunner(state: state, permission: { gate.refusal(of: $0) }, tell: { board.put($0) })
  }

  /// Ends what runs in the background for runs that are over.
  package func closeBackground(after ledger: Ledger) {
    let open = Set(ledger.runs.filter(\.isOpen).map(\.key))
    let journal = journal
    // A ledger may be older than a run that has begun since.
    runner.closeBackground { run in
      open.contains(run) || (try? journal.entity(Run.self, key: run))?.isOpen ?? true
    }
  }

  /// Adds all that the command wrote, where a file has it, on a thread of its own: it may be long.
  func complete(_ act: AttachEvidence, done: @escaping @Sendable (AttachEvidence) -> Void) {
    let folder = folder
    let worker = Worker(name: "evidence file") {
      var act = act
      act.file = folder.whole(of: act.command)
      done(act)
    }
    if worker == nil { done(act) }
  }

  /// Blocks until it has ended; see ``TerminalHandOver/run(_:watching:meanwhile:)``.
  func runInTerminal(
    _ order: CommandOrder, watching descriptors: [Int32], meanwhile: () -> Bool
  ) -> CommandReport {
    TerminalHandOver(state: folder.state, gate: gate).run(order, watching: descriptors, meanwhile: meanwhile)
  }
}

/// The newest news of each command: however long nobody looks, it grows no further.
package final class NewsBoard: Sendable {
  private let news = Mutex<[String: CommandNews]>([:])
  private let ring: @Sendable () -> Void

  init(ring: @escaping @Sendable () -> Void) { self.ring = ring }

  func put(_ one: CommandNews) {
    let isFirst = news.withLock { news in
      defer { news[one.id] = one }
      return news.isEmpty
    }
    if isFirst { ring() }
  }

  func take() -> [CommandNews] {
    news.withLock { news in
      defer { news = [:] }
      return Array(news.values)
    }
  }
}
