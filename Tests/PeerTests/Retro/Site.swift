import Foundation
import Synchronization
import Testing

/// A place that counts who comes, and closes the door at once.
final class Site: Sendable {
  let port: UInt16
  private let listener: Int32
  private let visits = Mutex(0)

  init() throws {
    (listener, port) = try Net.bound()
    listen(listener, 32)
    Thread.detachNewThread { [listener, self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { break }
        self.visits.withLock { $0 += 1 }
        close(client)
      }
    }
  }

  var count: Int { visits.withLock { $0 } }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
