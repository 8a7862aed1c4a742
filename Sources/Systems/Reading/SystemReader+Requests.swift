import Documents
import Probes
import Values
import Wire

/// What an HTTP request is made of: the only places, beside a program's environment, where a secret may stand.
extension SystemReader {
  func readMethod(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    guard let method = reader.string("method") else { return }
    endpoint.method = method
    if !Header.isToken(method) {
      reader.complain(
        "\"\(Inert.terminal(method))\" is no method", remedy: "write one word such as POST",
        at: reader.node("method")?.position ?? reader.position)
    }
  }

  /// A target with secrets in it has a mask there, and is called by the endpoint's name.
  mutating func useTarget(_ kind: Kind, _ reader: inout YAMLReader, in endpoint: inout Endpoint) {
    guard let text = secretTarget else { return }
    if endpoint.instance.contains(Secret.mask) { endpoint.instance = endpoint.name }
    guard let url = use(text, in: &endpoint) else { return }
    endpoint.confidential.url = url
    guard !HTTPAddress.isOne(url.revealed()) else { return }
    reader.complain(
      "with its secret, \"\(Inert.terminal(text.description))\" is no URL",
      remedy: "let it begin with http:// or https://",
      at: reader.node(kind.rawValue)?.position ?? reader.position)
  }

  mutating func readHeaders(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    guard var names = reader.mapping("headers", of: "headers") else { return }
    for name in names.names {
      if !Header.isToken(name) {
        names.complain(
          "\"\(Inert.terminal(name))\" is no header's name", remedy: "write letters, digits and hyphens",
          at: names.position(of: name))
      }
      if names.node(name)?.isNull ?? true {
        endpoint.headers.append(Header(name, ""))
        continue
      }
      guard let text = secretText(name, &names) else { continue }
      if text.names.isEmpty {
        endpoint.headers.append(Header(name, text.description))
      } else if let value = use(text, in: &endpoint) {
        endpoint.confidential.headers[name] = value
      }
    }
    reader.finish(names)
  }

  mutating func readBody(
    _ reader: inout YAMLReader, into endpoint: inout Endpoint, _ detail: inout EndpointDetail
  ) {
    let hasBody = reader.node("body").map { !$0.isNull } ?? false
    if hasBody, let text = secretText("body", &reader) {
      if text.names.isEmpty {
        endpoint.body = Array(text.description.utf8)
      } else {
        endpoint.confidential.body = use(text, in: &endpoint)
      }
    }
    detail.bodyFile = reader.string("body_file")
    if hasBody, detail.bodyFile != nil {
      reader.complain(
        "an endpoint has both body and body_file", remedy: "remove one of them",
        at: reader.position(of: "body_file"))
    }
  }

  /// The file that is its body, as it is now. Without it the endpoint waits: another body would ask something else.
  mutating func fetchBody(for endpoint: inout Endpoint, at position: Position) {
    guard let path = endpoint.detail.bodyFile, endpoint.pausedReason == nil else { return }
    let shown = Inert.terminal(path)
    do throws(BodyFailure) {
      guard let bodies else { throw BodyFailure("was not read", remedy: "") }
      endpoint.body = try bodies(path)
    } catch {
      endpoint.missingBody = "the body file \(shown) \(error.what)"
      guard bodies != nil else { return }
      problems.append(
        Problem(
          "the body file \(shown) \(error.what), so the endpoint \(Inert.terminal(endpoint.name)) waits",
          remedy: error.remedy, file: Self.file, at: position, weight: .warning))
    }
  }

  func readProxy(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    endpoint.noProxy = reader.strings("no_proxy").flatMap { text in
      text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }
    guard let proxy = reader.string("proxy"), !proxy.isEmpty else { return }
    endpoint.proxy = proxy
    let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
    let parts = proxy.firstRange(of: "://")
    let scheme = parts.map { proxy[..<$0.lowerBound].lowercased() } ?? "http"
    let rest = parts.map { proxy[$0.upperBound...] } ?? proxy[...]
    guard schemes.contains(scheme), !rest.isEmpty, !proxy.contains(where: \.isWhitespace) else {
      // It may hold a password, so it is not repeated.
      return reader.complain(
        "the proxy is none that can be used",
        remedy: "write one such as http://proxy:3128; \(schemes.joined(separator: ", ")) are known",
        at: reader.node("proxy")?.position ?? reader.position)
    }
  }

  mutating func readAuthorization(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    let bearer = secretText("bearer", &reader)
    if let bearer, let value = use(bearer, in: &endpoint) { endpoint.authorization = .bearer(value) }
    guard var inner = reader.mapping("basic", of: "basic") else { return }
    let user = inner.requiredString("user")
    let password = secretText("password", &inner)
    if let user, let password, let value = use(password, in: &endpoint) {
      endpoint.authorization = .basic(user: user, password: value)
    }
    if bearer != nil {
      inner.complain(
        "an endpoint has both bearer and basic", remedy: "remove one of them", at: inner.position)
    }
    reader.finish(inner)
  }

  /// The text with its secrets; without one of them the endpoint waits, and is neither up nor down.
  mutating func use(_ text: SecretText, in endpoint: inout Endpoint) -> Secret? {
    if !text.names.isEmpty {
      endpoint.needsTrust = true
      let need = TrustNeed(part: "endpoint \(endpoint.name)", reason: .uses(text.names))
      if !system.trustNeeds.contains(need) { system.trustNeeds.append(need) }
    }
    let values = secretValues
    if let missing = text.names.first(where: { values[$0] == nil }) { endpoint.missingSecret = missing }
    for name in Set(text.names).sorted() { endpoint.mask(values[name]) }
    return text.resolved(with: values)
  }
}

extension Endpoint {
  /// It must not be seen of what comes back, in whatever form it does.
  fileprivate mutating func mask(_ secret: Secret?) {
    guard let secret else { return }
    let known = Set(confidential.values)
    // The longest first: what is a part of another must not leave the rest of it behind.
    confidential.values = (confidential.values + secret.echoes.filter { !known.contains($0) }).sorted {
      $0.revealed().utf8.count > $1.revealed().utf8.count
    }
  }
}
