import Incidents
import Values

/// Acts that were asked for and not yet answered, and what can be taken back.
struct ActsUnderWay: Sendable {
  /// One act that waits for its commit.
  struct Waiting: Sendable {
    /// Whose row says *saving*.
    let subject: String
    /// What the toast says once it is done.
    let done: String
    var undo: Undo?
    var next: Next
    let acknowledged: AlertIdentity?
  }

  /// How one's own last act is taken back: by another act.
  enum Undo: Equatable, Sendable {
    case acknowledgement(AlertIdentity)
    case note(incident: String?)
    case tick(run: String, step: String)
    /// The way that was taken first, then the others.
    case choice(run: String, steps: [String])
    /// Whose it was before.
    case assignment(ticket: String, to: String)
  }

  /// What the console does when the act is committed.
  enum Next: Equatable, Sendable {
    case nothing
    /// Shows the incident that was declared.
    case showIncident
    case show(incident: String)
    /// Takes up the run that was started, and does what was wanted of it.
    case run
    /// Starts the command whose start was written down.
    case commandStarted(String)
    case commandFinished(String)
    /// Takes up the draft that was saved.
    case draft
    /// The text was sent or discarded: nothing of it needs to be kept.
    case forget(draft: String)
    /// One of several tickets: its receipt.
    case receipt(ticket: String)
    /// What was written on tickets went out; the key of the text.
    case sent(String)
    case linked(incident: String, ticket: String)
    /// Shows the ticket that was opened.
    case showTicket
    /// Links the tickets that an incident was declared from.
    case link(tickets: [String])
    /// Offers replies to those who wait.
    case resolved(incident: String)
  }

  var waiting: [Int: Waiting] = [:]
  private(set) var last = 0
  /// What `z` takes back, with the event it made.
  var undoable: (undo: Undo, event: String?, words: String)?

  mutating func number() -> Int {
    last &+= 1
    return last
  }
}
