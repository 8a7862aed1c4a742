internal import Values
internal import Wire

/// `tls:` – a handshake, the certificates that are shown in it, and what is said under it.
enum TLSProbe: Probe {
  static var speaksHTTP: Bool { false }
  static var expectation: Assertion? { nil }
  static var aspects: Set<Assertion.Aspect> { [.latency, .body, .certificate] }

  /// Where nothing is sent, `body` is what is known of the session, so nothing is read for it.
  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = StreamRequest(endpoint, security: .immediate)
    if isSilent(endpoint) { request.reading = .nothing }
    return .stream(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var outcome = outcome
    if case .success(var response) = outcome, let session = response.session, isSilent(endpoint) {
      response.body = Array(session.description.utf8)
      outcome = .success(response)
    }
    var judgement = Judgement(outcome, of: endpoint, at: at)
    judgement.reportAddress()
    judgement.reportTLS()
    judgement.report("probe_failed_due_to_regex", judgement.isBodyUnexpected ? 1 : 0)
    return judgement.observation(with: &memory)
  }

  private static func isSilent(_ endpoint: Endpoint) -> Bool {
    endpoint.detail.send == nil && endpoint.detail.steps.isEmpty
  }
}
