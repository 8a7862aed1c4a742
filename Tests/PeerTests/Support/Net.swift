import Foundation
import FoundationNetworking
import Testing

/// A client that is not ours, and free ports.
enum Net {
  struct Answer {
    let status: Int
    let body: String
  }

  static func get(_ url: String) -> Answer? { send("GET", url) }

  /// Nil when there is no answer within five seconds.
  static func send(_ method: String, _ url: String, json: String? = nil, text: String? = nil) -> Answer? {
    guard let url = URL(string: url) else { return nil }
    var request = URLRequest(url: url, timeoutInterval: 5)
    request.httpMethod = method
    if let json {
      request.httpBody = Data(json.utf8)
      request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    } else if let text {
      request.httpBody = Data(text.utf8)
    }
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var answer: Answer?
    let task = URLSession.shared.dataTask(with: request) { data, response, _ in
      if let status = (response as? HTTPURLResponse)?.statusCode {
        answer = Answer(status: status, body: String(decoding: data ?? Data(), as: UTF8.self))
      }
      done.signal()
    }
    task.resume()
    guard done.wait(timeout: .now() + 6) == .success else {
      task.cancel()
      return nil
    }
    return answer
  }

  /// A JSON answer as Foundation reads it.
  static func json(_ url: String) -> Any? {
    get(url).flatMap { try? JSONSerialization.jsonObject(with: Data($0.body.utf8)) }
  }

  /// A port that nobody listens on now.
  static func freePort() throws -> UInt16 {
    let (descriptor, port) = try bound()
    close(descriptor)
    return port
  }

  /// A socket on a port of 127.0.0.1; nil takes a free one.
  static func bound(to wanted: UInt16 = 0) throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(descriptor >= 0)
    var one: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = wanted.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
      }
    }
    try #require(isBound)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  static func takesConnections(at port: UInt16) -> Bool {
    guard let descriptor = try? connected(to: port) else { return false }
    close(descriptor)
    return true
  }

  struct NotConnected: Error {}

  /// A connection to a port of 127.0.0.1.
  static func connected(to port: UInt16) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw NotConnected() }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        connect(descriptor, raw, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if !isConnected {
      close(descriptor)
      throw NotConnected()
    }
    return descriptor
  }
}
