internal import CTransfer
internal import Glibc
internal import Synchronization

/// A thread of our own: blocking loops must not sit on the few threads of Swift's pool.
///
/// Signals go to the main thread: here all are blocked but those of a fault of the thread itself.
package final class Worker: Sendable {
  private let thread: Mutex<pthread_t?>

  /// - Parameter name: as `top -H` shows it; at most 15 bytes.
  /// - Returns: nil when the system has no thread left.
  package init?(name: String, body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(name: name, body: body))
    var started = pthread_t()
    var blocked = sigset_t()
    var before = sigset_t()
    sigfillset(&blocked)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&blocked, fault) }
    pthread_sigmask(SIG_SETMASK, &blocked, &before)
    let result = pthread_create(&started, nil, runWork, work.toOpaque())
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard result == 0 else {
      work.release()
      return nil
    }
    thread = Mutex(started)
  }

  /// Waits until the body has returned. Again, or from the thread itself, it returns at once.
  package func join() {
    let waited = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let waited else { return }
    if pthread_equal(waited, pthread_self()) != 0 {
      pthread_detach(waited)
    } else {
      pthread_join(waited, nil)
    }
  }

  deinit {
    if let left = thread.withLock({ $0 }) { pthread_detach(left) }
  }
}

private final class Work: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
  ctransfer_name_thread(work.name)
  work.body()
  return nil
}
