import Glibc
import Transfer

/// The signals that ask a process to end, as messages: nobody is interrupted in the middle of anything.
enum EndingSignals {
  private static let all = [SIGINT, SIGTERM, SIGHUP]

  /// From now on the signals end nothing by themselves; each is told to `tell`, on a thread of its own.
  ///
  /// Call it before any other thread is started: threads inherit what is blocked.
  static func hear(_ tell: @escaping @Sendable (Int32) -> Void) {
    var blocked = set
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    // A reader that went away is no reason to stop watching.
    signal(SIGPIPE, SIG_IGN)
    let worker = Worker(name: "signals") {
      var awaited = set
      pthread_sigmask(SIG_BLOCK, &awaited, nil)
      while true {
        var received: Int32 = 0
        if sigwait(&awaited, &received) == 0 { tell(received) }
      }
    }
    // Nobody waits for that thread: it lives as long as the process does.
    _ = worker
  }

  private static var set: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in all { sigaddset(&signals, signal) }
    return signals
  }
}
