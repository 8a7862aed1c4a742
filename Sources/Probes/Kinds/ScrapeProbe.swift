internal import Metrics
internal import Values
internal import Wire

/// `scrape:` – a page of metrics in Prometheus' text format or OpenMetrics, taken as Prometheus takes it.
enum ScrapeProbe: Probe {
  static func plan(_ endpoint: Endpoint) -> Request {
    var request = endpoint.request
    request.addHeader(
      "Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
    request.addHeader("X-Prometheus-Scrape-Timeout-Seconds", Shown.number(endpoint.timeout.seconds))
    return request
  }

  static func judge(_ outcome: Outcome, of endpoint: Endpoint, at: Instant) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    let page = judgement.answer.flatMap { judgement.isStatusAsExpected ? read($0.response) : nil }
    var samples: [Sample] = []
    switch page {
    case .success(let scrape): samples = scrape.samples
    case .failure(let failure): judgement.fail(failure.reason)
    case nil: break
    }
    judgement.scraped = samples.count
    judgement.samples = samples
    // As in Prometheus: `up` tells whether there was a page, not whether we liked it.
    judgement.report("up", (try? page?.get()) == nil ? 0 : 1)
    judgement.report("scrape_duration_seconds", judgement.phases.total)
    judgement.report("scrape_samples_scraped", Double(samples.count))
    return judgement.observation
  }

  private static func read(_ response: Response) -> Result<Scrape, Failure> {
    guard let type = response.header("Content-Type") else {
      return .failure(Failure(.malformed, reason: "the page has no Content-Type; text/plain is expected"))
    }
    guard let format = Exposition.Format(contentType: type) else {
      return .failure(Failure(.malformed, reason: "\(Shown.quoted(type)) is no page of metrics"))
    }
    return Exposition.parse(response.body, format: format).mapError {
      Failure(.malformed, reason: "metrics page, line \($0.line): \(Inert.terminal($0.what))")
    }
  }
}
