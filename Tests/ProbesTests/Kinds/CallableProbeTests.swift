import Probes
import Testing
import Values
import Wire

struct CallableProbeTests {
  private static let at = Instant(seconds: 1_800_000_000)

  private func endpoint() -> Endpoint {
    var endpoint = Endpoint(name: "f", kind: .callable, target: "https://f.example/createSupportTicket")
    endpoint.detail.data = #"{"dryRun":true}"#
    return endpoint
  }

  private func judge(
    _ status: Int, _ body: String, type: String? = "application/json; charset=utf-8",
    _ endpoint: Endpoint? = nil
  ) -> Observation {
    let headers = type.map { [Header("content-type", $0)] } ?? []
    let response = Response(status: status, headers: headers, body: Array(body.utf8))
    return (endpoint ?? self.endpoint()).judge(.success(response), at: Self.at)
  }

  @Test func whatIsSent() throws {
    var endpoint = endpoint()
    endpoint.headers = [
      Header("X-Firebase-AppCheck", "debug"), Header("content-type", "application/json; x=1"),
    ]
    endpoint.authorization = .bearer(Secret("s3cret-token"))
    endpoint.method = "GET"
    guard case .http(let request)? = endpoint.plan() else {
      Issue.record("it is no request")
      return
    }
    #expect(request.method == "POST" && request.url == endpoint.target && request.freshConnection)
    #expect(request.body == Array(#"{"data":{"dryRun":true}}"#.utf8))
    #expect(request.headers.contains(Header("X-Firebase-AppCheck", "debug")))
    #expect(request.headers.filter { $0.name.lowercased() == "content-type" }.count == 1)
    #expect(request.authorization == .bearer(Secret("s3cret-token")))
  }

  @Test(arguments: [
    #"{"result":{"id":1}}"#, #"{"result":null}"#, #"{"result":false}"#, #"{"result":1,"error":null}"#,
  ])
  func aResultIsASuccess(body: String) {
    let observation = judge(200, body)
    #expect(observation.reason == nil)
    #expect(observation.code == 200)
    #expect(observation.samples.contains { $0.labels.metricName == "probe_success" && $0.value == 1 })
  }

  @Test(arguments: [
    (
      200, #"{"error":{"status":"INVALID_ARGUMENT","message":"No title."}}"#,
      #"the function says INVALID_ARGUMENT: "No title." (status 200)"#
    ),
    (
      401, #"{"error":{"status":"UNAUTHENTICATED","message":"Sign in first."}}"#,
      #"the function says UNAUTHENTICATED: "Sign in first." (status 401)"#
    ),
    (500, #"{"error":{"status":"INTERNAL"}}"#, "the function says INTERNAL (status 500)"),
    (200, #"{"result":1,"error":{"message":"x"}}"#, #"the function says "x" (status 200)"#),
    (200, #"{"error":"boom"}"#, #"the function says "boom" as its error (status 200)"#),
    (200, #"{"error":{"status":7}}"#, "the function says an object as its error (status 200)"),
    (200, #"{"data":1}"#, "the answer has neither result nor error"),
    (200, "[]", "the answer has neither result nor error"),
    (503, #"{"result":1}"#, "status is 503, expected 200..299"),
  ])
  func anythingElseIsNone(_ status: Int, _ body: String, _ reason: String) {
    #expect(judge(status, body).reason == reason)
  }

  @Test func whatIsNotJSONIsNoAnswerOfAFunction() {
    #expect(
      judge(200, #"{"result":1}"#, type: "text/html").reason
        == "the Content-Type of the answer is \"text/html\", expected application/json")
    #expect(
      judge(200, #"{"result":1}"#, type: nil).reason
        == "the Content-Type of the answer is missing, expected application/json")
    #expect(judge(200, "{", type: "Application/JSON").reason?.isEmpty == false)
    #expect(judge(404, "<html>", type: "text/html").reason == "status is 404, expected 200..299")
  }

  @Test func assertionsLookIntoTheResult() throws {
    var endpoint = endpoint()
    endpoint.assertions = [try Assertion(#"json("$.result.ok") == true"#)]
    #expect(judge(200, #"{"result":{"ok":true}}"#, endpoint).isSuccess)
    #expect(judge(200, #"{"result":{"ok":false}}"#, endpoint).reason != nil)
    #expect(
      judge(200, #"{"error":{"status":"NOT_FOUND"}}"#, endpoint).reason
        == "the function says NOT_FOUND (status 200)")
  }

  @Test func whatAServerEchoesOfATokenIsMasked() {
    var endpoint = endpoint()
    endpoint.authorization = .bearer(Secret("s3cret-token"))
    let reason = judge(401, #"{"error":{"message":"bad token s3cret-token"}}"#, endpoint).reason
    #expect(reason?.contains("s3cret-token") == false && reason?.contains(Secret.mask) == true)
  }

  @Test func noAnswerIsNone() {
    let failure = Failure(.refused, reason: "connection refused by 10.0.0.5:443")
    #expect(endpoint().judge(.failure(failure), at: Self.at).reason == failure.reason)
  }
}
