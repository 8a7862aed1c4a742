internal import Values
internal import Wire

/// `icmp:` – an echo.
enum ICMPProbe: Probe {
  static var speaksHTTP: Bool { false }
  static var expectation: Assertion? { nil }
  static var aspects: Set<Assertion.Aspect> { [.latency] }

  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = EchoRequest(host: endpoint.target)
    request.family = endpoint.family
    request.timeout = endpoint.timeout
    return .echo(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    judgement.reportAddress()
    let phases = judgement.phases
    for (name, seconds) in [
      ("resolve", phases.resolve), ("setup", phases.connect), ("rtt", phases.processing),
    ] {
      judgement.report("probe_icmp_duration_seconds", seconds, phase: name)
    }
    if let hops = judgement.answer?.response.hopLimit {
      judgement.report("probe_icmp_reply_hop_limit", Double(hops))
    }
    return judgement.observation(with: &memory)
  }
}
