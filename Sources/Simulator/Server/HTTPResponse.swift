/// An answer as bytes on the wire.
enum HTTPResponse {
  static func bytes(_ answer: SimulatedAnswer, to request: HTTPRequest) -> [UInt8] {
    var head = "HTTP/1.1 \(answer.status) \(reason(answer.status))\r\n"
    for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    let hasBody = answer.status >= 200 && answer.status != 204 && answer.status != 304
    if hasBody { head += "content-length: \(answer.body.count)\r\n" }
    head += "connection: \(request.keepsAlive ? "keep-alive" : "close")\r\n\r\n"
    return Array(head.utf8) + (hasBody && request.method != "HEAD" ? answer.body : [])
  }

  static let malformed = Array(
    "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".utf8)

  /// Neither HTTP nor UTF-8: the same 256 bytes each time.
  static let garbage: [UInt8] = [0xFF, 0xFE] + (0..<254).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 129) }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Simulated"
    }
  }
}
