import Journal
import Values

/// Keeps text that is being written in the journal's table outside the chain, one second after the last
/// key, so that a lost connection or a kill loses nothing that was typed.
struct UnsentKeeper {
  private final class State {
    var waiting: [String: String] = [:]
    var due: Instant?
  }

  private let journal: Journal
  private let state = State()

  private static let rest = Span.seconds(1)

  init(_ journal: Journal) {
    self.journal = journal
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

  func flush(at now: Instant) {
    guard let due = state.due, due <= now else { return }
    state.due = nil
    for (key, text) in state.waiting {
      if text.isEmpty {
        try? journal.clearUnsent(key)
      } else {
        try? journal.saveUnsent(key, text: text, at: due)
      }
    }
    state.waiting = [:]
  }
}
