import Playbooks
import PromQL
import Values

/// The steps of a system's runs that wait for something, and which of them were ticked.
struct StepWatch: Sendable {
  struct Entry: Sendable {
    let step: WaitingStep
    /// Of a step that waits for a query; nil for others, and for text that is none.
    var query: Query?
    /// Whether what it waits for has to be seen not to hold first.
    var waitsForEnd: Bool
    /// Whether it was ticked: the journal has yet to say so.
    var isTicked = false
    /// Whether its query is on its way to a remote engine.
    var isAsked = false

    /// Names its question there. No group of rules has such a name: theirs begin with a file's.
    var key: String { "\u{0}\(step.run) \(step.step) \(step.until.text)" }
  }

  var entries: [Entry] = []
  /// When they are looked at next; nil while there are none.
  private(set) var due: Uptime?

  /// More are not looked at: nobody waits for so many things at once.
  private static let limit = 200
  /// Samples that a query may hold.
  private static let sampleLimit = 1_000_000

  /// Steps that are as they were keep what is known of them.
  mutating func take(_ steps: [WaitingStep], at now: Moment) {
    let known = Dictionary(entries.map { ($0.step, $0) }) { first, _ in first }
    entries = steps.prefix(Self.limit).map { known[$0] ?? Self.entry($0) }
    if entries.isEmpty {
      due = nil
    } else if entries.contains(where: { known[$0.step] == nil }) {
      soon(at: now)
    }
  }

  /// Something changed that they may wait for.
  mutating func soon(at now: Moment) {
    if !entries.isEmpty { due = now.uptime }
  }

  /// Whoever was asked is gone, or is another.
  mutating func forgetQuestions() {
    for index in entries.indices { entries[index].isAsked = false }
  }

  /// Whether they are to be looked at now; if so the next time is set.
  mutating func takeTurn(at now: Moment, every: Span) -> Bool {
    guard let due, due <= now.uptime else { return false }
    self.due = now.uptime + max(every, .seconds(1))
    return true
  }

  private static func entry(_ step: WaitingStep) -> Entry {
    var options = EvaluationOptions()
    options.sampleLimit = sampleLimit
    var entry = Entry(step: step, waitsForEnd: step.isTakenBack)
    if case .query(let text) = step.until {
      entry.query = (try? PromQL.parse(text)).map { Query($0, options: options) }
    }
    return entry
  }
}
