import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// A program that serves until the test is over; ended by its own process id.
final class Server {
  private let child: Child

  init(_ program: String, _ arguments: [String]) throws {
    child = try Child(program, arguments, environment: Sandbox.clean)
  }

  func stop() { child.end() }

  /// A port that nobody listens on now.
  static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer -> UInt16? in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        guard bind(descriptor, raw, length) == 0, getsockname(descriptor, raw, &length) == 0 else {
          return nil
        }
        return UInt16(
          bigEndian: UnsafeRawPointer(raw).assumingMemoryBound(to: sockaddr_in.self).pointee.sin_port)
      }
    }
    return try #require(port)
  }

  /// The body of a page, by a client that is not ours; nil while there is none.
  static func fetch(_ url: String) -> String? {
    URL(string: url).flatMap { try? String(contentsOf: $0, encoding: .utf8) }
  }
}
