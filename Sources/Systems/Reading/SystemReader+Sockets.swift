import Documents
import Probes
import Values
import Wire

/// What stands under `tcp`, `tls`, `dns` and `icmp`.
extension SystemReader {
  /// Kinds that send no HTTP request, and have none of its keys.
  static let needsNoRequest: Set<Kind> = [.tcp, .tls, .dns, .icmp]

  // MARK: Connections

  /// `host:port`, with what is said there.
  func conversation(
    _ key: String, _ reader: inout YAMLReader, _ detail: inout EndpointDetail
  ) -> String? {
    detail.send = reader.string("send")
    readSteps(&reader, &detail)
    if let upgrade = reader.string("starttls") {
      detail.startTLS = StreamRequest.Upgrade(rawValue: upgrade)
      if detail.startTLS == nil {
        let all = StreamRequest.Upgrade.allCases.map(\.rawValue)
        reader.complain(
          "starttls cannot be \"\(Inert.terminal(upgrade))\"",
          remedy: "write one of \(all.joined(separator: ", "))",
          at: reader.node("starttls")?.position ?? reader.position)
      }
    }
    guard let text = reader.requiredString(key) else { return nil }
    if HostAndPort(text) != nil { return text }
    reader.complain(
      "\"\(Inert.terminal(text))\" is no host and port", remedy: "write one such as 127.0.0.1:6379",
      at: reader.node(key)?.position ?? reader.position)
    return nil
  }

  /// `steps: [{await: "220"}, {send: "QUIT\r\n"}]`
  private func readSteps(_ reader: inout YAMLReader, _ detail: inout EndpointDetail) {
    for node in reader.list("steps") {
      var inner = reader.reader(node, of: "a step")
      let send = inner.string("send")
      let awaited = inner.string("await")
      switch (send, awaited) {
      case (let text?, nil): detail.steps.append(.send(Array(text.utf8)))
      case (nil, let text?) where !text.isEmpty: detail.steps.append(.await(Array(text.utf8)))
      default:
        inner.complain(
          "a step either sends a text or awaits one", remedy: "write `send: …` or `await: …`",
          at: node.position)
      }
      reader.finish(inner)
    }
  }

  /// What `tcp`, `tls`, `dns` and `icmp` have of what HTTP has.
  mutating func readConnection(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    readFamily(&reader, into: &endpoint)
    if endpoint.kind == .tcp || endpoint.kind == .tls { readTLS(&reader, into: &endpoint) }
  }

  mutating func readTLS(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    endpoint.tls.ca = reader.string("ca")
    endpoint.tls.certificate = reader.string("cert")
    endpoint.tls.key = reader.string("key")
    endpoint.tls.serverName = reader.string("sni")
    endpoint.tls.verify = reader.bool("verify") ?? true
    guard let key = endpoint.tls.key ?? endpoint.tls.certificate else { return }
    if endpoint.tls.certificate == nil {
      reader.complain(
        "a key is of no use without its certificate", remedy: "add `cert: …`",
        at: reader.node("key")?.position ?? reader.position)
    }
    // Whoever can use a key of ours is let in as us.
    endpoint.needsTrust = true
    system.trustNeeds.append(TrustNeed(part: "endpoint \(endpoint.name)", reason: .uses([key])))
  }

  func readFamily(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    guard let family = reader.string("ip") else { return }
    let families: [String: Request.Family] = ["4": .v4, "6": .v6, "any": .any]
    endpoint.family = families[family] ?? .any
    guard families[family] == nil else { return }
    reader.complain(
      "ip cannot be \"\(Inert.terminal(family))\"", remedy: "write 4, 6 or any",
      at: reader.node("ip")?.position ?? reader.position)
  }

  // MARK: Names and hosts

  func name(_ key: String, _ reader: inout YAMLReader, _ detail: inout EndpointDetail) -> String? {
    if let type = reader.string("type") {
      detail.recordType = NameRequest.RecordType(name: type)
      if detail.recordType == nil {
        let all = NameRequest.RecordType.allCases.map(\.name)
        reader.complain(
          "type cannot be \"\(Inert.terminal(type))\"", remedy: "write one of \(all.joined(separator: ", "))",
          at: reader.node("type")?.position ?? reader.position)
      }
    }
    if let server = reader.string("server") {
      detail.server = HostAndPort(server, defaultPort: 53)
      if detail.server == nil {
        reader.complain(
          "\"\(Inert.terminal(server))\" is no name server",
          remedy: "write one such as 10.0.0.2 or 10.0.0.2:5353",
          at: reader.node("server")?.position ?? reader.position)
      }
    }
    detail.answers = reader.strings("answers")
    guard let text = reader.requiredString(key) else { return nil }
    let isAddress = detail.recordType == .ptr && HostAndPort.isAddress6(text)
    if isAddress || text == "." || HostAndPort.isName(text) { return text }
    reader.complain(
      "\"\(Inert.terminal(text))\" is no name that can be asked for",
      remedy: "write one such as api.example.com", at: reader.node(key)?.position ?? reader.position)
    return nil
  }

  func host(_ key: String, _ reader: inout YAMLReader) -> String? {
    guard let text = reader.requiredString(key) else { return nil }
    if HostAndPort.isName(text) || HostAndPort.isAddress6(text) { return text }
    reader.complain(
      "\"\(Inert.terminal(text))\" is no host", remedy: "write a name or an address, without a port",
      at: reader.node(key)?.position ?? reader.position)
    return nil
  }
}
