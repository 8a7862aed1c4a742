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
  /// What was agreed with the server and what it showed, whether we liked it or not.
  let session: TLSSession?
  let address: String
  /// What ``assertions`` were made of, one for one; shorter by what no assertion says.
  private(set) var expected: [Assertion] = []
  /// What there is to say already, whatever is judged yet.
  private var verdict: Observation.Verdict?
  private let isUnreached: Bool
  private var retryAfter: Span?
  private var reports: [Report] = []
  private var code: Int?
  /// What is to be seen though nothing failed.
  var remark: String?

  /// A figure about the poll itself.
  struct Report: Sendable {
    let name: String
    var phase: String?
    let value: Double

    func isNamed(as other: Report) -> Bool { name == other.name && phase == other.phase }
  }

  /// What comes of holding a 200 against ``Assertion/goodStatus``, made once: it is what most polls find.
  private static let plainSuccess: [AssertionResult] = {
    var answer = Answer(Response(status: 200))
    return [Assertion.goodStatus.check(&answer, at: Instant(milliseconds: 0))]
  }()

  init(_ outcome: Outcome, of endpoint: Endpoint, at: Instant) {
    self.endpoint = endpoint
    self.at = at
    switch outcome {
    case .failure(let failure):
      phases = failure.phases
      code = failure.status
      reason = failure.reason
      session = failure.session
      address = failure.address
      switch failure.kind {
      case .unable: verdict = .unable
      case .unheard: verdict = .unheard
      default: break
      }
      isUnreached = failure.isUnreached
    case .success(let response):
      phases = response.phases
      session = response.session
      address = response.address
      isUnreached = false
      if [429, 503].contains(response.status), endpoint.kind.speaksHTTP {
        let now = at + .milliseconds(Instant(seconds: response.phases.total).milliseconds)
        retryAfter = response.header("Retry-After").flatMap { RetryAfter.span($0, at: now) }
      }
      var answer = Answer(response)
      var expected = endpoint.assertions
      if expected.isEmpty, response.status == 200, endpoint.kind.speaksHTTP {
        code = response.status
        assertions = Self.plainSuccess
        isStatusAsExpected = true
        self.answer = answer
        return
      }
      let usual = endpoint.kind.expectation
      code = usual?.subject == .status ? response.status : nil
      if let usual, !expected.contains(where: { $0.subject == usual.subject }) {
        expected.insert(usual, at: 0)
      }
      assertions = expected.map { $0.check(&answer, at: at) }
      self.expected = expected
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

  /// What came back tells nothing, and says so. A failure that is known stays one.
  mutating func leaveOpen(_ reason: String) {
    guard self.reason == nil else { return }
    self.reason = reason
    verdict = .undecided
  }

  /// Whether nothing failed so far.
  var isGood: Bool { reason == nil }

  /// Fails with this reason, whatever failed before it.
  mutating func explain(_ reason: String) { self.reason = reason }

  /// Adds a series about the poll itself.
  mutating func report(_ name: String, _ value: Double, phase: String? = nil) {
    reports.append(Report(name: name, phase: phase, value: value))
  }

  /// Adds the result of a check that no assertion says; one that was not passed is the reason.
  mutating func add(_ result: AssertionResult) {
    assertions.append(result)
    if !result.passed { fail(result.reason) }
  }

  func observation(with memory: inout ProbeMemory) -> Observation {
    let took = Span(milliseconds: Instant(seconds: phases.total).milliseconds)
    // Nobody was heard: there is nothing to tell in series, and a 0 would be a lie.
    if verdict == .unable || verdict == .unheard {
      return Observation(
        endpoint: endpoint.name, at: at, took: took, verdict: verdict, reason: reason, phases: phases)
    }
    var finished = self
    finished.reportProbe(wasFailure: memory.wasFailure)
    if verdict != .undecided { memory.wasFailure = reason != nil }
    let target = samples.isEmpty ? .empty : endpoint.targetLabels
    var all = samples.map { sample in
      Sample(sample.labels.attaching(target), sample.value, timestamp: sample.timestamp)
    }
    all.reserveCapacity(all.count + finished.reports.count)
    for (place, report) in finished.reports.enumerated() {
      all.append(Sample(memory.labels(of: report, at: place, endpoint), report.value))
    }
    var observation = Observation(
      endpoint: endpoint.name, at: at, took: took, verdict: verdict, reason: reason, code: code,
      phases: phases,
      certificateExpiry: certificateExpiry, address: address, assertions: assertions, samples: all,
      page: page, scraped: scraped, remark: remark)
    observation.isUnreached = isUnreached
    observation.retryAfter = retryAfter
    return observation
  }

  private var certificateExpiry: Instant? {
    answer?.response.certificateExpiry ?? session?.earliestExpiry
  }

  /// Blackbox exporter's series of all kinds. Not knowing is no success, and no failure either unless the last
  /// that was known was one: that it may still be down must not look like its coming back.
  private mutating func reportProbe(wasFailure: Bool) {
    if verdict != .undecided || wasFailure { report("probe_success", reason == nil ? 1 : 0) }
    report("probe_duration_seconds", phases.total)
    if endpoint.kind.speaksHTTP { reportHTTP() }
    if let expiry = certificateExpiry { report("probe_ssl_earliest_cert_expiry", expiry.seconds) }
  }

  /// Blackbox exporter's series of HTTP; without an answer the status is 0, as there.
  private mutating func reportHTTP() {
    for (name, seconds) in [
      ("connect", phases.connect), ("processing", phases.processing), ("resolve", phases.resolve),
      ("tls", phases.tls), ("transfer", phases.transfer),
    ] {
      report("probe_http_duration_seconds", seconds, phase: name)
    }
    report("probe_http_status_code", Double(code ?? 0))
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
