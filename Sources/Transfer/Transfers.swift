internal import Synchronization
package import Wire

/// Performs HTTP requests, all on one thread of its own, over libcurl's multi interface.
///
/// Every request that was started completes exactly once: with a response, a failure, or, when it was
/// cancelled or the whole was stopped, with ``Failure/Kind/cancelled``.
package final class Transfers: Sendable {
  private let orders: Mailbox<Order>
  private let worker: Worker?
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private let isStopped = Mutex(false)

  /// - Parameters:
  ///   - userAgent: `midwatch/VERSION`.
  ///   - completion: runs on the transfer thread, so that bodies are parsed where they arrive; while it
  ///     runs, no other transfer moves.
  package init(
    limits: TransferLimits = TransferLimits(), userAgent: String = "midwatch",
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    let orders = Mailbox<Order>()
    self.orders = orders
    self.completion = completion
    worker = Worker(name: "transfer") {
      TransferLoop(orders: orders, limits: limits, userAgent: userAgent, completion: completion).run()
    }
  }

  deinit { stop() }

  /// Never blocks. An id that is still under way cancels that transfer first. After ``stop()`` it completes
  /// at once, on the caller's thread.
  package func start(_ request: Request, id: TransferID) { start([(request, id)]) }

  /// The same for several, for which the thread is woken once.
  package func start(_ requests: [(request: Request, id: TransferID)]) {
    // The lock is held while posting: nothing may be posted behind the order to stop.
    let accepted = isStopped.withLock { stopped in
      guard !stopped, worker != nil else { return false }
      orders.post(contentsOf: requests.map { .start($0.request, $0.id) })
      return true
    }
    guard !accepted else { return }
    for (_, id) in requests {
      completion(id, .failure(Failure(.cancelled, reason: "transfers have been stopped")))
    }
  }

  /// Nothing happens when it is no longer under way.
  package func cancel(_ id: TransferID) {
    orders.post(.cancel(id))
  }

  /// From the next start on; what is under way goes on.
  package func limit(_ limits: TransferLimits) {
    orders.post(.limit(limits))
  }

  /// Cancels what is under way and waits for the thread to end.
  package func stop() {
    isStopped.withLock { stopped in
      guard !stopped else { return }
      stopped = true
      orders.post(.stop)
    }
    worker?.join()
  }
}

/// What other threads ask of the transfer thread.
enum Order: Sendable {
  case start(Request, TransferID)
  case cancel(TransferID)
  case limit(TransferLimits)
  case stop
}
