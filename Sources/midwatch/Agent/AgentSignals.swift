import Glibc
import Transfer

/// The signals of a service, as messages: nobody is interrupted in the middle of anything.
enum AgentSignals {
  enum Wish: Sendable {
    /// SIGTERM or SIGINT. A second one ends the process at once.
    case end
    /// SIGHUP.
    case reload
  }

  private static let all = [SIGINT, SIGTERM, SIGHUP]

  /// From now on the signals end nothing by themselves; each is told to `tell`, on a thread of its own.
  ///
  /// Call it before any other thread is started: threads inherit what is blocked.
  static func hear(_ tell: @escaping @Sendable (Wish) -> Void) {
    var blocked = set
    pthread_sigmask(SIG_BLOCK, &blocked, nil)
    // A reader that went away is no reason to stop watching.
    signal(SIGPIPE, SIG_IGN)
    let worker = Worker(name: "signals") {
      var awaited = set
      pthread_sigmask(SIG_BLOCK, &awaited, nil)
      var isEnding = false
      while true {
        var received: Int32 = 0
        guard sigwait(&awaited, &received) == 0 else { continue }
        if received == SIGHUP {
          tell(.reload)
        } else if isEnding {
          // The kernel frees the lock, and the journal is whole after every commit.
          _exit(128 + received)
        } else {
          isEnding = true
          tell(.end)
        }
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
