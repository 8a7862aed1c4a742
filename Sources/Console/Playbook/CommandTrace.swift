import Incidents
import Playbooks
import Terminal
import Values

/// One execution of a step's command as it is shown, whoever started it.
struct CommandTrace: Sendable {
  let id: String
  let index: Int
  let command: String
  let by: String
  let at: Instant
  let mode: CommandStarted.Mode
  /// How it ended, as the journal has it.
  let end: Run.Execution.End?
  /// Set while this console has it in its hands, and for a while afterwards.
  var underWay: CommandUnderWay?
  var news: CommandNews?
  /// Alive although nobody waits for it.
  var orphan: Orphan?

  enum State: Equatable, Sendable {
    case starting, running, ending, saving
    case passed, failed, unknown
  }

  var state: State {
    switch underWay?.stage {
    case .starting: return .starting
    case .running: return .running
    case .ending: return .ending
    case .finishing, .unsaved: return .saving
    case .written, nil: break
    }
    switch end {
    case .finished(let fact, _): return fact.succeeded ? .passed : .failed
    case .unknown: return .unknown
    case nil: return .running
    }
  }

  var isOpen: Bool {
    switch state {
    case .starting, .running, .ending: true
    default: false
    }
  }

  /// Whether this console can end it.
  var isOurs: Bool { underWay?.isRunning == true }

  /// For how long it has said nothing, once that is longer than it should be.
  func silence(at now: Instant) -> Span? {
    guard let underWay, underWay.isRunning, underWay.order.mode != .terminal, underWay.isForeground else {
      return nil
    }
    let silent = now - (news?.heard ?? underWay.started)
    return silent > underWay.order.plan.patience ? silent : nil
  }

  /// How it ended, or how far it is: sign, words.
  func told(at now: Instant) -> Spans {
    switch state {
    case .starting: return [("saving its start…", .strong)]
    case .saving: return [("saving how it ended…", .strong)]
    case .ending: return [("\(Sign.command.glyph) ending", .due), (" \((now - at).whole)", .text)]
    case .running:
      if let silence = silence(at: now) {
        return [("\(Sign.warn.glyph) silent for \(silence.whole)", .due)]
      }
      let tries = news.map { $0.tries > 1 ? ", try \($0.tries)" : "" } ?? ""
      let last = news?.lastTry.map { ", last \($0)" } ?? ""
      let place = mode == .background ? " beside" : mode == .terminal ? " in the terminal" : ""
      return [
        ("\(Sign.command.glyph) running\(place)", .info), (" \((now - at).whole)\(tries)\(last)", .text),
      ]
    case .passed, .failed, .unknown: return ended
    }
  }

  private var ended: Spans {
    switch end {
    case .finished(let fact, _):
      let meaning = fact.meaning.map { ": \($0)" } ?? ""
      let tries = fact.tries.map { $0 > 1 ? " after \($0) tries" : "" } ?? ""
      let mark: (String, Style) =
        fact.succeeded
        ? ("\(Sign.done.glyph) \(fact.phrase)\(meaning)", .up)
        : ("\(Sign.failed.glyph) \(fact.phrase)\(meaning)", .down)
      return [mark, (tries, .text)]
    case .unknown: return [("\(Sign.stale.glyph) outcome unknown", .unknown)]
    case nil: return []
    }
  }
}
