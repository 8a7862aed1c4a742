internal import JSON
internal import Metrics
internal import Values
internal import Wire

/// An observation in the making: what all kinds judge alike, and what each adds.
struct Judgement {
  let endpoint: Endpoint
  let at: Instant
  let phases: Phases
  /// Nil when nothing came back.
  private(set) var answer: Answer?
  private(set) var assertions: [AssertionResult] = []
  private(set) var reason: String?
  /// Whether an answer came, with a status that was asked for.
  private(set) var isStatusAsExpected = false
  /// Of the endpoint's page or document.
  var samples: [Sample] = []
  var scraped: Int?
  /// Of the endpoint's page of metrics, read by a memory.
  var page: PageReading?
  private var reports: [Report] = []
  private var code: Int?

  /// A figure about the poll itself.
  struct Report: Sendable {
    let name: String
    var phase: String?
    let value: Double

    func isNamed(as other: Report) -> Bool { name == other.name && phase == other.phase }
  }

  /// What is expected where `expect:` says nothing about the status.
  static let defaultStatus = Assertion(
    text: "status in 200..299", subject: .status, test: .within(200, 299))

  /// What comes of holding a 200 against ``defaultStatus``, made once: it is what most polls find.
  private static let plainSuccess: [AssertionResult] = {
    var answer = Answer(Response(status: 200))
    return [defaultStatus.check(&answer, at: Instant(milliseconds: 0))]
  }()

  init(_ outcome: Outcome, of endpoint: Endpoint, at: Instant) {
    self.endpoint = endpoint
    self.at = at
    switch outcome {
    case .failure(let failure):
      phases = failure.phases
      code = failure.status
      reason = failure.reason
    case .success(let response):
      phases = response.phases
      code = response.status
      var answer = Answer(response)
      var expected = endpoint.assertions
      if expected.isEmpty, response.status == 200 {
        assertions = Self.plainSuccess
        isStatusAsExpected = true
        self.answer = answer
        return
      }
      if !expected.contains(where: { $0.subject == .status }) { expected.insert(Self.defaultStatus, at: 0) }
      assertions = expected.map { $0.check(&answer, at: at) }
      // The status first: with another one, the rest is about another page.
      let judged = zip(expected, assertions)
      let wrongStatus = judged.first { $0.subject == .status && !$1.passed }
      isStatusAsExpected = wrongStatus == nil
      reason = (wrongStatus?.1 ?? assertions.first { !$0.passed })?.reason
      self.answer = answer
    }
  }

  /// The body as JSON; nil when nothing came back.
  mutating func readDocument() -> Result<JSONValue, JSONMistake>? { answer?.document }

  /// The first reason stays.
  mutating func fail(_ reason: String) {
    if self.reason == nil { self.reason = reason }
  }

  /// Adds a series about the poll itself.
  mutating func report(_ name: String, _ value: Double, phase: String? = nil) {
    reports.append(Report(name: name, phase: phase, value: value))
  }

  func observation(with memory: inout ProbeMemory) -> Observation {
    var finished = self
    finished.reportProbe()
    let target = samples.isEmpty ? .empty : endpoint.targetLabels
    var all = samples.map { sample in
      Sample(sample.labels.attaching(target), sample.value, timestamp: sample.timestamp)
    }
    all.reserveCapacity(all.count + finished.reports.count)
    for (place, report) in finished.reports.enumerated() {
      all.append(Sample(memory.labels(of: report, at: place, endpoint), report.value))
    }
    return Observation(
      endpoint: endpoint.name, at: at, took: Span(milliseconds: Instant(seconds: phases.total).milliseconds),
      reason: reason, code: code, phases: phases, certificateExpiry: answer?.response.certificateExpiry,
      address: answer?.response.address ?? "", assertions: assertions, samples: all, page: page,
      scraped: scraped)
  }

  /// Blackbox exporter's series; without an answer the status is 0, as there.
  private mutating func reportProbe() {
    report("probe_success", reason == nil ? 1 : 0)
    report("probe_duration_seconds", phases.total)
    for (name, seconds) in [
      ("connect", phases.connect), ("processing", phases.processing), ("resolve", phases.resolve),
      ("tls", phases.tls), ("transfer", phases.transfer),
    ] {
      report("probe_http_duration_seconds", seconds, phase: name)
    }
    report("probe_http_status_code", Double(code ?? 0))
    if let expiry = answer?.response.certificateExpiry {
      report("probe_ssl_earliest_cert_expiry", expiry.seconds)
    }
  }
}

/// A response, with its body read as JSON at most once.
struct Answer {
  let response: Response
  private(set) lazy var document = JSONValue.read(response.body)
  private(set) lazy var text = String(decoding: response.body, as: UTF8.self)

  init(_ response: Response) {
    self.response = response
  }
}
