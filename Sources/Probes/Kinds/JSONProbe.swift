internal import Metrics
internal import Values
internal import Wire

/// `json:` – a JSON document, mapped to series.
enum JSONProbe: Probe {
  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = endpoint.request
    request.addHeader("Accept", "application/json")
    return .http(request)
  }

  /// What is not as `series:` says fails the probe: a field that was renamed must not look like quiet.
  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    guard judgement.isStatusAsExpected, let document = judgement.readDocument() else {
      return judgement.observation(with: &memory)
    }
    switch document {
    case .failure(let mistake): judgement.fail(mistake.reason)
    case .success(let document):
      for mapping in endpoint.series {
        let (samples, trouble) = mapping.samples(of: document)
        judgement.samples += samples
        if let trouble { judgement.fail(trouble) }
      }
      judgement.scraped = judgement.samples.count
    }
    return judgement.observation(with: &memory)
  }
}
