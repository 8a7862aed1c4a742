internal import Synchronization
package import Wire

/// Performs conversations on TCP, questions to name servers and ICMP echoes, all on one thread of its own.
///
/// As with ``Transfers`` everything that was started completes exactly once: with a response, a failure, or,
/// when it was cancelled or the whole was stopped, with ``Failure/Kind/cancelled``.
package final class Sockets: Sendable {
  private struct State {
    var worker: Worker?
    var isStopped = false
    var limits: TransferLimits
  }

  private let orders = Mailbox<SocketOrder>()
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private let state: Mutex<State>

  /// The thread is there from the first start on.
  ///
  /// - Parameter completion: runs on the socket thread; while it runs, nothing else moves there.
  package init(
    limits: TransferLimits = TransferLimits(),
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    state = Mutex(State(limits: limits))
    self.completion = completion
  }

  deinit { stop() }

  /// Never blocks. An id that is still under way cancels that one first. After ``stop()`` it completes at once,
  /// on the caller's thread.
  package func start(_ plan: SocketPlan, id: TransferID) {
    // The lock is held while posting: nothing may be posted behind the order to stop.
    let accepted = state.withLock { state in
      guard !state.isStopped else { return false }
      if state.worker == nil {
        state.worker = Worker(name: "sockets") { [orders, limits = state.limits, completion] in
          SocketLoop(orders: orders, limits: limits, completion: completion).run()
        }
      }
      guard state.worker != nil else { return false }
      orders.post(.start(plan, id))
      return true
    }
    guard !accepted else { return }
    completion(id, .failure(Failure(.cancelled, reason: "transfers have been stopped")))
  }

  /// Nothing happens when it is no longer under way.
  package func cancel(_ id: TransferID) {
    orders.post(.cancel(id))
  }

  /// From the next start on; what is under way goes on.
  package func limit(_ limits: TransferLimits) {
    state.withLock { state in
      state.limits = limits
      // Without a thread there is nobody to read it, and the first start brings it along.
      if state.worker != nil { orders.post(.limit(limits)) }
    }
  }

  /// Cancels what is under way and waits for the thread to end.
  package func stop() {
    let worker = state.withLock { state in
      if !state.isStopped {
        state.isStopped = true
        orders.post(.stop)
      }
      return state.worker
    }
    worker?.join()
  }
}

/// What other threads ask of the socket thread.
enum SocketOrder: Sendable {
  case start(SocketPlan, TransferID)
  case cancel(TransferID)
  case limit(TransferLimits)
  case resolved(UInt64, Result<[SocketAddress], Lookup.Problem>)
  case stop
}
