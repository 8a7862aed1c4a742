internal import Synchronization
package import Wire

/// Runs programs, all watched by one thread of its own.
///
/// Each leads a session and a process group of its own, has nothing to read and inherits no descriptor. Every
/// one that was started completes exactly once: with its end, with why it could not be run, or, when it was
/// cancelled or the whole was stopped, with ``Failure/Kind/cancelled``. None outlives ``stop()``, and none is
/// left as a zombie.
package final class Processes: Sendable {
  /// What one of them writes, as it comes.
  package struct Chunk: Sendable {
    package let id: TransferID
    /// Standard error, rather than standard output.
    package let isError: Bool
    package let bytes: [UInt8]
  }

  /// Whether more is wanted now; after a no, ``resume(_:)`` asks for it.
  package typealias Listener = @Sendable (Chunk) -> Bool

  private let orders: Mailbox<ProcessOrder>
  private let worker: Worker?
  private let completion: @Sendable (TransferID, Result<ProcessEnd, Failure>) -> Void
  private let isStopped = Mutex(false)

  /// - Parameters:
  ///   - atOnce: how many run at once; others wait, and their timeouts have not begun. Those that run for an
  ///     unlimited time are not counted.
  ///   - completion: runs on the thread of the processes.
  package init(
    atOnce: Int = 16, completion: @escaping @Sendable (TransferID, Result<ProcessEnd, Failure>) -> Void
  ) {
    let orders = Mailbox<ProcessOrder>()
    self.orders = orders
    self.completion = completion
    worker = Worker(name: "processes") {
      ProcessLoop(orders: orders, atOnce: max(1, atOnce), completion: completion).run()
    }
  }

  deinit { stop() }

  /// Never blocks. Ids are kept distinct by whoever starts them.
  ///
  /// - Parameter listener: told on the thread of the processes of all output as it comes, that which exceeds
  ///   the limit of the request included.
  package func start(_ request: ProcessRequest, id: TransferID, listener: Listener? = nil) {
    let accepted = isStopped.withLock { stopped in
      guard !stopped, worker != nil else { return false }
      orders.post(.start(request, id, listener))
      return true
    }
    guard !accepted else { return }
    completion(id, .failure(Failure(.cancelled, reason: "processes have been stopped")))
  }

  /// Reads on, of one whose listener wanted no more.
  package func resume(_ id: TransferID) { orders.post(.resume(id)) }

  /// Ends it, as a timeout does. Nothing happens when it has ended.
  package func cancel(_ id: TransferID) { orders.post(.cancel(id)) }

  /// Ends what is under way and waits for that, and for the thread.
  package func stop() {
    isStopped.withLock { stopped in
      guard !stopped else { return }
      stopped = true
      orders.post(.stop)
    }
    worker?.join()
  }
}

/// What other threads ask of the thread of the processes.
enum ProcessOrder: Sendable {
  case start(ProcessRequest, TransferID, Processes.Listener?)
  case resume(TransferID)
  case cancel(TransferID)
  case stop
}
