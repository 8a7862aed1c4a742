internal import Values
internal import Wire

/// `log:` – the lines that files, a command or Loki have gained, counted.
enum LogProbe: Probe {
  static var speaksHTTP: Bool { false }
  static var expectation: Assertion? { nil }
  /// The body is the new lines.
  static var aspects: Set<Assertion.Aspect> { [.latency, .body] }

  static func plan(_ endpoint: Endpoint) -> Plan {
    let detail = endpoint.detail
    let source: LineRequest.Source =
      switch detail.log {
      case .files(let pattern): .files(detail.path(pattern))
      case .command: .command(endpoint.process)
      case .loki(_, let query): .loki(endpoint.request, query: query)
      case nil: .files(detail.path(endpoint.target))
      }
    var request = LineRequest(source: source)
    request.timeout = endpoint.timeout
    request.limit = endpoint.bodyLimit
    // As long as it takes for the endpoint to be stale.
    request.patience = endpoint.every * 3 + endpoint.timeout
    return .lines(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    guard case .success(let response) = outcome else { return judgement.observation(with: &memory) }
    let gain = response.lines ?? LineGain()
    // Taken out meanwhile, so that there is only one of it to change.
    var tally = memory.tally.take() ?? LogTally(endpoint.detail, at: at)
    let trouble = tally.take(response.body, cut: gain.cut)
    if let reason = gain.trouble ?? trouble { judgement.fail(reason) }
    judgement.samples = tally.samples
    judgement.scraped = tally.samples.count
    judgement.report("log_lines_total", tally.lines)
    judgement.report("log_lines_unmatched_total", tally.unmatched)
    judgement.report("log_lines_cut_total", tally.cut)
    judgement.report("log_lines_left_out_total", tally.leftOut)
    judgement.report("log_unread_bytes", Double(gain.unread))
    if case .files = endpoint.detail.log { judgement.report("log_files", Double(gain.files)) }
    // What was written before is in no count.
    judgement.report("log_start_time_seconds", tally.start.seconds)
    memory.tally = tally
    return judgement.observation(with: &memory)
  }
}
