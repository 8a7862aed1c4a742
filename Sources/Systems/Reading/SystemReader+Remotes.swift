import Alerting
import Documents
import Values
import Wire

/// The engines beside us: a Prometheus-compatible server, and Alertmanagers.
extension SystemReader {
  mutating func readRemotes(_ reader: inout YAMLReader) {
    if var inner = reader.mapping("prometheus", of: "prometheus") {
      let url = inner.requiredString("url") ?? ""
      let takes = inner.string("take").flatMap {
        choice($0, of: RemotePrometheus.Takes.self, named: "take", &inner)
      }
      let access = access(to: url, "prometheus", &inner)
      system.prometheus = RemotePrometheus(url: url, takes: takes ?? .rules, access: access)
      reader.finish(inner)
    }
    guard let node = reader.node("alertmanager"), !node.isNull else { return }
    for element in node.elements ?? [node] {
      var inner = reader.reader(element, of: "an alertmanager")
      let url = inner.requiredString("url") ?? ""
      let posts = inner.bool("post") ?? false
      let shares = inner.bool("silences") ?? false
      let access = access(to: url, "alertmanager", &inner)
      if access != nil, posts || shares {
        let what = [posts ? "alerts" : nil, shares ? "silences" : nil].compactMap { $0 }
        let sent = "\(what.joined(separator: " and ")) to \(url)"
        system.trustNeeds.append(TrustNeed(part: "alertmanager", reason: .sends(sent)))
      }
      if let access,
        system.alertmanagers.contains(where: { $0.access?.server.address == access.server.address })
      {
        inner.complain(
          "the alertmanager \(Inert.terminal(url)) stands twice", remedy: "remove one of them",
          at: inner.position)
      }
      system.alertmanagers.append(
        RemoteAlertmanager(url: url, posts: posts, sharesSilences: shares, access: access))
      reader.finish(inner)
    }
  }

  /// Everything about how it is reached; nil when it is off or its address is wrong.
  private mutating func access(
    to url: String, _ part: String, _ reader: inout YAMLReader
  ) -> RemoteAccess? {
    var request = Request(url: url)
    request.headers = reader.stringMap("headers").map { Header($0.name, $0.value) }
    request.tls.ca = reader.string("ca")
    request.tls.certificate = reader.string("cert")
    request.tls.key = reader.string("key")
    request.tls.serverName = reader.string("sni")
    request.tls.verify = reader.bool("verify") ?? true
    request.proxy = reader.string("proxy").flatMap { $0.isEmpty ? nil : $0 }
    if let timeout = reader.span("timeout") { request.timeout = atLeastASecond(timeout, "timeout", &reader) }
    let every = reader.span("every").map { atLeastASecond($0, "every", &reader) } ?? system.every
    var names: [String] = []
    request.authorization = authorization(part, &reader, &names)
    guard !url.isEmpty else { return nil }
    let host = url.split(separator: "/", maxSplits: 3).dropFirst().first ?? ""
    guard HTTPAddress.isOne(url), !url.contains("?"), !url.contains("#"), !host.contains("@") else {
      reader.complain(
        "\"\(Inert.terminal(host.contains("@") ? "http://…@…" : url))\" is no address of \(part)",
        remedy: "write one such as http://127.0.0.1:9090, and who we are under basic or bearer",
        at: reader.node("url")?.position ?? reader.position)
      return nil
    }
    if !names.isEmpty { system.trustNeeds.append(TrustNeed(part: part, reason: .uses(names))) }
    let values = secretValues
    return RemoteAccess(
      server: RemoteServer(request), every: every, usesSecrets: !names.isEmpty,
      missingSecret: names.first { values[$0] == nil })
  }

  /// - Parameter names: of the secrets that it uses.
  private mutating func authorization(
    _ part: String, _ reader: inout YAMLReader, _ names: inout [String]
  ) -> Request.Authorization? {
    let bearer = secretText("bearer", &reader)
    names += bearer?.names ?? []
    let token = bearer?.resolved(with: secretValues).map { Request.Authorization.bearer($0) }
    guard var inner = reader.mapping("basic", of: "basic") else { return token }
    defer { reader.finish(inner) }
    let user = inner.requiredString("user")
    let password = secretText("password", &inner)
    names += password?.names ?? []
    if bearer != nil {
      inner.complain(
        "\(part) has both bearer and basic", remedy: "remove one of them", at: inner.position)
    }
    guard let user, let secret = password?.resolved(with: secretValues) else { return token }
    return .basic(user: user, password: secret)
  }
}
