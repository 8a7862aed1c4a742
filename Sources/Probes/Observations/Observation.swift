package import Metrics
package import Values
package import Wire

/// What came back of polling an endpoint once, judged.
package struct Observation: Hashable, Sendable {
  /// What it says of its endpoint.
  package enum Verdict: Hashable, Sendable {
    case success, failure
    /// What came back tells neither.
    case undecided
    /// Nothing came yet, and it is too early to say that it should have.
    case unheard
    /// Nobody was asked, for something that only we lack.
    case unable
  }

  /// The endpoint's name.
  package var endpoint: String
  /// When the request was started.
  package var at: Instant
  package var took: Span
  package let verdict: Verdict
  /// One phrase: why it is no success; nil when it is one.
  package var reason: String?
  /// The status that the server sent, if it came to that.
  package var code: Int?
  package var phases: Phases
  /// Of the first certificate in the chain that expires.
  package var certificateExpiry: Instant?
  /// `127.0.0.1:8080`; empty when nobody answered.
  package var address: String
  /// In the order of `expect:`; empty when there was nothing to check.
  package var assertions: [AssertionResult]
  /// The whole of the series that the endpoint yields now: what an earlier observation had and this one lacks
  /// has ended. Samples without a time of their own are of ``at``.
  package var samples: [Sample]
  /// The series of the endpoint's page, by its own numbers and without the labels of the endpoint; nil when
  /// there was no page, or when ``samples`` holds it.
  package var page: PageReading?
  /// How many of the samples came from the endpoint's page or document; nil for kinds without one.
  package var scraped: Int?
  /// What is to be seen though nothing failed: a plugin's warning.
  package var remark: String?
  /// Whether nobody was reached at all.
  package var isUnreached = false
  /// For how long the server, overloaded, asked to be left alone: with a status of 429 or 503.
  package var retryAfter: Span?

  /// - Parameter verdict: default failure with a reason, success without.
  package init(
    endpoint: String, at: Instant, took: Span = .zero, verdict: Verdict? = nil, reason: String? = nil,
    code: Int? = nil,
    phases: Phases = Phases(), certificateExpiry: Instant? = nil, address: String = "",
    assertions: [AssertionResult] = [], samples: [Sample] = [], page: PageReading? = nil,
    scraped: Int? = nil, remark: String? = nil
  ) {
    self.endpoint = endpoint
    self.at = at
    self.took = took
    self.verdict = verdict ?? (reason == nil ? .success : .failure)
    self.reason = reason
    self.code = code
    self.phases = phases
    self.certificateExpiry = certificateExpiry
    self.address = address
    self.assertions = assertions
    self.samples = samples
    self.page = page
    self.scraped = scraped
    self.remark = remark
  }

  package var isSuccess: Bool { verdict == .success }
}

extension Observation {
  /// The same with the page's series among ``samples``, for those who poll once.
  func unfolded(_ target: Labels) -> Observation {
    guard let page else { return self }
    var unfolded = self
    unfolded.page = nil
    unfolded.samples =
      Scrape(page).samples.map { Sample($0.labels.attaching(target), $0.value, timestamp: $0.timestamp) }
      + samples
    return unfolded
  }

  /// The same without `secret` in what people read of it.
  func masked(by secret: Secret) -> Observation {
    var masked = self
    masked.reason = reason.map(secret.masking)
    masked.remark = remark.map(secret.masking)
    masked.assertions = assertions.map { result in
      AssertionResult(
        text: result.text, passed: result.passed, expected: result.expected,
        actual: secret.masking(result.actual), subject: result.subject)
    }
    return masked
  }
}
