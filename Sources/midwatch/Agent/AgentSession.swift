import Foundation
import Host
import Incidents
import Journal
import Systems
import Transfer
import Values
import Watch

/// One agent from start to end: it polls, evaluates and records while it holds the engine lock, and waits for
/// its turn while another process does.
struct AgentSession {
  private enum Message: Sendable {
    case news(Succession.News)
    case signal(Int32)
  }

  let state: StateOptions
  let sources: [SystemSource]
  let output: AgentOutput

  /// How often the journal is looked at for new transitions.
  private static let looking = Span.seconds(1)

  /// Returns when `length` is over, or a signal asked for it.
  func run(for length: Span?) throws {
    let mailbox = Mailbox<Message>()
    EndingSignals.hear { mailbox.post(.signal($0)) }
    let journal = try state.open()
    if let notice = journal.notice { output.state("notice", notice, at: Clock.now()) }
    let scribe = Scribe(journal)
    let end = length.map { Clock.steady() + $0 }
    var seen = try journal.head().count
    var version: Int?
    let succession = Succession(
      journal: journal, scribe: scribe, sources: sources, version: Version.text, mayPoll: true,
      isScreen: false
    ) { mailbox.post(.news($0)) }
    defer {
      succession.stop()
      scribe.stop()
      // What was written on the way out belongs to what it did.
      seen = tell(after: seen, of: journal)
      output.state("stopped", "stopped", at: Clock.now())
    }
    var said: EngineStatus?
    while true {
      let left = end.map { $0 - Clock.steady() } ?? Self.looking
      guard left > .zero else { return }
      _ = mailbox.wait(timeout: min(Self.looking, left))
      for message in mailbox.drain() {
        switch message {
        case .signal: return
        case .news(.status(let status)): said = tell(status, after: said)
        case .news(.notice(let sentence)): output.state("notice", sentence, at: Clock.now())
        case .news(.snapshot), .news(.answer): break
        }
      }
      let now = try? journal.dataVersion()
      guard now == nil || now != version else { continue }
      version = now
      seen = tell(after: seen, of: journal)
    }
  }

  /// Prints the transitions after `seen`; where the journal ends now.
  private func tell(after seen: Int64, of journal: Journal) -> Int64 {
    var seen = seen
    for event in (try? journal.events(after: seen)) ?? [] {
      seen = event.seq
      switch output.format {
      case .table: if let line = TransitionLine.text(event) { output.line(line) }
      case .json: if let document = TransitionLine.Document(event) { output.print(document) }
      }
    }
    return seen
  }

  /// Says who polls, when that changed; the status that was said last.
  private func tell(_ status: EngineStatus, after said: EngineStatus?) -> EngineStatus {
    let now = Clock.now()
    if said?.role != status.role || said?.epoch != status.epoch || said?.pid != status.pid {
      let systems = "\(sources.count) \(sources.count == 1 ? "system" : "systems")"
      switch status.role {
      case .engine:
        output.state(
          "polling", "polling \(systems) as epoch \(status.epoch)", epoch: status.epoch, pid: status.pid,
          at: now)
      case .viewer:
        let holder = status.pid.map { "process \($0)" } ?? "another process"
        output.state(
          "waiting", "\(holder) holds the engine lock; waiting to take over", epoch: status.epoch,
          pid: status.pid, at: now)
      case .none: output.state("waiting", "nobody polls yet", at: now)
      }
    }
    if let trouble = status.trouble, trouble != said?.trouble { output.state("trouble", trouble, at: now) }
    if status.trouble == nil, said?.trouble != nil {
      output.state("notice", "the journal takes what is recorded again", at: now)
    }
    return status
  }
}
