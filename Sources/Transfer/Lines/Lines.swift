internal import Synchronization
internal import Values
package import Wire

/// Reads what logs have gained, on a thread of its own: a disk may make one wait.
///
/// Where it stands in each log it remembers by the name of who follows it, for as long as this lives. Every
/// question completes exactly once; one that came before another is answered before it.
package final class Lines: Sendable {
  private let orders: Mailbox<LineOrder>
  private let worker: Worker?
  private let processes: Processes
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private let isStopped = Mutex(false)

  /// - Parameters:
  ///   - fetch: sends a request for us; its outcome goes to ``receive(_:of:)``.
  ///   - completion: runs on the thread of the lines.
  package init(
    fetch: @escaping @Sendable (Request, TransferID) -> Void,
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    let orders = Mailbox<LineOrder>()
    self.orders = orders
    self.completion = completion
    let processes = Processes { id, end in orders.post(.ended(id, end)) }
    self.processes = processes
    worker = Worker(name: "lines") {
      LineLoop(orders: orders, processes: processes, fetch: fetch, completion: completion).run()
    }
  }

  deinit { stop() }

  /// Never blocks.
  ///
  /// - Parameter follower: who follows; of one that asks for another log, or otherwise, nothing is remembered.
  package func ask(_ request: LineRequest, of follower: String, id: TransferID) {
    let accepted = isStopped.withLock { stopped in
      guard !stopped, worker != nil else { return false }
      orders.post(.ask(request, follower, id))
      return true
    }
    guard !accepted else { return }
    completion(id, .failure(Failure(.cancelled, reason: "logs are no longer followed")))
  }

  /// The outcome of a request that was sent for us under that id.
  package func receive(_ outcome: Outcome, of id: TransferID) { orders.post(.fetched(id, outcome)) }

  /// Ends the commands, and waits for them and for the thread. What was asked completes as cancelled.
  package func stop() {
    isStopped.withLock { stopped in
      guard !stopped else { return }
      stopped = true
      orders.post(.stop)
    }
    worker?.join()
    processes.stop()
  }
}

/// What other threads ask of the thread of the lines.
enum LineOrder: Sendable {
  case ask(LineRequest, String, TransferID)
  case fetched(TransferID, Outcome)
  case ended(TransferID, Result<ProcessEnd, Failure>)
  case stop
}
