import Foundation
import Synchronization
import Testing
import Values

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A clock that a test sets.
final class TestClock: Sendable {
  private let time = Mutex(Instant(milliseconds: 1_700_000_000_000))
  var now: Instant { time.withLock { $0 } }
  func advance(_ span: Span) { time.withLock { $0 = $0 + span } }
}

/// A raw TCP client on loopback; every wait ends after ten seconds.
final class Client {
  enum Received: Equatable { case bytes([UInt8]), ended, reset, nothing }

  let descriptor: Int32

  /// Nil when the connection is refused.
  init?(_ address: String?) {
    guard let address, let port = URL(string: address)?.port else { return nil }
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var to = sockaddr_in()
    to.sin_family = sa_family_t(AF_INET)
    to.sin_port = UInt16(port).bigEndian
    to.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let outcome = withUnsafePointer(to: &to) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard outcome == 0 else { return nil }
  }

  deinit { close(descriptor) }

  func ask(_ target: String, method: String = "GET") {
    let bytes = Array("\(method) \(target) HTTP/1.1\r\nHost: test\r\n\r\n".utf8)
    _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// The next bytes, at most `limit`; `waiting: false` says at once that there is nothing.
  func receive(_ limit: Int = 65_536, waiting: Bool = true) -> Received {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = recv(descriptor, &buffer, limit, waiting ? 0 : Int32(MSG_DONTWAIT))
    if count > 0 { return .bytes(Array(buffer.prefix(count))) }
    if count == 0 { return .ended }
    return errno == ECONNRESET ? .reset : .nothing
  }

  /// A whole response with `content-length`, head and body.
  func response() -> String {
    var text = ""
    while true {
      guard case .bytes(let bytes) = receive() else { return text }
      text += String(decoding: bytes, as: UTF8.self)
      let parts = text.components(separatedBy: "\r\n\r\n")
      guard let head = parts.first, parts.count > 1 else { continue }
      let lengthLine = head.components(separatedBy: "\r\n").first { $0.hasPrefix("content-length: ") }
      let length = lengthLine.flatMap { Int($0.dropFirst(16)) } ?? 0
      if parts.dropFirst().joined(separator: "\r\n\r\n").utf8.count >= length { return text }
    }
  }
}

/// Waits until `condition` holds, ten seconds at most.
func eventually(_ condition: () -> Bool) -> Bool {
  let end = Date().addingTimeInterval(10)
  while Date() < end {
    if condition() { return true }
    _ = poll(nil, 0, 5)
  }
  return false
}
