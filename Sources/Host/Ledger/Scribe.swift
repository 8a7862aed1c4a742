import Incidents
import Journal
import Transfer
import Values

/// Writes acts into the journal on a thread of its own, so that no screen and no poll waits for a disk.
///
/// Acts that wait together share a commit; people's come before the engine's.
package final class Scribe: Sendable {
  package typealias Done = @Sendable (Result<[Event], any Error>) -> Void

  private struct Order: Sendable {
    let acts: [WaitingAct]
    let done: @Sendable ([Result<[Event], any Error>]) -> Void
  }

  private enum Message: Sendable {
    case perform(Order)
    case stop
  }

  private let messages = Mailbox<Message>()
  private let worker: Worker?

  /// Events whose words are taken into the index at once while nobody waits, and how long it then waits itself.
  private static let olderEvents = 1000
  private static let breath = Span(milliseconds: 50)

  /// How often an act of unknown outcome is done again under its id before that is said.
  private static let tries = 3

  package init(_ journal: Journal) {
    let messages = messages
    worker = Worker(name: "journal") {
      var isStopping = false
      var isIndexing = !journal.isReadOnly
      while !isStopping {
        _ = messages.wait(timeout: isIndexing ? Self.breath : nil)
        var orders: [Order] = []
        for message in messages.drain() {
          switch message {
          case .perform(let order): orders.append(order)
          case .stop: isStopping = true
          }
        }
        guard !orders.isEmpty else {
          if isIndexing { isIndexing = (try? journal.indexOlderWords(Self.olderEvents)) ?? 0 > 0 }
          continue
        }
        var results = Self.write(orders.flatMap(\.acts), to: journal)[...]
        for order in orders {
          order.done(Array(results.prefix(order.acts.count)))
          results = results.dropFirst(order.acts.count)
        }
      }
    }
  }

  /// From any thread; never blocks. `done` runs on the scribe's thread, once.
  package func perform(
    _ act: any Act, by actor: Actor, at now: Instant, epoch: Int64? = nil, done: @escaping Done = { _ in }
  ) {
    perform([act], by: actor, at: now, epoch: epoch) { results in
      for result in results { done(result) }
    }
  }

  /// Several, in their order and in one commit; `done` has their results.
  package func perform(
    _ acts: [any Act], by actor: Actor, at now: Instant, epoch: Int64? = nil,
    done: @escaping @Sendable ([Result<[Event], any Error>]) -> Void
  ) {
    let waiting = acts.map { WaitingAct($0, by: actor, at: now, epoch: epoch) }
    messages.post(.perform(Order(acts: waiting, done: done)))
  }

  /// Writes what waits, then ends the thread.
  package func stop() {
    messages.post(.stop)
    worker?.join()
  }

  private static func write(_ acts: [WaitingAct], to journal: Journal) -> [Result<[Event], any Error>] {
    var results = journal.performBatch(acts)
    for _ in 1..<tries {
      let unknown = results.indices.filter { isUnknown(results[$0]) }
      guard !unknown.isEmpty else { break }
      // The ids are the same, so what did get in is not appended again.
      let again = journal.performBatch(unknown.map { acts[$0] })
      for (index, result) in zip(unknown, again) { results[index] = result }
    }
    return results
  }

  private static func isUnknown(_ result: Result<[Event], any Error>) -> Bool {
    guard case .failure(let error) = result, let error = error as? JournalError else { return false }
    return error.kind == .unknownOutcome
  }
}
