internal import Metrics
package import Values
package import Wire

/// One probe from its beginning to its end: where it went, what was said, how long each part took, and how each
/// assertion turned out. Secrets in it are masked.
package struct ProbeTrace: Hashable, Codable, Sendable {
  package struct Check: Hashable, Codable, Sendable {
    package var text: String
    package var passed: Bool
    package var expected: String
    package var actual: String
  }

  /// The endpoint's name; for what was never configured, its target.
  package var endpoint: String
  package var kind: String
  package var target: String
  /// When it was started.
  package var at: Instant
  /// One phrase: why it failed; nil when it did not.
  package var reason: String?
  /// Whether it tells neither up nor down: we could not try, or the answer was that nobody knows.
  package var isUnknown: Bool
  package var code: Int?
  package var address: String
  package var phases: Phases
  /// Requests, where it is HTTP: one, and one for each redirect.
  package var hops: [Hop]
  /// The last handshake.
  package var session: TLSSession?
  /// Whether the server's certificate was not looked at, because somebody said so.
  package var isUnverified: Bool
  package var dnsCode: String?
  package var checks: [Check]
  /// The beginning of what was answered, as text.
  package var answer: String
  /// Bytes of the whole answer.
  package var answerBytes: Int
  /// How many series it made.
  package var series: Int

  /// Characters of ``answer`` that are kept.
  package static let excerpt = 2048

  package var isSuccess: Bool { reason == nil && !isUnknown }
}

extension Endpoint {
  /// What came back as a trace. Pure; costs as much as ``judge(_:at:)``.
  package func trace(of outcome: Outcome, at: Instant) -> ProbeTrace {
    let observation = judge(outcome, at: at)
    var trace = ProbeTrace(
      endpoint: name, kind: kind.name, target: target, at: at, reason: observation.reason,
      isUnknown: observation.verdict != .success && observation.verdict != .failure,
      code: observation.code, address: observation.address, phases: observation.phases, hops: [],
      session: nil, isUnverified: !tls.verify, dnsCode: nil,
      checks: observation.assertions.map {
        ProbeTrace.Check(text: $0.text, passed: $0.passed, expected: $0.expected, actual: $0.actual)
      }, answer: "", answerBytes: 0, series: observation.samples.count)
    switch outcome {
    case .success(let response):
      trace.hops = response.hops
      trace.session = response.session ?? response.hops.last?.session
      trace.dnsCode = response.names?.code
      trace.answerBytes = response.body.count
      // A character has four bytes at most; what is cut in two at the end is cut off.
      // A secret that is cut in two would not be known for one.
      let start = String(decoding: response.body.prefix(ProbeTrace.excerpt * 4), as: UTF8.self)
      trace.answer = String(secrets.masking(start).prefix(ProbeTrace.excerpt))
    case .failure(let failure):
      trace.hops = failure.hops
      trace.session = failure.hops.last?.session
    }
    return secrets.reduce(trace) { $0.masked(by: $1) }
  }
}

extension ProbeTrace {
  /// The same without `secret` anywhere: servers echo what they are sent.
  func masked(by secret: Secret) -> ProbeTrace {
    var masked = self
    masked.reason = reason.map(secret.masking)
    masked.target = secret.masking(target)
    masked.answer = secret.masking(answer)
    for index in masked.checks.indices {
      masked.checks[index].actual = secret.masking(masked.checks[index].actual)
    }
    masked.hops = hops.map { $0.masked(by: [secret]) }
    return masked
  }
}
