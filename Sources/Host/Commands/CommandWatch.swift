import Console
import Glibc
import Incidents
import Journal
import Playbooks
import Transfer
import Values
import Watch

/// Notices commands that nobody waits for any more, on a thread of its own: writes down that their end is unknown, and
/// tells of processes that are left of them.
package final class CommandWatch: Sendable {
  private enum Message: Sendable {
    case runs([Run])
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  /// How often processes are looked at while any may end without a word.
  private static let pace = Span.seconds(1)

  /// - Parameters:
  ///   - lose: writes an act down; nil in a console that may not.
  ///   - tell: what is left of commands, whenever that is other than before; on the watch's thread.
  package init(
    own: ProcessMark = ProcessTable.ownMark(), lose: (@Sendable (LoseCommand) -> Void)?,
    tell: @escaping @Sendable ([Orphan]) -> Void
  ) {
    let messages = messages
    worker = Worker(name: "watch") {
      var state = State(own: own)
      while true {
        let wait = state.mustLook ? Self.pace : nil
        _ = messages.wait(timeout: wait)
        for message in messages.drain() {
          switch message {
          case .runs(let runs): state.take(runs)
          case .stop: return
          }
        }
        if let lose { for act in state.losses() { lose(act) } }
        if let orphans = state.news(at: Clock.steady()) { tell(orphans) }
      }
    }
  }

  /// What there is to write down of commands that have not ended and whose owner is gone.
  package static func losses(
    of runs: [Run], asSeenBy own: ProcessMark = ProcessTable.ownMark()
  ) -> [LoseCommand] {
    runs.flatMap { run in
      run.openExecutions.compactMap { execution in
        let owner = execution.started.owner
        guard ProcessTable.life(of: owner, asSeenBy: own) == .gone else { return nil }
        let why =
          owner.boot.split(separator: " ").first == own.boot.split(separator: " ").first
          ? "the console that had started it (process \(owner.pid) of \(owner.host)) ended without a word"
          : "\(owner.host) was started anew meanwhile"
        return LoseCommand(run: run.key, id: execution.id, reason: "Nobody knows how it ended: \(why).")
      }
    }
  }

  /// What the journal says now. From any thread; never blocks.
  package func look(_ ledger: Ledger) { messages.post(.runs(ledger.runs)) }

  package func stop() {
    messages.post(.stop)
    worker?.join()
  }

  private struct State {
    let own: ProcessMark
    private var runs: [Run] = []
    /// Commands that are given up since the journal was read.
    private var lost: Set<String> = []
    private var told: [Orphan] = []
    private var lookedAt: Uptime?
    private var isDue = false

    init(own: ProcessMark) { self.own = own }

    mutating func take(_ runs: [Run]) {
      self.runs = runs
      lost = []
    }

    private var executions: [(run: String, execution: Run.Execution)] {
      runs.flatMap { run in run.executions.map { (run.key, $0) } }
    }

    /// Somebody else's may lose their owner, and what is left of ours may end, without a commit.
    var mustLook: Bool {
      isDue || !told.isEmpty
        || executions.contains { $0.execution.isOpen && $0.execution.started.owner != own }
    }

    mutating func losses() -> [LoseCommand] {
      let acts = CommandWatch.losses(of: runs, asSeenBy: own).filter { !lost.contains($0.id) }
      lost.formUnion(acts.map(\.id))
      return acts
    }

    /// What is left, unless that was told already.
    mutating func news(at now: Uptime) -> [Orphan]? {
      let candidates = executions.filter { _, execution in
        guard execution.started.owner.host == own.host else { return false }
        switch execution.end {
        case .unknown: return true
        case .finished: return false
        case nil: return ProcessTable.life(of: execution.started.owner, asSeenBy: own) == .gone
        }
      }
      guard !candidates.isEmpty || !told.isEmpty else { return nil }
      // Every process of ours is looked at.
      isDue = lookedAt.map { now < $0 + CommandWatch.pace } ?? false
      guard !isDue else { return nil }
      lookedAt = now
      let orphans = ProcessTable.orphans(of: Set(candidates.map(\.execution.id)))
      guard orphans != told else { return nil }
      told = orphans
      return orphans
    }
  }
}
