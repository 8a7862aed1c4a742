import Alerting
import Journal
import Metrics
import Synchronization
import Transfer
import Values
import Watch

/// Loads and saves samples and timers on a thread of its own: the engine hands over a copy of its store, which costs
/// nothing, and goes on.
///
/// After the first minute's save what the start alone needed is given back, and after each what it took itself.
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
    case load(String, then: @Sendable (SavedSystem?) -> Void)
    case stop
  }

  private let orders = Mailbox<Order>()
  private let worker: Worker?

  init(_ store: SampleStore) {
    let orders = orders
    worker = Worker(name: "samples") {
      var samples = SavedSamples(store)
      var isStopping = false
      var isFirst = true
      while !isStopping {
        _ = orders.wait(timeout: nil)
        var newest: [String: Copy] = [:]
        for order in orders.drain() {
          switch order {
          case .save(let copy): newest[copy.system] = copy
          case .load(let system, let then): then(try? samples.load(system))
          case .stop: isStopping = true
          }
        }
        // Losing it costs history, nothing else; so a failure only means to try again in a minute.
        for copy in newest.values.sorted(by: { $0.system < $1.system }) {
          try? samples.save(copy.saved, of: copy.system, at: copy.at)
        }
        guard !newest.isEmpty else { continue }
        // The store was copied where it changed meanwhile, and what is sealed was made of larger pieces.
        SpareMemory.giveBackHeap()
        if isFirst { SpareMemory.giveBackCode() }
        isFirst = false
      }
    }
  }

  /// From any thread; never blocks.
  func save(_ copy: Copy) { orders.post(.save(copy)) }

  /// Loads what was saved of a system, and hands it over on the thread of this keeper; nil when it cannot be read.
  /// - Returns: false when there is no such thread, and nothing will come.
  func load(_ system: String, then: @escaping @Sendable (SavedSystem?) -> Void) -> Bool {
    guard worker != nil else { return false }
    orders.post(.load(system, then: then))
    return true
  }

  /// Saves what waits, then ends the thread.
  func stop() {
    orders.post(.stop)
    worker?.join()
  }
}
