/// Exactly what goes to a destination, without its address and its secrets: these are added when it goes,
/// and stand in no journal. What is shown before sending is this.
package struct DeliveryPayload: Codable, Equatable, Sendable {
  package enum Way: String, Codable, Sendable {
    /// A request to the destination's address, `path` behind it.
    case http
    /// `body` is the whole message, headers and all; the envelope is the destination's.
    case mail
    /// Adds `body` to the end of the file that is the destination.
    case append
    /// Makes or replaces the file `path` in the folder that is the destination.
    case write
    /// Starts the destination's words with `body` as standard input.
    case run
    /// Puts `body` into the clipboard.
    case copy
  }

  package var way: Way
  /// Of a request.
  package var method = "POST"
  /// Behind the destination's address, or a file's name; no secret stands in it.
  package var path = ""
  /// Of a request; of a program, what its environment gets.
  package var headers: [Header] = []
  /// What the destination is to call this: the `Message-ID` of a mail.
  package var id: String?
  /// Of a mail, in plain words.
  package var subject = ""
  /// Of a mail: who gets it, where that is not whom the folder names.
  package var recipients: [String]?
  package var body: String
  /// What goes in place of this once the destination has said what it calls the incident.
  package var later: Later?

  /// The same with a mark where that name goes.
  package struct Later: Codable, Equatable, Sendable {
    package let mark: String
    package let method: String
    package let path: String
    package let body: String
  }

  package struct Header: Codable, Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(_ way: Way, body: String) {
    self.way = way
    self.body = body
  }

  /// A request with a JSON body.
  static func json(_ body: String, method: String = "POST", path: String = "") -> DeliveryPayload {
    var payload = DeliveryPayload(.http, body: body)
    payload.method = method
    payload.path = path
    payload.headers = [Header("Content-Type", "application/json")]
    return payload
  }
}
