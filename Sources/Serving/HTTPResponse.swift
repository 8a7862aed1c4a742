/// An answer to an HTTP/1 request.
package struct HTTPResponse: Equatable, Sendable {
  package let status: Int
  /// Besides `content-length` and `connection`.
  package let fields: [HTTPRequest.Field]
  package let body: [UInt8]

  package init(_ status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields.map { HTTPRequest.Field(name: $0.name, value: $0.value) }
    self.body = body
  }

  /// A line of text.
  package init(_ status: Int, text: String) {
    self.init(
      status, fields: [("content-type", "text/plain; charset=utf-8")], body: Array((text + "\n").utf8))
  }

  package init(_ refusal: HTTPRefusal) {
    self.init(refusal.status, text: refusal.sentence)
  }

  /// On the wire.
  ///
  /// - Parameters:
  ///   - method: of the request: an answer to `HEAD` has no body.
  ///   - keepsAlive: whether another request may follow.
  package func bytes(method: String, keepsAlive: Bool) -> [UInt8] {
    var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for field in fields { head += "\(field.name): \(field.value)\r\n" }
    let hasBody = status >= 200 && status != 204 && status != 304
    if hasBody { head += "content-length: \(body.count)\r\n" }
    head += "connection: \(keepsAlive ? "keep-alive" : "close")\r\n\r\n"
    return Array(head.utf8) + (hasBody && method != "HEAD" ? body : [])
  }

  /// Tells a client to go on with its body.
  package static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Other"
    }
  }
}
