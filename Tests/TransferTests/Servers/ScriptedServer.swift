import Glibc
import Synchronization
import Transfer

/// A TCP server on a free loopback port that does with each connection what its script says, and then closes it.
final class ScriptedServer: Sendable {
  let port: Int
  private let listener: Int32
  private let workers = Mutex<[Worker]>([])
  private let clients = Mutex<Set<Int32>>([])

  struct Unavailable: Error {}

  /// One connection.
  struct Peer: Sendable {
    let descriptor: Int32

    func say(_ text: String) { say(Array(text.utf8)) }

    func say(_ bytes: [UInt8]) {
      _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// What comes next; empty at the end.
    func hear() -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &bytes, bytes.count, 0)
      return Array(bytes.prefix(max(0, count)))
    }

    /// Until the client, or the server, ends it.
    func hearAll() { while !hear().isEmpty {} }

    /// Carries bytes both ways between the client and another port, until one of them ends.
    func join(port: Int) {
      let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(other) }
      var address = loopbackAddress(port: UInt16(port))
      let isThere = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      guard isThere else { return }
      let far = Peer(descriptor: other)
      while true {
        var watched = [descriptor, other].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&watched, 2, -1) > 0 else { return }
        for (from, to, end) in [(self, far, watched[0]), (far, self, watched[1])] where end.revents != 0 {
          let bytes = from.hear()
          guard !bytes.isEmpty else { return }
          to.say(bytes)
        }
      }
    }
  }

  init(_ script: @escaping @Sendable (Peer) -> Void) throws {
    let (listener, port) = try boundSocket(Int32(SOCK_STREAM.rawValue))
    guard listen(listener, 64) == 0 else { throw Unavailable() }
    self.listener = listener
    self.port = port
    let worker = Worker(name: "scripted") { [weak self] in
      while case let client = accept(listener, nil, nil), client >= 0 {
        self?.clients.withLock { _ = $0.insert(client) }
        let worker = Worker(name: "client") { [weak self] in
          script(Peer(descriptor: client))
          self?.clients.withLock { _ = $0.remove(client) }
          close(client)
        }
        if let worker { self?.workers.withLock { $0.append(worker) } }
      }
    }
    guard let worker else { throw Unavailable() }
    workers.withLock { $0.append(worker) }
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    clients.withLock { clients in for client in clients { shutdown(client, Int32(SHUT_RDWR)) } }
    for worker in workers.withLock({ $0 }) { worker.join() }
    close(listener)
  }
}

/// A name server on a free loopback port that answers each question with the bytes that its script makes of it.
final class DatagramServer: Sendable {
  let port: Int
  private let descriptor: Int32
  private let worker: Worker

  /// - Parameter port: 0: a free one.
  init(port: Int = 0, _ script: @escaping @Sendable ([UInt8]) -> [[UInt8]]) throws {
    let (descriptor, port) = try boundSocket(Int32(SOCK_DGRAM.rawValue), port: port)
    self.descriptor = descriptor
    self.port = port
    let worker = Worker(name: "datagrams") {
      while true {
        var bytes = [UInt8](repeating: 0, count: 4096)
        var from = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = withUnsafeMutablePointer(to: &from) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            recvfrom(descriptor, &bytes, bytes.count, 0, $0, &size)
          }
        }
        // An empty datagram is the order to stop.
        guard count > 0 else { return }
        for answer in script(Array(bytes.prefix(count))) {
          withUnsafePointer(to: &from) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
              _ = sendto(descriptor, answer, answer.count, 0, $0, size)
            }
          }
        }
      }
    }
    guard let worker else { throw ScriptedServer.Unavailable() }
    self.worker = worker
  }

  func stop() {
    var address = loopbackAddress(port: UInt16(port))
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(descriptor, nil, 0, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    worker.join()
    close(descriptor)
  }
}

private func boundSocket(_ type: Int32, port: Int = 0) throws -> (descriptor: Int32, port: Int) {
  let descriptor = socket(AF_INET, type, 0)
  var address = loopbackAddress(port: UInt16(clamping: port))
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
    }
  }
  guard descriptor >= 0, isBound else { throw ScriptedServer.Unavailable() }
  return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
}

private func loopbackAddress(port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}
