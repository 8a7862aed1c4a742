import Foundation
import Synchronization
import Testing

/// A metrics page whose counter goes up by a known step each time it is read.
final class CountingServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let stopped = Mutex(false)

  /// - Parameters:
  ///   - port: nil takes a free one.
  ///   - bearers: whoever comes with none of these tokens is refused with 401; empty lets everybody in.
  init(step: Int, port wanted: UInt16? = nil, bearers: [String] = []) throws {
    port = try wanted ?? Server.freePort()
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
    try #require(bound == 0 && listen(descriptor, 16) == 0)
    Thread.detachNewThread {
      var count = 0
      while true {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let received = recv(client, &buffer, buffer.count, 0)
        let request = String(decoding: buffer.prefix(max(0, received)), as: UTF8.self)
        let isWelcome = bearers.isEmpty || bearers.contains { request.contains("Bearer \($0)\r\n") }
        let body = "# TYPE steps_total counter\nsteps_total \(count)\n"
        count += step
        let head =
          "HTTP/1.1 \(isWelcome ? "200 OK" : "401 Unauthorized")\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
        let bytes = Array((head + body).utf8)
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        close(client)
      }
    }
  }

  func stop() {
    let isFirst = stopped.withLock { stopped in
      defer { stopped = true }
      return !stopped
    }
    guard isFirst else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
