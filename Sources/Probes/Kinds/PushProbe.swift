internal import Metrics
internal import Values
internal import Wire

/// `push:` – a heartbeat or a page of metrics that somebody pushes to us; silent for too long is down.
///
/// What was pushed last counts as of each look at it, until it is too old; then its series end.
enum PushProbe: Probe {
  static var speaksHTTP: Bool { false }
  static var expectation: Assertion? { nil }
  static var aspects: Set<Assertion.Aspect> { [.body] }

  static func plan(_ endpoint: Endpoint) -> Plan {
    .pushed(PushedRequest(patience: patience(of: endpoint)))
  }

  static func judge(
    _ outcome: Outcome, of endpoint: Endpoint, at: Instant, with memory: inout ProbeMemory
  ) -> Observation {
    var judgement = Judgement(outcome, of: endpoint, at: at)
    guard let response = judgement.answer?.response, let push = response.push else {
      return judgement.observation(with: &memory)
    }
    judgement.report("push_time_seconds", push.at.seconds)
    if push.silence > patience(of: endpoint) {
      judgement.explain("nothing was pushed for \((at - push.at).short)")
    } else if !response.body.isEmpty {
      // It was read when it came, so it can only be as good as it was then.
      let format = response.header("Content-Type").flatMap(Exposition.Format.init(contentType:))
      do throws(ExpositionError) {
        judgement.page = try memory.read(response.body, format: format ?? .prometheusText)
      } catch {
        judgement.fail("what was pushed, line \(error.line): \(Inert.terminal(error.what))")
      }
      judgement.scraped = judgement.page?.samplesScraped ?? 0
    }
    return judgement.observation(with: &memory)
  }

  private static func patience(of endpoint: Endpoint) -> Span { endpoint.detail.silence ?? endpoint.every }
}
