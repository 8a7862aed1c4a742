/// As much of an HTTP/1 request as the simulator looks at.
struct HTTPRequest: Equatable {
  enum Reading: Equatable {
    case incomplete
    /// Not HTTP/1, or larger than ``HTTPRequest/limit``.
    case malformed
    /// The request and how many bytes it took, body included.
    case complete(HTTPRequest, bytes: Int)
  }

  let method: String
  /// Path and query.
  let target: String
  let keepsAlive: Bool

  /// Bytes of head and body that are read at most.
  static let limit = 1 << 20

  /// Reads the request at the beginning of `bytes` (RFC 9112; bodies by `content-length` only).
  static func read(_ bytes: [UInt8]) -> Reading {
    guard let end = headEnd(bytes) else { return bytes.count > limit ? .malformed : .incomplete }
    let head = String(decoding: bytes.prefix(end), as: UTF8.self)
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)[...]
    guard let first = lines.popFirst() else { return .malformed }
    let words = first.split(separator: " ")
    guard words.count == 3, let method = words.first, let version = words.last, version.hasPrefix("HTTP/1.")
    else { return .malformed }
    var length = 0
    var keepsAlive = version != "HTTP/1.0"
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { return .malformed }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }.lowercased()
      switch line[..<colon].lowercased() {
      case "content-length":
        guard let number = Int(value), (0...limit).contains(number) else { return .malformed }
        length = number
      case "transfer-encoding": return .malformed
      case "connection": keepsAlive = value == "keep-alive" || (keepsAlive && value != "close")
      default: break
      }
    }
    guard bytes.count >= end + length else { return .incomplete }
    let request = HTTPRequest(
      method: String(method), target: origin(words.dropFirst().first ?? "/"), keepsAlive: keepsAlive)
    return .complete(request, bytes: end + length)
  }

  /// A proxy's client names the whole URL; the simulator wants path and query.
  private static func origin(_ target: Substring) -> String {
    guard target.hasPrefix("http://") else { return String(target) }
    let path = target.dropFirst(7).drop { $0 != "/" }
    return path.isEmpty ? "/" : String(path)
  }

  /// The offset after the empty line.
  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    var matched = 0
    let mark: [UInt8] = [13, 10, 13, 10]
    for (offset, byte) in bytes.enumerated() {
      if byte == mark[matched] {
        matched += 1
        if matched == mark.count { return offset + 1 }
      } else {
        matched = byte == 13 ? 1 : 0
      }
    }
    return nil
  }
}
