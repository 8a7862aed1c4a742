import Synchronization
import Systems
import Transfer
import Values

/// One reading of a trusted folder's secrets, on a thread of its own: a command that hangs holds up nothing
/// but what needs its secret.
final class SecretReading: Sendable {
  private final class Flag: Sendable {
    let isUp = Mutex(false)
  }

  private let cancelled = Flag()
  private let worker: Worker?

  /// `tell` runs on the reading's thread, once, unless it is cancelled.
  init(
    _ folder: SystemFolder, at path: String, tell: @escaping @Sendable (SecretReader.Found) -> Void
  ) {
    let cancelled = cancelled
    let secrets = folder.secrets
    worker = Worker(name: "secrets") {
      let reader = SecretReader(folder: path) { cancelled.isUp.withLock { $0 } }
      let found = reader.read(secrets)
      if !cancelled.isUp.withLock({ $0 }) { tell(found) }
    }
  }

  /// Ends a command that runs, and waits for the thread.
  func cancel() {
    cancelled.isUp.withLock { $0 = true }
    worker?.join()
  }
}
