internal import Values
internal import Wire

/// `http:` – one request on a fresh connection, so that resolving, connecting and the certificate are tried
/// each time, as blackbox exporter does.
enum HTTPProbe: Probe {
  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = endpoint.request
    request.freshConnection = true
    return .http(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    Judgement(outcome, of: endpoint, at: at).observation(with: &memory)
  }
}
