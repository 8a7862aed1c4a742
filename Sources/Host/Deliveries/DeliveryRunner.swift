import Comms
import Incidents
import Journal
import Transfer
import Values

/// Takes what lies in the outbox to its destinations, for the one process that holds the engine lock.
///
/// Asleep until something is queued or due. Nothing waits for it: what a destination does to it holds up that
/// destination alone.
final class DeliveryRunner: Sendable {
  struct Parts: Sendable {
    var journal: Journal
    var scribe: Scribe
    var epoch: Int64
    var version: String
    var folders: DeliveryFolders
    var policy = RetryPolicy()
    /// How long what is under way may take when the engine ends.
    var grace = Span.seconds(2)
    /// Another engine took over; called on a thread of the runner's.
    var superseded: @Sendable (String) -> Void = { _ in }
  }

  enum Message: Sendable {
    case look
    /// A destination is free again; whether what went there went.
    case finished(place: String, isSent: Bool)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  init(_ parts: Parts) {
    let messages = messages
    worker = Worker(name: "outbox") { DeliveryLoop(parts, messages).run() }
  }

  deinit { stop() }

  /// Something may have been queued.
  func look() { messages.post(.look) }

  /// Waits a moment for what is under way, ends it, and has written down what came of it.
  func stop() {
    messages.post(.stop)
    worker?.join()
  }
}
