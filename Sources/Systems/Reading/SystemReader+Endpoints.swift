import Documents
import Metrics
import Probes
import Values
import Wire

/// Endpoints: what is polled, and how.
extension SystemReader {
  mutating func readEndpoints(_ reader: inout YAMLReader) {
    let base = reader.string("base")
    system.base = base
    if var names = reader.mapping("endpoints", of: "endpoints") {
      var known: [Labels: String] = [:]
      for name in names.names {
        guard let node = names.node(name) else { continue }
        var inner = names.reader(node, of: "the endpoint \(Inert.terminal(name))")
        if let endpoint = endpoint(name, &inner, base: base) {
          refuseSameLabels(endpoint, &names, &known)
          system.endpoints.append(endpoint)
        }
        names.finish(inner)
      }
      reader.finish(names)
    }
    for (index, node) in reader.list("connectivity").enumerated() {
      var inner = reader.reader(node, of: "a check of connectivity")
      let name = "connectivity-\(index + 1)"
      if system.endpoints.contains(where: { $0.name == name }) {
        reader.complain(
          "an endpoint has the name \(name), which this check of connectivity has",
          remedy: "rename the endpoint",
          at: node.position)
      }
      if let endpoint = endpoint(name, &inner, base: base) { system.connectivity.append(endpoint) }
      reader.finish(inner)
    }
  }

  private mutating func endpoint(_ name: String, _ reader: inout YAMLReader, base: String?) -> Endpoint? {
    guard let kind = kind(of: Kind.self, "an endpoint", &reader) else { return nil }
    let environment = environment(&reader)
    var detail = EndpointDetail()
    secretTarget = nil
    let target = target(
      of: kind, &reader, base: environment?.base ?? base ?? system.environments.first?.base, &detail)
    var endpoint = Endpoint(name: name, kind: kind, target: target ?? "")
    endpoint.environment = environment?.name ?? system.environments.first?.name
    endpoint.every = system.every
    useTarget(kind, &reader, in: &endpoint)
    readPolling(&reader, into: &endpoint)
    if Self.needsNoRequest.contains(kind) {
      readConnection(&reader, into: &endpoint)
    } else {
      readRequest(&reader, into: &endpoint, &detail)
    }
    endpoint.detail = detail
    readSurroundings(&reader, into: &endpoint, &detail)
    readExpectations(&reader, into: &endpoint)
    readSeries(&reader, into: &endpoint, &detail)
    endpoint.detail = detail
    if !detail.command.isEmpty {
      endpoint.needsTrust = true
      system.trustNeeds.append(TrustNeed(part: "endpoint \(name)", reason: .starts(detail.command)))
    }
    hold(&endpoint, environment: environment)
    fetchBody(for: &endpoint, at: reader.node("body_file")?.position ?? reader.position)
    return target == nil ? nil : endpoint
  }

  /// The environment that an endpoint names, else the first.
  private func environment(_ reader: inout YAMLReader) -> Environment? {
    guard let name = reader.string("environment") else { return system.environments.first }
    if let found = system.environments.first(where: { $0.name == name }) { return found }
    reader.complain(
      "there is no environment \"\(Inert.terminal(name))\"",
      remedy: system.environments.isEmpty
        ? "add it under `environments:`"
        : "write one of \(system.environments.map(\.name).joined(separator: ", "))",
      at: reader.node("environment")?.position ?? reader.position)
    return nil
  }

  private mutating func readPolling(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    if let every = reader.span("every") { endpoint.every = atLeastASecond(every, "every", &reader) }
    if let timeout = reader.span("timeout") { endpoint.timeout = timeout }
    if let backoff = reader.string("backoff") {
      endpoint.backsOff = backoff != "none"
      if endpoint.backsOff {
        reader.complain(
          "backoff cannot be \"\(Inert.terminal(backoff))\"", remedy: "write none, or remove it",
          at: reader.node("backoff")?.position ?? reader.position)
      }
    }
    if let count = reader.integer("failures", in: 1...1000) { endpoint.failures = count }
    if let count = reader.integer("successes", in: 1...1000) { endpoint.successes = count }
    if let job = reader.string("job") { endpoint.job = job }
    if let instance = reader.string("instance") { endpoint.instance = instance }
    for (name, value) in reader.stringMap("labels") {
      if name.isEmpty || name == .metricName {
        reader.complain(
          "\"\(Inert.terminal(name))\" cannot be the name of a label", remedy: "write another name",
          at: reader.position(of: "labels"))
      }
      endpoint.labels[name] = value
    }
    for node in reader.node("depends_on")?.elements ?? [] {
      guard let name = reader.string(node, name: "depends_on") else { continue }
      endpoint.dependsOn.append(name)
      endpointReferences.append(PlaceReference(name: name, file: Self.file, position: node.position))
    }
    if let level = reader.string("level") {
      endpoint.level = level == "off" ? nil : choice(level, of: Level.self, named: "level", &reader) ?? .page
    }
    if let hold = reader.span("for") { endpoint.for = hold }
  }

  private mutating func readRequest(
    _ reader: inout YAMLReader, into endpoint: inout Endpoint, _ detail: inout EndpointDetail
  ) {
    readMethod(&reader, into: &endpoint)
    readHeaders(&reader, into: &endpoint)
    readBody(&reader, into: &endpoint, &detail)
    if let count = reader.integer("redirects", in: 0...50) { endpoint.redirects = count }
    readTLS(&reader, into: &endpoint)
    readFamily(&reader, into: &endpoint)
    endpoint.resolve = reader.string("resolve")
    readProxy(&reader, into: &endpoint)
    if let version = reader.string("http_version") {
      let versions: [String: Request.Version] = ["1.1": .http1, "2": .http2]
      endpoint.version = versions[version] ?? .any
      if versions[version] == nil {
        reader.complain(
          "http_version cannot be \"\(Inert.terminal(version))\"", remedy: "write \"1.1\" or \"2\"",
          at: reader.node("http_version")?.position ?? reader.position)
      }
    }
    readAuthorization(&reader, into: &endpoint)
  }

  private mutating func hold(_ endpoint: inout Endpoint, environment: Environment?) {
    switch environment?.state {
    case .paused: endpoint.pausedReason = "the environment \(environment?.name ?? "") is paused"
    case .reference: endpoint.pausedReason = "the environment \(environment?.name ?? "") is for reference"
    case .live, nil: break
    }
  }

  /// Two endpoints whose series would be the same are a mistake. O(1), for there may be thousands.
  ///
  /// - Parameter known: the endpoints before it, by their labels.
  private func refuseSameLabels(
    _ endpoint: Endpoint, _ reader: inout YAMLReader, _ known: inout [Labels: String]
  ) {
    let labels = endpoint.targetLabels
    guard let other = known[labels] else {
      known[labels] = endpoint.name
      return
    }
    reader.complain(
      "the endpoints \(Inert.terminal(other)) and \(Inert.terminal(endpoint.name)) have the same labels,"
        + " so their series are the same", remedy: "give one another job, instance or label",
      at: reader.position(of: endpoint.name))
  }
}
