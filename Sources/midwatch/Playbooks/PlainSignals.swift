import Glibc
import Transfer

/// The signals of a run without a screen, as messages.
enum PlainSignals {
  enum Wish: Sendable {
    /// SIGINT: the command that runs is to end, not the run.
    case interrupt
    /// SIGTERM, or SIGHUP of a terminal that is gone.
    case end
  }

  private static let all = [SIGINT, SIGTERM, SIGHUP]

  /// From now on these signals end nothing by themselves; each is told to `tell`, on a thread of its own.
  ///
  /// Call it before any other thread is started: threads inherit what is blocked.
  static func hear(_ tell: @escaping @Sendable (Wish) -> Void) {
    var blocked = set
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    let worker = Worker(name: "signals") {
      var awaited = set
      pthread_sigmask(SIG_BLOCK, &awaited, nil)
      while true {
        var received: Int32 = 0
        guard sigwait(&awaited, &received) == 0 else { continue }
        tell(received == SIGINT ? .interrupt : .end)
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
