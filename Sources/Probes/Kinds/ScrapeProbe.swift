internal import Metrics
internal import Values
internal import Wire

/// `scrape:` – a page of metrics in Prometheus' text format or OpenMetrics, taken as Prometheus takes it.
enum ScrapeProbe: Probe {
  static func plan(_ endpoint: Endpoint) -> Plan {
    var request = endpoint.request
    request.addHeader(
      "Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
    request.addHeader("X-Prometheus-Scrape-Timeout-Seconds", Shown.number(endpoint.timeout.seconds))
    return .http(request)
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    if judgement.isStatusAsExpected, let response = judgement.answer?.response {
      do throws(Failure) {
        judgement.page = try read(response, with: &memory)
      } catch {
        judgement.fail(error.reason)
      }
    }
    let page = judgement.page
    judgement.scraped = page?.samplesScraped ?? 0
    // As in Prometheus: `up` tells whether there was a page, not whether we liked it.
    judgement.report("up", page == nil ? 0 : 1)
    judgement.report("scrape_duration_seconds", judgement.phases.total)
    judgement.report("scrape_samples_scraped", Double(page?.samplesScraped ?? 0))
    // Nothing is relabelled here, so all of them remain.
    judgement.report("scrape_samples_post_metric_relabeling", Double(page?.samplesScraped ?? 0))
    judgement.report("scrape_series_added", Double(page?.new.count ?? 0))
    return judgement.observation(with: &memory)
  }

  private static func read(
    _ response: Response, with memory: inout ProbeMemory
  ) throws(Failure) -> PageReading {
    guard let type = response.header("Content-Type") else {
      throw Failure(.malformed, reason: "the page has no Content-Type; text/plain is expected")
    }
    guard let format = memory.format(of: type) else {
      throw Failure(.malformed, reason: "\(Shown.quoted(type)) is no page of metrics")
    }
    do throws(ExpositionError) {
      return try memory.read(response.body, format: format)
    } catch {
      throw Failure(.malformed, reason: "metrics page, line \(error.line): \(Inert.terminal(error.what))")
    }
  }
}
