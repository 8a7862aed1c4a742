internal import Metrics
internal import Values
internal import Wire

/// `exec:` – a program, whose exit status is the answer, or which speaks as monitoring plugins or exporters do.
enum ExecProbe: Probe {
  static var speaksHTTP: Bool { false }
  /// What an exit status means depends on ``EndpointDetail/output``.
  static var expectation: Assertion? { nil }
  static var aspects: Set<Assertion.Aspect> { [.status, .latency, .body] }

  static func plan(_ endpoint: Endpoint) -> Plan { .process(endpoint.process) }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    guard case .success(let response) = outcome else { return judgement.observation(with: &memory) }
    let end = response.process ?? ProcessEnd(.status(response.status))
    judgement.report("probe_exit_status", Double(end.status))
    // Whoever says what the status should be has said it.
    let isStatusOurs = !endpoint.assertions.contains { $0.subject == .status }
    switch endpoint.detail.output {
    case .nagios: judgePlugin(response, end, isStatusOurs: isStatusOurs, &judgement)
    case .none: if isStatusOurs { expectZero(end, of: endpoint, &judgement) }
    case .prometheus:
      if isStatusOurs { expectZero(end, of: endpoint, &judgement) }
      readPage(response, end, &judgement, &memory)
    }
    return judgement.observation(with: &memory)
  }

  /// 0 OK, 1 WARNING, 2 CRITICAL; 3 is UNKNOWN, and so is all else: the plugin itself could not tell.
  private static func judgePlugin(
    _ response: Response, _ end: ProcessEnd, isStatusOurs: Bool, _ judgement: inout Judgement
  ) {
    let output = PluginOutput(response.body)
    judgement.samples = output.figures.flatMap(\.samples)
    judgement.scraped = judgement.samples.count
    let status = end.ending == .status(end.status) ? min(max(0, end.status), 3) : 3
    judgement.report("nagios_status", Double(status))
    judgement.report("nagios_perfdata_unread", Double(output.unread.count))
    guard isStatusOurs else { return }
    let text =
      output.text.isEmpty ? end.lastErrorLine ?? "the plugin \(end.phrase) and said nothing" : output.text
    let shown = Inert.terminal(String(text.prefix(textLimit)))
    switch status {
    case 0: break
    case 1: judgement.remark = shown
    case 2: judgement.fail(shown)
    default: judgement.leaveOpen(shown)
    }
  }

  /// Characters of a plugin's text that become a reason.
  private static let textLimit = 300

  private static func expectZero(_ end: ProcessEnd, of endpoint: Endpoint, _ judgement: inout Judgement) {
    guard end.ending != .status(0) else { return }
    let program = Inert.terminal(endpoint.detail.command.first ?? "the program")
    judgement.fail("\(program) \(end.phrase)" + (end.lastErrorLine.map { ": \($0)" } ?? ""))
  }

  private static func readPage(
    _ response: Response, _ end: ProcessEnd, _ judgement: inout Judgement, _ memory: inout ProbeMemory
  ) {
    guard judgement.isGood else { return }
    guard !end.isCut else {
      judgement.fail("it printed more than \(judgement.endpoint.bodyLimit >> 20) MiB")
      return
    }
    do throws(ExpositionError) {
      let page = try memory.read(response.body, format: .prometheusText)
      judgement.page = page
      judgement.scraped = page.samplesScraped
    } catch {
      judgement.fail("its output, line \(error.line): \(Inert.terminal(error.what))")
    }
  }
}

extension ProcessEnd {
  /// What it said last on standard error, made harmless; nil when it said nothing.
  fileprivate var lastErrorLine: String? {
    String(decoding: errors.suffix(4096), as: UTF8.self)
      .split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
      .map { Inert.terminal(String($0.prefix(200))) }
  }
}

extension Endpoint {
  /// The program of an `exec`, or that of a `log`.
  var process: ProcessRequest {
    var request = ProcessRequest(words: detail.command)
    request.directory = detail.directory.map(detail.path) ?? detail.folder
    request.environment = detail.environment
    request.withheld = detail.withheld
    request.timeout = timeout
    request.outputLimit = bodyLimit
    return request
  }
}
