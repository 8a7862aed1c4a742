import Comms
import JSON
import Values
import Wire

/// Why something cannot be sent, though it is well written.
package struct DeliveryObstacle: Error, Equatable, Sendable, CustomStringConvertible {
  /// A whole sentence.
  package let sentence: String

  package var description: String { sentence }
}

extension Delivery {
  /// The request that a payload of the way `http` goes out as: its address and secrets are added here, and kept where
  /// nothing prints them.
  ///
  /// - Parameter secrets: the values that are known, by name.
  package func request(for payload: DeliveryPayload, with secrets: [String: Secret]) throws(DeliveryObstacle)
    -> Request
  {
    guard let kind = DeliveryKinds.known(kind) else {
      throw DeliveryObstacle(sentence: "There is no kind of delivery \"\(Inert.terminal(kind))\".")
    }
    var request = Request(url: "")
    request.method = payload.method
    request.headers = payload.headers.map { Wire.Header($0.name, $0.value) }
    request.body = Array(payload.body.utf8)
    request.timeout = timeout
    request.tls.ca = ca
    request.tls.verify = verifies
    // A redirect could take a token, or a text, elsewhere.
    request.redirects = 0
    // Enough for an id, or for what is wrong.
    request.bodyLimit = 256 << 10
    switch kind.place {
    case .address:
      let path = payload.path
      let base = try resolved(address, with: secrets).revealed()
      request.url = path.isEmpty ? address.description : Self.withoutSlash(address.description) + path
      if !address.names.isEmpty {
        request.confidential.url = Secret(path.isEmpty ? base : Self.withoutSlash(base) + path)
      }
    case .page(let root, let before):
      let page = try resolved(address, with: secrets)
      let start = Self.withoutSlash(url ?? root) + before
      request.url = start + address.description + payload.path
      if !address.names.isEmpty {
        request.confidential.url = Secret(start + page.percentEncoded() + payload.path)
      }
    case .key(let root, let member):
      request.url = url ?? root
      let key = try resolved(address, with: secrets)
      request.confidential.body = Secret(Self.body(payload.body, with: key, as: member))
      request.body = Array(Self.body(payload.body, with: Secret(Secret.mask), as: member).utf8)
    case .mailServer, .file, .folder, .words, .clipboard:
      throw DeliveryObstacle(sentence: "A delivery of the kind \(self.kind) is no request of HTTP.")
    }
    if let token {
      let value = try resolved(token, with: secrets)
      request.confidential.headers["Authorization"] = Secret("OAuth " + value.revealed())
    }
    if let bearer { request.authorization = .bearer(try resolved(bearer, with: secrets)) }
    for header in headers {
      let value = try resolved(header.value, with: secrets)
      if header.value.names.isEmpty {
        request.headers.append(Wire.Header(header.name, value.revealed()))
      } else {
        request.confidential.headers[header.name] = value
      }
    }
    request.confidential.values = try values(with: secrets)
    return request
  }

  /// A request that asks rather than tells; `path` stands behind the address.
  package func request(
    _ method: String, _ path: String, body: String?, with secrets: [String: Secret]
  ) throws(DeliveryObstacle) -> Request {
    let start = Self.withoutSlash(address.description)
    var payload = DeliveryPayload(.http, body: body ?? "")
    payload.method = method
    payload.path = path
    if path.hasPrefix("http://") || path.hasPrefix("https://") {
      let rest = path.dropFirst(start.count)
      guard path.hasPrefix(start), rest.first.map({ "/?".contains($0) }) ?? true, address.names.isEmpty else {
        throw DeliveryObstacle(sentence: "what comes next is said to be at another address")
      }
      payload.path = String(rest)
    } else if !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("?") {
      throw DeliveryObstacle(
        sentence: "what comes next is no address: \"\(Inert.terminal(String(path.prefix(80))))\"")
    }
    payload.headers = [.init("Accept", "application/json")]
    if body != nil { payload.headers.append(.init("Content-Type", "application/json")) }
    var request = try request(for: payload, with: secrets)
    if body == nil { request.body = nil }
    return request
  }

  /// What of its secrets must not be seen in what comes back.
  package func values(with secrets: [String: Secret]) throws(DeliveryObstacle) -> [Secret] {
    var values: [Secret] = []
    for text in texts where !text.names.isEmpty { values += try resolved(text, with: secrets).echoes }
    return values
  }

  /// A text of it with its secrets.
  package func resolved(_ text: SecretText, with secrets: [String: Secret]) throws(DeliveryObstacle) -> Secret
  {
    guard let value = text.resolved(with: secrets) else {
      let missing = text.names.filter { secrets[$0] == nil }.map(Inert.terminal)
      throw DeliveryObstacle(
        sentence:
          "The delivery \(Inert.terminal(name)) uses \(missing.joined(separator: " and ")), which has no value; set it."
      )
    }
    guard !value.revealed().unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw DeliveryObstacle(
        sentence:
          "A value that the delivery \(Inert.terminal(name)) uses has a control character in it; correct it.")
    }
    return value
  }

  private static func withoutSlash(_ url: String) -> String {
    var url = url
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }

  /// A JSON object with one more member, its first.
  private static func body(_ body: String, with key: Secret, as member: String) -> String {
    let first = "{\(JSONValue.string(member).text):\(JSONValue.string(key.revealed()).text)"
    let rest = body.hasPrefix("{") ? body.dropFirst() : body[...]
    return first + (rest.hasPrefix("}") ? "" : ",") + rest
  }
}

extension Delivery {
  /// Where a mail goes, and who we are there.
  package struct MailRoute: Sendable {
    package let server: HostAndPort
    package let encryption: Encryption
    /// Nil where nobody asks.
    package let login: (user: String, password: Secret)?
    package let ca: String?
    package let verifies: Bool
    package let timeout: Span
    package let from: String
    /// All of them, those under `bcc` too.
    package let recipients: [String]
    /// What must not be seen of what comes back.
    package let secrets: [Secret]
  }

  /// For a payload of the way `mail`.
  package func mailRoute(with secrets: [String: Secret]) throws(DeliveryObstacle) -> MailRoute {
    let host = try resolved(address, with: secrets).revealed()
    guard let server = HostAndPort(host, defaultPort: encryption.port) else {
      throw DeliveryObstacle(
        sentence:
          "The mail server of \(Inert.terminal(name)) is no host; write one such as mail.example.com:587.")
    }
    guard let envelope = MailDelivery.envelope(of: destination) else {
      throw DeliveryObstacle(
        sentence: "The delivery \(Inert.terminal(name)) goes to nobody; name somebody under `to`.")
    }
    var login: (user: String, password: Secret)?
    if let user, let password {
      login = (try resolved(user, with: secrets).revealed(), try resolved(password, with: secrets))
    }
    return MailRoute(
      server: server, encryption: encryption, login: login, ca: ca, verifies: verifies, timeout: timeout,
      from: envelope.from, recipients: envelope.to, secrets: try values(with: secrets))
  }
}

extension Delivery.Encryption {
  /// Where a server of that kind listens (RFC 8314).
  var port: UInt16 {
    switch self {
    case .starttls: 587
    case .always: 465
    case .never: 25
    }
  }
}
