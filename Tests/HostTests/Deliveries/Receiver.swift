import Foundation
import Synchronization
import Testing

/// An HTTP server on loopback that keeps what it was sent and answers as it is told.
final class Receiver: Sendable {
  enum Answer: Sendable {
    /// A status line's rest, more header lines each with its end, and a body.
    case say(String, headers: String, body: String)
    /// Closes without a word.
    case drop
    /// Says nothing until the server ends.
    case hang

    static func ok(_ body: String = "ok") -> Answer { .say("200 OK", headers: "", body: body) }
  }

  let port: UInt16
  private let listener: Int32
  private let kept = Mutex<[String]>([])
  private let ended = DispatchSemaphore(value: 0)

  /// - Parameter answer: to the request with that number, from 0; on a thread of that connection.
  init(_ answer: @escaping @Sendable (_ number: Int, _ request: String) -> Answer) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    listener = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(descriptor, raw, length) == 0 && listen(descriptor, 16) == 0
          && getsockname(descriptor, raw, &length) == 0
      }
    }
    try #require(bound)
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        Thread.detachNewThread { [self] in
          defer { close(client) }
          let request = Self.read(client)
          switch answer(keep(request), request) {
          case .drop: return
          case .hang:
            ended.wait()
            ended.signal()
          case .say(let status, let headers, let body):
            let text =
              "HTTP/1.1 \(status)\r\n\(headers)Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            let bytes = Array(text.utf8)
            _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
          }
        }
      }
    }
  }

  private func keep(_ request: String) -> Int {
    kept.withLock { kept in
      kept.append(request)
      return kept.count - 1
    }
  }

  /// Heads and bodies, in the order in which they came.
  var requests: [String] { kept.withLock { $0 } }

  func stop() {
    ended.signal()
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func read(_ client: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let head = text.range(of: "\r\n\r\n") {
        let length = text.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        if text[head.upperBound...].utf8.count >= length { return text }
      }
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { return text }
      bytes += buffer.prefix(count)
    }
  }
}
