internal import Values
internal import Wire

/// `dns:` – a question to a name server. The answers are the body, one record a line, as zone files write them.
enum DNSProbe: Probe {
  static var speaksHTTP: Bool { false }
  /// That there is such a name.
  static var expectation: Assertion? {
    Assertion(text: "dns_rcode == NOERROR", subject: .dnsCode, test: .compare(.equal, .text("NOERROR")))
  }
  static var aspects: Set<Assertion.Aspect> { [.latency, .body, .dnsCode] }

  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = NameRequest(name: endpoint.target)
    request.type = endpoint.detail.recordType ?? .a
    request.server = endpoint.detail.server
    request.family = endpoint.family
    request.timeout = endpoint.timeout
    return .name(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    let names = judgement.answer?.response.names
    let expected = endpoint.detail.answers
    if let names, !expected.isEmpty { judgement.add(compare(names.values, with: expected)) }
    judgement.reportAddress()
    for (name, seconds) in [
      ("resolve", judgement.phases.resolve), ("connect", judgement.phases.connect),
      ("request", judgement.phases.processing),
    ] {
      judgement.report("probe_dns_duration_seconds", seconds, phase: name)
    }
    judgement.report("probe_dns_query_succeeded", names == nil ? 0 : 1)
    judgement.report("probe_dns_answer_rrs", Double(names?.answers.count ?? 0))
    judgement.report("probe_dns_authority_rrs", Double(names?.authorities ?? 0))
    judgement.report("probe_dns_additional_rrs", Double(names?.additionals ?? 0))
    if let serial = names?.serial { judgement.report("probe_dns_serial", Double(serial)) }
    let isBodyUnexpected = judgement.isBodyUnexpected
    judgement.report("probe_failed_due_to_regex", isBodyUnexpected ? 1 : 0)
    return judgement.observation(with: &memory)
  }

  /// In whatever order, and names in whatever case and with or without their last dot.
  private static func compare(_ found: [String], with expected: [String]) -> AssertionResult {
    func shown(_ values: [String]) -> String {
      values.isEmpty ? "none" : values.sorted().map(Shown.quoted).joined(separator: ", ")
    }
    func plain(_ value: String) -> String {
      value.hasPrefix("\"") ? value : (value.hasSuffix(".") ? String(value.dropLast()) : value).lowercased()
    }
    return AssertionResult(
      text: "answers", passed: found.map(plain).sorted() == expected.map(plain).sorted(),
      expected: shown(expected), actual: shown(found), subject: "the answer")
  }
}
