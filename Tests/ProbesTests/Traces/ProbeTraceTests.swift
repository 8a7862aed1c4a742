import Probes
import Testing
import Values
import Wire

struct ProbeTraceTests {
  private static let at = Instant(milliseconds: 1_795_230_000_000)

  private static func response() -> Response {
    var phases = Phases()
    (phases.connect, phases.processing, phases.total) = (0.0002, 0.084, 0.0845)
    var response = Response(
      status: 503, headers: [Header("Content-Type", "text/plain")],
      body: Array("s3cr3t says no\u{1B}[2J".utf8),
      phases: phases, address: "10.0.0.5:8080")
    var first = Hop(method: "GET", url: "http://a/", address: "10.0.0.4:80", status: 302)
    first.received = [Header("Location", "https://b/?t=s3cr3t")]
    var last = Hop(method: "GET", url: "https://b/?t=s3cr3t", address: "10.0.0.5:8080", status: 503)
    last.sent = [Header("Accept", "*/*"), Header("X-Own", "s3cr3t")]
    last.phases = phases
    last.session = TLSSession(
      version: "TLS 1.3", cipher: "TLS_AES_256_GCM_SHA384",
      chain: [
        Certificate(
          subject: "CN=b", issuer: "CN=ours", names: ["b", "c"], begins: at - .days(10),
          expires: at + .days(3)),
        Certificate(
          subject: "CN=ours", issuer: "CN=ours", names: [], begins: at - .days(10), expires: at - .days(1)),
      ])
    response.hops = [first, last]
    return response
  }

  private static var endpoint: Endpoint {
    get throws {
      var endpoint = Endpoint(name: "api", kind: .http, target: "http://a/")
      endpoint.assertions = [try Assertion("status == 200"), try Assertion("latency < 800ms")]
      endpoint.authorization = .bearer(Secret("s3cr3t"))
      return endpoint
    }
  }

  @Test func itReadsFromTopToBottom() throws {
    let trace = try Self.endpoint.trace(of: .success(Self.response()), at: Self.at)
    let text = trace.lines(at: Self.at).map { String(repeating: " ", count: 2 * $0.depth) + $0.text }
    #expect(
      text == [
        "api: status is 503, expected 200, after 84.5ms",
        "GET http://a/",
        "  0s in all",
        "  connected to 10.0.0.4:80",
        "  < status 302",
        "  < Location: https://b/?t=•••",
        "redirect 1: GET https://b/?t=•••",
        "  connect 200µs · first byte 84ms · 84.5ms in all",
        "  connected to 10.0.0.5:8080",
        "  TLS 1.3, TLS_AES_256_GCM_SHA384",
        "  certificate 1: CN=b, issued by CN=ours, from \((Self.at - .days(10)).dateClockUTC) to"
          + " \((Self.at + .days(3)).dateClockUTC) (3d00h), for b, c",
        "  certificate 2: CN=ours, issued by CN=ours, from \((Self.at - .days(10)).dateClockUTC) to"
          + " \((Self.at - .days(1)).dateClockUTC) (expired 1d00h ago)",
        "  > Accept: */*",
        "  > X-Own: •••",
        "  < status 503",
        "  body, 18 bytes:",
        "    ••• says no␛[2J",
        "  status == 200: it is 503, expected 200",
        "  latency < 800ms",
        "  8 series",
      ])
    let bad = trace.lines(at: Self.at).filter { $0.role == .bad }.map(\.text)
    #expect(bad.count == 3 && bad[1].hasPrefix("certificate 2"), "the verdict, what has expired, what failed")
  }

  @Test func aFailureIsTracedAsFarAsItWent() throws {
    var failure = Failure(.refused, reason: "connection refused by b:443")
    failure.hops = [Hop(method: "GET", url: "https://b/")]
    let trace = try Self.endpoint.trace(of: .failure(failure), at: Self.at)
    #expect(!trace.isSuccess && trace.checks.isEmpty)
    #expect(trace.lines(at: Self.at).first?.text == "api: connection refused by b:443, after 0s")
  }

  /// What we could not try is not down.
  @Test func whatCouldNotBeTriedIsUnknown() throws {
    let endpoint = Endpoint(name: "gateway", kind: .icmp, target: "127.0.0.1")
    let trace = endpoint.trace(
      of: .failure(Failure(.unable, reason: "not permitted to send ICMP echoes")), at: Self.at)
    #expect(trace.isUnknown && !trace.isSuccess)
    let line = try #require(trace.lines(at: Self.at).first)
    #expect(line.role == .unknown)
    #expect(line.text == "gateway: not known: not permitted to send ICMP echoes, after 0s")
  }

  @Test func whoeverTurnsVerificationOffSeesIt() throws {
    var endpoint = try Self.endpoint
    endpoint.tls.verify = false
    let trace = endpoint.trace(of: .success(Self.response()), at: Self.at)
    #expect(
      trace.lines(at: Self.at).contains { $0.role == .bad && $0.text.contains("was not verified") })
  }

  @Test func aLongAnswerIsCutAndSaysSo() throws {
    let endpoint = Endpoint(name: "api", kind: .http, target: "http://a/")
    let body = [UInt8](repeating: UInt8(ascii: "e"), count: 100_000)
    let trace = endpoint.trace(of: .success(Response(status: 200, body: body)), at: Self.at)
    #expect(trace.answer.count == ProbeTrace.excerpt && trace.answerBytes == 100_000)
    #expect(trace.lines(at: Self.at).contains { $0.text == "body, 100000 bytes, the beginning:" })
  }
}
