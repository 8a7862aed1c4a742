import Glibc
import Synchronization
import Transfer

/// A server on a free loopback port that behaves as badly as the path of the request says.
final class HostileServer: Sendable {
  let port: Int
  /// Request heads, in the order in which they came.
  let heads = Mutex<[String]>([])
  private let listener: Int32
  private let workers = Mutex<[Worker]>([])

  struct Unavailable: Error {}

  init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let address = try loopback(port: 0)
    var bound = address
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &bound) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    guard listener >= 0, isBound else { throw Unavailable() }
    self.listener = listener
    port = Int(UInt16(bigEndian: bound.sin_port))
    guard let worker = Worker(name: "hostile", body: { [weak self] in self?.acceptAll(listener) }) else {
      throw Unavailable()
    }
    workers.withLock { $0.append(worker) }
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// Ends every connection and thread; the port refuses from then on.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    for worker in workers.withLock({ $0 }) { worker.join() }
    close(listener)
  }

  private func acceptAll(_ listener: Int32) {
    while case let client = accept(listener, nil, nil), client >= 0 {
      let worker = Worker(name: "client") { [weak self] in
        let connection = Connection(descriptor: client, server: listener)
        while let head = connection.readHead() {
          self?.heads.withLock { $0.append(head) }
          guard connection.answer(head, port: self?.port ?? 0) else { break }
        }
        close(client)
      }
      if let worker { workers.withLock { $0.append(worker) } }
    }
  }
}

/// A port on which nobody listens.
func unusedPort() throws -> Int {
  let server = try HostileServer()
  server.stop()
  return server.port
}

private func loopback(port: UInt16) throws -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}
