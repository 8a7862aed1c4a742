import Probes
import Testing
import Values
import Wire

struct AssertionCheckingTests {
  static let body =
    #"{"status":"degraded","items":[1,2],"depth":231,"up":true,"none":null,"o":{"a":1,"b":2}}"#
  static let now = Instant(seconds: 1_800_000_000)

  private func response() -> Response {
    var phases = Phases()
    phases.total = 1.2
    return Response(
      status: 503, headers: [Header("Content-Type", "text/html")], body: Array(Self.body.utf8),
      phases: phases,
      certificateExpiry: Self.now + .days(3))
  }

  private func result(_ text: String, _ response: Response? = nil) throws -> AssertionResult {
    var endpoint = Endpoint(name: "e", kind: .http, target: "http://127.0.0.1/")
    endpoint.assertions = [try Assertion(text)]
    let observation = endpoint.judge(.success(response ?? self.response()), at: Self.now)
    return try #require(observation.assertions.last)
  }

  @Test(arguments: [
    "status == 503", "status != 200", "status in 500..599", "status >= 503", "latency < 1300ms",
    "latency > 1s",
    #"header("CONTENT-TYPE") == "text/html""#, #"header("content-type") =~ "html$""#, #"header("x") != "y""#,
    #"header("x") !~ "y""#, #"json("$.status") == "degraded""#, #"json("$.status") =~ "^deg""#,
    #"json("$.status") contains "grade""#, #"json("$.depth") > 200"#, #"json("$.depth") in 231..231"#,
    #"json("$.up") == true"#, #"json("$.none") == null"#, #"json("$.missing") != "x""#,
    #"json("$.depth") != "231""#,
    #"len(json("$.items")) == 2"#, #"len(json("$.items[*]")) == 2"#, #"len(json("$.o")) == 2"#,
    #"len(json("$.status")) == 8"#, #"len(header("content-type")) == 9"#, "len(body) > 50",
    #"body contains "degraded""#, #"body !~ "healthy""#, "cert_expiry > 2d", "cert_expiry <= 3d",
  ])
  func holds(text: String) throws {
    #expect(try result(text).passed)
  }

  @Test(arguments: [
    ("status == 200", "status is 503, expected 200"),
    ("status in 200..299", "status is 503, expected 200..299"),
    ("status != 503", "status is 503, expected not 503"),
    ("latency < 800ms", "latency is 1.2s, expected < 800ms"),
    (
      #"header("content-type") =~ "json""#,
      #"header("content-type") is "text/html", expected to match "json""#
    ),
    (#"header("x") == "y""#, #"header("x") is missing, expected "y""#),
    (#"json("$.status") == "ok""#, #"json("$.status") is "degraded", expected "ok""#),
    (#"json("$.gone") == "ok""#, #"json("$.gone") is missing, expected "ok""#),
    (#"json("$.depth") < 200"#, #"json("$.depth") is 231, expected < 200"#),
    (#"json("$.items") == null"#, #"json("$.items") is an array of 2, expected null"#),
    (#"json("$.status") > 1"#, #"json("$.status") is "degraded", expected > 1"#),
    (#"len(json("$.items")) > 2"#, #"len(json("$.items")) is 2, expected > 2"#),
    (#"len(json("$.depth")) > 2"#, #"len(json("$.depth")) is unknown (231 has no length), expected > 2"#),
    ("cert_expiry > 14d", "cert_expiry is 3d00h, expected > 14d"),
    ("dns_rcode == NOERROR", #"dns_rcode is unknown (not a DNS answer), expected "NOERROR""#),
  ])
  func failureShowsExpectedAndActual(text: String, reason: String) throws {
    let result = try result(text)
    #expect(!result.passed)
    #expect(result.reason == reason)
  }

  @Test func remoteTextIsCutAndHarmless() throws {
    let hostile = Response(status: 200, body: Array("\u{1B}[2J\(String(repeating: "x", count: 500))".utf8))
    let actual = try result(#"body contains "healthy""#, hostile).actual
    #expect(actual == "\"␛[2J" + String(repeating: "x", count: 76) + "…\"")
  }

  @Test(arguments: [
    ([0xFF, 0xFE], "unknown (the body is not UTF-8)"),
    (Array("<html>".utf8), #"unknown (not JSON: line 1, column 1: "<" begins no value)"#),
    ([], "unknown (not JSON: the body is empty)"),
  ])
  func aBodyThatIsNoJSONSaysWhy(body: [UInt8], actual: String) throws {
    #expect(try result(#"json("$.status") == "ok""#, Response(status: 200, body: body)).actual == actual)
  }

  @Test func anExpiredCertificateAndNone() throws {
    var response = response()
    response.certificateExpiry = Self.now - .days(2)
    #expect(try result("cert_expiry > 14d", response).actual == "expired 2d00h ago")
    response.certificateExpiry = nil
    #expect(try result("cert_expiry > 14d", response).actual == "missing (no TLS)")
  }
}
