import Foundation
import Synchronization

/// A server of one page that a test can change: metrics, nonsense, a status, or nothing at all.
final class Page: Sendable {
  struct Content: Sendable {
    var status = "200 OK"
    var type = "application/json"
    var headers = ""
    var body = ""
    /// It takes connections and says nothing.
    var isMute = false
  }

  let port: UInt16
  private let listener: Int32
  private let content: Mutex<Content>

  init(_ content: Content, port wanted: UInt16 = 0) throws {
    (listener, port) = try Net.bound(to: wanted)
    self.content = Mutex(content)
    listen(listener, 32)
    Thread.detachNewThread { [listener, self] in
      var mute: [Int32] = []
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { break }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        _ = recv(client, &buffer, buffer.count, 0)
        let now = self.content.withLock { $0 }
        if now.isMute {
          mute.append(client)
          continue
        }
        let head =
          "HTTP/1.1 \(now.status)\r\nContent-Type: \(now.type)\r\n\(now.headers)Connection: close\r\n"
          + "Content-Length: \(now.body.utf8.count)\r\n\r\n"
        let bytes = Array((head + now.body).utf8)
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        close(client)
      }
      for client in mute { close(client) }
    }
  }

  /// A page of metrics with one gauge.
  convenience init(queue depth: Int, port: UInt16 = 0) throws {
    try self.init(Self.metrics(depth), port: port)
  }

  func show(_ new: Content) { content.withLock { $0 = new } }

  func show(queue depth: Int) { show(Self.metrics(depth)) }

  private static func metrics(_ depth: Int) -> Content {
    Content(type: "text/plain; version=0.0.4", body: "# TYPE queue_depth gauge\nqueue_depth \(depth)\n")
  }

  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }
}
