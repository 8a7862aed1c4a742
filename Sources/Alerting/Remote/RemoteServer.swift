import Values
import Wire

/// Where a remote engine is and how it lets us in: every request to it is made from this one.
package struct RemoteServer: Hashable, Sendable {
  /// Of its API's root, without a slash at the end: `http://127.0.0.1:9090/prometheus`.
  package let address: String
  private let template: Request

  /// Bytes of an answer that are read; more is a failure with a sentence.
  package static let bodyLimit = 16 << 20

  /// - Parameter template: the address, with the authorization, TLS, timeout and headers that every request has.
  package init(_ template: Request) {
    var template = template
    while template.url.hasSuffix("/") { template.url.removeLast() }
    template.bodyLimit = min(template.bodyLimit, Self.bodyLimit)
    // A redirect could take a token, or a silence, elsewhere.
    template.redirects = 0
    address = template.url
    self.template = template
  }

  package var timeout: Span { template.timeout }

  /// - Parameter path: from the root on, escaped: `/api/v1/alerts`.
  func fetch(_ path: String) -> Request {
    var request = template
    request.url += path
    request.headers.append(Header("Accept", "application/json"))
    return request
  }

  /// A form in the body: an expression may be longer than an address.
  func post(_ path: String, form fields: [(String, String)]) -> Request {
    var request = fetch(path)
    request.method = "POST"
    request.headers.append(Header("Content-Type", "application/x-www-form-urlencoded"))
    let body = fields.map { "\(FormText.escaped($0.0))=\(FormText.escaped($0.1))" }.joined(separator: "&")
    request.body = Array(body.utf8)
    return request
  }

  func post(_ path: String, json: String) -> Request {
    var request = fetch(path)
    request.method = "POST"
    request.headers.append(Header("Content-Type", "application/json"))
    request.body = Array(json.utf8)
    return request
  }

  func delete(_ path: String) -> Request {
    var request = fetch(path)
    request.method = "DELETE"
    return request
  }
}

/// `application/x-www-form-urlencoded`, as HTML has it and Go reads it.
package enum FormText {
  package static func escaped(_ text: String) -> String {
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: " "): escaped += "+"
      default:
        escaped += byte < 16 ? "%0" : "%"
        escaped += String(byte, radix: 16, uppercase: true)
      }
    }
    return escaped
  }
}
