import Foundation
import Synchronization
import Testing

/// A port of 127.0.0.1 behind which nobody answers as they should.
final class DeafServer: Sendable {
  enum Manner: Sendable {
    /// Takes what is sent and never says a word.
    case hangs
    /// Breaks the connection as soon as something was sent, or after a moment of silence.
    case resets
  }

  let port: UInt16
  private let listener: Int32
  private let connections = Mutex(0)

  init(_ manner: Manner) throws {
    port = try Server.freePort()
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    listener = descriptor
    var one: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(bound == 0 && listen(descriptor, 64) == 0)
    Thread.detachNewThread { [self] in
      // Until the listener is shut down.
      while true {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        connections.withLock { $0 += 1 }
        // A descriptor that nobody closes hangs; it goes when the process does.
        if manner == .resets { Thread.detachNewThread { Self.reset(client) } }
      }
    }
  }

  /// Without lingering, a close is a reset.
  private static func reset(_ client: Int32) {
    var patience = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var buffer = [UInt8](repeating: 0, count: 4096)
    _ = recv(client, &buffer, buffer.count, 0)
    var abrupt = linger(l_onoff: 1, l_linger: 0)
    setsockopt(client, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
    close(client)
  }

  /// How many came.
  var count: Int { connections.withLock { $0 } }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
