import Alerting
import Journal
import Metrics
import Synchronization
import Transfer
import Values
import Watch

/// Saves samples and timers on a thread of its own: the engine hands over a copy of its store, which costs nothing,
/// and goes on.
///
/// While one save runs, newer ones of the same system replace each other: a slow disk makes history coarser and
/// delays nobody.
final class SampleKeeper: Sendable {
  /// One system as it was at an instant.
  struct Copy: Sendable {
    let system: String
    let saved: SavedSystem
    let at: Instant
  }

  private enum Order: Sendable {
    case save(Copy)
    case adopt(Copy)
    case stop
  }

  private let orders = Mailbox<Order>()
  private let worker: Worker?

  init(_ store: SampleStore) {
    let orders = orders
    worker = Worker(name: "samples") {
      var writer = SavedSamples.Writer(store)
      var isStopping = false
      while !isStopping {
        _ = orders.wait(timeout: nil)
        var newest: [String: Copy] = [:]
        for order in orders.drain() {
          switch order {
          case .save(let copy): newest[copy.system] = copy
          case .adopt(let copy): writer.adopt(copy.saved.store, of: copy.system, at: copy.at)
          case .stop: isStopping = true
          }
        }
        // Losing it costs history, nothing else; so a failure only means to try again in a minute.
        for copy in newest.values.sorted(by: { $0.system < $1.system }) {
          try? writer.save(copy.saved, of: copy.system, at: copy.at)
        }
      }
    }
  }

  /// From any thread; never blocks.
  func save(_ copy: Copy) { orders.post(.save(copy)) }

  /// What was loaded at the start, so that it is not written again.
  func adopt(_ copy: Copy) { orders.post(.adopt(copy)) }

  /// Saves what waits, then ends the thread.
  func stop() {
    orders.post(.stop)
    worker?.join()
  }
}
