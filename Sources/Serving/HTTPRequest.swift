/// An HTTP/1 request as a server reads it (RFC 9112; bodies by `content-length` only).
package struct HTTPRequest: Equatable, Sendable {
  package enum Reading: Equatable, Sendable {
    case incomplete(Missing)
    case refused(HTTPRefusal)
    /// The request and how many bytes it took, body included.
    case complete(HTTPRequest, bytes: Int)
  }

  /// What of a request is not there yet.
  package enum Missing: Equatable, Sendable {
    case head
    case body
    /// The client waits for `100 Continue` with it.
    case bodyUntilToldToGoOn
  }

  /// What a request may hold at most, in bytes.
  package struct Limits: Equatable, Sendable {
    package var head: Int
    package var body: Int

    package init(head: Int, body: Int) {
      self.head = head
      self.body = body
    }
  }

  package struct Field: Equatable, Sendable {
    /// In lower case.
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package let method: String
  /// Path and query.
  package let target: String
  package let fields: [Field]
  package let body: [UInt8]
  package let keepsAlive: Bool

  package init(
    method: String, target: String, fields: [Field] = [], body: [UInt8] = [], keepsAlive: Bool = true
  ) {
    self.method = method
    self.target = target
    self.fields = fields
    self.body = body
    self.keepsAlive = keepsAlive
  }

  /// The first header of that name, which is in lower case.
  package func header(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Reads the request at the beginning of `bytes`. Linear in what is read.
  package static func read(_ bytes: [UInt8], limits: Limits) -> Reading {
    guard let end = headEnd(bytes, limit: limits.head) else {
      return bytes.count > limits.head ? .refused(.longHead) : .incomplete(.head)
    }
    do throws(HTTPRefusal) {
      let head = try HTTPHead(bytes.prefix(end))
      let length = try head.contentLength()
      guard length <= limits.body else { throw .longBody(limit: limits.body) }
      guard bytes.count - end >= length else {
        return .incomplete(head.awaitsContinue && bytes.count == end ? .bodyUntilToldToGoOn : .body)
      }
      let request = HTTPRequest(
        method: head.method, target: head.target, fields: head.fields,
        body: Array(bytes[end..<(end + length)]), keepsAlive: head.keepsAlive)
      return .complete(request, bytes: end + length)
    } catch {
      return .refused(error)
    }
  }

  /// The offset after the empty line.
  private static func headEnd(_ bytes: [UInt8], limit: Int) -> Int? {
    var place = 3
    while place < bytes.count, place < limit {
      // Only a line feed can end it; the rest is skipped.
      if bytes[place] == 10, bytes[place - 1] == 13, bytes[place - 2] == 10, bytes[place - 3] == 13 {
        return place + 1
      }
      place += 1
    }
    return nil
  }
}

/// Why a request is not answered: a status of HTTP and a sentence.
package struct HTTPRefusal: Error, Equatable, Sendable {
  package let status: Int
  package let sentence: String

  package init(_ status: Int, _ sentence: String) {
    self.status = status
    self.sentence = sentence
  }

  static let malformed = HTTPRefusal(400, "This is no HTTP/1 request.")
  static let longHead = HTTPRefusal(431, "The head of the request is too long.")

  static func longBody(limit: Int) -> HTTPRefusal {
    HTTPRefusal(413, "The body is longer than \(limit) bytes; send less.")
  }
}
