internal import Glibc
internal import Values
internal import Wire

/// What the thread of the processes runs: starts them, reads what they write, ends and reaps them, sleeps.
final class ProcessLoop {
  private struct Waiting {
    let request: ProcessRequest
    let id: TransferID
    let listener: Processes.Listener?
  }

  private let orders: Mailbox<ProcessOrder>
  private let atOnce: Int
  private let completion: @Sendable (TransferID, Result<ProcessEnd, Failure>) -> Void
  private var runs: [TransferID: ProcessRun] = [:]
  private var waiting: [Waiting] = []
  /// Given up, and to be reaped whenever they do end.
  private var abandoned: [pid_t] = []
  private var isStopping = false
  private var now = SuspendingClock.now

  /// How often an end is looked for where the kernel cannot tell of it.
  private static let tick: Int32 = 10

  init(
    orders: Mailbox<ProcessOrder>, atOnce: Int,
    completion: @escaping @Sendable (TransferID, Result<ProcessEnd, Failure>) -> Void
  ) {
    self.orders = orders
    self.atOnce = atOnce
    self.completion = completion
  }

  func run() {
    while true {
      for order in orders.drain() { receive(order) }
      now = SuspendingClock.now
      admit()
      // A place that became free is taken before we sleep.
      if serve() > 0, !waiting.isEmpty { continue }
      if isStopping, runs.isEmpty { return }
      sleep()
    }
  }

  private func receive(_ order: ProcessOrder) {
    now = SuspendingClock.now
    switch order {
    case .start(let request, let id, let listener):
      waiting.append(Waiting(request: request, id: id, listener: listener))
    case .resume(let id): runs[id]?.resume()
    case .cancel(let id): cancel(id)
    case .stop:
      isStopping = true
      for id in waiting.map(\.id) + Array(runs.keys) { cancel(id) }
    }
  }

  private func cancel(_ id: TransferID) {
    if let place = waiting.firstIndex(where: { $0.id == id }) {
      waiting.remove(at: place)
      completion(id, .failure(Failure(.cancelled, reason: "cancelled")))
    } else {
      runs[id]?.cancel(at: now)
    }
  }

  private func admit() {
    var counted = runs.values.count { !$0.isUnlimited }
    var held: [Waiting] = []
    for next in waiting {
      let isUnlimited = next.request.timeout == ProcessRequest.unlimited
      guard isUnlimited || counted < atOnce else {
        held.append(next)
        continue
      }
      do throws(Failure) {
        runs[next.id] = try ProcessRun(next.request, id: next.id, listener: next.listener, at: now)
        if !isUnlimited { counted += 1 }
      } catch {
        completion(next.id, .failure(error))
      }
    }
    waiting = held
  }

  /// Reads, ends what is due, and hands over what has ended. Returns how many did.
  private func serve() -> Int {
    let before = runs.count
    abandoned.removeAll { waitpid($0, nil, WNOHANG) != 0 }
    for id in Array(runs.keys) {
      guard var run = runs.removeValue(forKey: id) else { continue }
      run.read()
      if run.child.hasEnded {
        completion(id, run.finish(at: now))
        continue
      }
      if let deadline = run.deadline, deadline <= now, !run.advance(at: now) {
        abandoned.append(run.child.number)
        completion(id, run.giveUp(at: now))
        continue
      }
      runs[id] = run
    }
    return before - runs.count
  }

  private func sleep() {
    var watched = [pollfd(fd: orders.fileDescriptor, events: Int16(POLLIN), revents: 0)]
    var limit: Int32 = runs.isEmpty || orders.fileDescriptor >= 0 ? -1 : Self.tick
    for run in runs.values {
      if run.child.life < 0 { limit = limit < 0 ? Self.tick : min(limit, Self.tick) }
      let streams = run.isHeld ? [] : [run.child.output, run.child.errors]
      for descriptor in streams + [run.child.life] where descriptor >= 0 {
        watched.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
      if let deadline = run.deadline {
        let (seconds, attoseconds) = max(.zero, deadline - now).components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000).partialValue
        // Rounded up, so that the deadline is over when we wake.
        let rest = Int32(clamping: milliseconds + attoseconds / 1_000_000_000_000_000 + 1)
        limit = limit < 0 ? rest : min(limit, rest)
      }
    }
    guard orders.fileDescriptor >= 0 else {
      _ = orders.wait(timeout: .milliseconds(Int64(Self.tick)))
      return
    }
    poll(&watched, nfds_t(watched.count), limit)
  }
}
