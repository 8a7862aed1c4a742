import Probes
import Testing
import Values
import Wire

/// Secrets in what comes back.
struct MaskingTests {
  private static let at = Instant(milliseconds: 1_795_230_000_000)

  private static var endpoint: Endpoint {
    get throws {
      var endpoint = Endpoint(name: "api", kind: .http, target: "http://a/?t=•••")
      endpoint.assertions = [try Assertion("json(\"$.got\") == \"x\"")]
      endpoint.authorization = .bearer(Secret("b3arer"))
      endpoint.confidential.url = Secret("http://a/?t=p%22ss%2Fword")
      endpoint.confidential.headers = ["X-Token": Secret("Token p\"ss/word")]
      endpoint.confidential.values = Secret("p\"ss/word").echoes
      return endpoint
    }
  }

  /// Each way in which a server can say it.
  @Test(arguments: [#"p\"ss/word"#, #"p\"ss\/word"#, "p%22ss%2Fword", "b3arer"])
  func whatAServerEchoesIsMasked(_ echo: String) throws {
    var response = Response(
      status: 200, headers: [Header("X-Echo", echo)], body: Array("{\"got\":\"\(echo)\"}".utf8))
    var hop = Hop(method: "GET", url: "http://a/?t=\(echo)", status: 200)
    hop.sent = [Header("X-Token", "Token \(echo)")]
    hop.received = [Header("X-Echo", echo)]
    response.hops = [hop]
    let endpoint = try Self.endpoint
    let observation = endpoint.judge(.success(response), at: Self.at)
    let trace = endpoint.trace(of: .success(response), at: Self.at)
    var told =
      trace.lines(at: Self.at).map(\.text).joined() + "\(observation.reason ?? "") \(observation.assertions)"
    dump(trace, to: &told)
    dump(endpoint, to: &told)
    #expect(
      !told.contains("p\"ss") && !told.contains("ss/word") && !told.contains("ss%2F")
        && !told.contains("b3arer"), "\(told)")
    #expect(observation.reason?.contains(Secret.mask) == true)
  }

  @Test func aFailureThatNamesItIsMasked() throws {
    var failure = Failure(.unresolved, reason: "name p%22ss%2Fword.a is unknown")
    failure.hops = [Hop(method: "GET", url: "http://p%22ss%2Fword.a/")]
    let endpoint = try Self.endpoint
    #expect(endpoint.judge(.failure(failure), at: Self.at).reason == "name •••.a is unknown")
    #expect(endpoint.trace(of: .failure(failure), at: Self.at).hops.first?.url == "http://•••.a/")
  }

  @Test func aSecretAtTheEndOfTheExcerptIsNotCutInTwo() throws {
    let body = String(repeating: "x", count: ProbeTrace.excerpt - 3) + "b3arer"
    let trace = try Self.endpoint.trace(
      of: .success(Response(status: 200, body: Array(body.utf8))), at: Self.at)
    #expect(trace.answer.hasSuffix("x" + Secret.mask))
  }
}
