internal import Values
internal import Wire

/// `tcp:` – a connection, and what is said on it.
enum TCPProbe: Probe {
  static var speaksHTTP: Bool { false }
  static var expectation: Assertion? { nil }
  /// A certificate is known where the conversation went on under TLS.
  static var aspects: Set<Assertion.Aspect> { [.latency, .body, .certificate] }

  static func plan(_ endpoint: Endpoint) -> Plan {
    .stream(StreamRequest(endpoint, security: .none))
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    judgement.reportAddress()
    if endpoint.detail.startTLS != nil { judgement.reportTLS() }
    judgement.report("probe_failed_due_to_regex", judgement.isBodyUnexpected ? 1 : 0)
    return judgement.observation(with: &memory)
  }
}

extension StreamRequest {
  /// What the endpoint's keys say of a conversation.
  init(_ endpoint: Endpoint, security: Security) {
    // The reader of system.yaml lets no other target through.
    let place = HostAndPort(endpoint.target)
    self.init(host: place?.host ?? endpoint.target, port: place?.port ?? 0)
    self.security = endpoint.detail.startTLS.map { .startTLS($0) } ?? security
    tls = endpoint.rootedTLS
    family = endpoint.family
    timeout = endpoint.timeout
    steps = endpoint.detail.steps
    if let send = endpoint.detail.send { steps.append(.send(Array(send.utf8))) }
    let asked = endpoint.assertions.filter { $0.subject.aspect == .body }
    let marks = asked.compactMap(\.bodyMark)
    reading = asked.isEmpty ? .nothing : marks.count == asked.count ? .until(marks) : .untilQuiet
  }
}

extension Assertion {
  /// The text whose coming decides it, where that is all it asks of a body.
  fileprivate var bodyMark: [UInt8]? {
    guard subject == .body, case .contains(let text) = test, !text.isEmpty else { return nil }
    return Array(text.utf8)
  }
}
