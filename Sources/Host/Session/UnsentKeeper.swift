import Journal
import Transfer
import Values

/// Keeps text that is being written in the journal's table outside the chain, one second after the last
/// key, so that a lost connection or a kill loses nothing that was typed.
///
/// What is written goes in on a thread of its own, in its order.
struct UnsentKeeper {
  private final class State {
    var waiting: [String: String] = [:]
    var due: Instant?
  }

  private enum Message: Sendable {
    case write(String, text: String, at: Instant)
    case stop
  }

  private let journal: Journal
  private let state = State()
  private let messages: Mailbox<Message>
  private let worker: Worker?

  private static let rest = Span.seconds(1)

  init(_ journal: Journal) {
    self.journal = journal
    let messages = Mailbox<Message>()
    self.messages = messages
    worker = Worker(name: "unsent") {
      while true {
        _ = messages.wait(timeout: nil)
        for message in messages.drain() {
          switch message {
          case .stop: return
          case .write(let key, let text, let due): Self.write(text, under: key, at: due, in: journal)
          }
        }
      }
    }
  }

  private static func write(_ text: String, under key: String, at due: Instant, in journal: Journal) {
    if text.isEmpty {
      try? journal.clearUnsent(key)
    } else {
      try? journal.saveUnsent(key, text: text, at: due)
    }
  }

  /// What earlier sessions left, by key.
  var kept: [(String, String)] {
    guard let all = try? journal.allUnsent() else { return [] }
    return all.map { ($0.key, $0.text) }
  }

  /// When ``flush(at:)`` has something to write.
  var deadline: Instant? { state.due }

  /// An empty text forgets what was kept.
  func keep(_ text: String, under key: String, at now: Instant) {
    state.waiting[key] = text
    state.due = now + Self.rest
  }

  /// Never blocks.
  func flush(at now: Instant) {
    guard let due = state.due, due <= now else { return }
    state.due = nil
    for (key, text) in state.waiting {
      if worker == nil {
        Self.write(text, under: key, at: due, in: journal)
      } else {
        messages.post(.write(key, text: text, at: due))
      }
    }
    state.waiting = [:]
  }

  /// Writes what waits, then ends the thread.
  func stop() {
    flush(at: Instant(milliseconds: .max))
    messages.post(.stop)
    worker?.join()
  }
}
