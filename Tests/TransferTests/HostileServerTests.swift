import Testing
import Transfer
import Values
import Wire

/// Every way in which a server can fail us has a kind and a reason of its own.
@Suite(.timeLimit(.minutes(10)))
struct HostileServerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: String
    let kind: Failure.Kind
    /// With PORT for the server's.
    let reason: String
    var status: Int?

    var testDescription: String { path }
  }

  static let cases = [
    Case(path: "/loop", kind: .tooManyRedirects, reason: "more than 10 redirects", status: 302),
    Case(path: "/huge", kind: .tooLarge, reason: "body larger than 8 MiB", status: 200),
    Case(path: "/endless-header", kind: .tooLarge, reason: "headers larger than 256 KiB", status: 200),
    Case(path: "/silent", kind: .timeout, reason: "no answer in 500ms"),
    Case(path: "/short", kind: .reset, reason: "connection closed after 4 of 100 bytes", status: 200),
    Case(path: "/empty", kind: .reset, reason: "127.0.0.1:PORT closed the connection without an answer"),
    Case(path: "/garbage", kind: .malformed, reason: "the answer is not HTTP"),
    Case(path: "/bad-chunks", kind: .malformed, reason: "the answer is not HTTP", status: 200),
    Case(
      path: "/not-gzip", kind: .malformed, reason: "the body is not compressed as its header says",
      status: 200),
    Case(
      path: "/to?file:///etc/passwd", kind: .invalidURL,
      reason: "redirected to something other than http or https", status: 302),
  ]

  @Test(arguments: cases)
  func failsWithItsReason(_ expected: Case) throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(
      client.failure(server.url(expected.path)) {
        if expected.kind == .timeout { $0.timeout = .milliseconds(500) }
      })
    #expect(failure.kind == expected.kind)
    #expect(failure.reason == expected.reason.replacing("PORT", with: String(server.port)))
    #expect(failure.status == expected.status)
  }

  @Test func aDripEndsAtTheTotalTimeout() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(client.failure(server.url("/drip")) { $0.timeout = .milliseconds(450) })
    #expect(failure.kind == .timeout)
    #expect(failure.reason.hasPrefix("answer not complete in 450ms: "))
    #expect(failure.reason.hasSuffix(" of 100000 bytes"))
    #expect(failure.phases.transfer > 0)
  }

  @Test func aResetInTheMiddleOfTheBody() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(client.failure(server.url("/reset")))
    #expect(failure.kind == .reset)
    #expect(failure.reason.hasPrefix("connection reset by 127.0.0.1:\(server.port)"))
  }

  @Test func nobodyListens() throws {
    let port = try unusedPort()
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(client.failure("http://127.0.0.1:\(port)/health"))
    #expect(failure.kind == .refused)
    #expect(failure.reason == "connection refused by 127.0.0.1:\(port)")
  }

  @Test func aServerThatDoesNotSpeakTLS() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(client.failure("https://127.0.0.1:\(server.port)/ok"))
    #expect(failure.kind == .tls)
    #expect(failure.reason == "TLS: 127.0.0.1:\(server.port) does not speak it")
  }

  @Test func aNameThatDoesNotExist() throws {
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(client.failure("http://no-such-host.invalid/"))
    #expect(failure.kind == .unresolved)
    #expect(failure.reason == "name no-such-host.invalid is unknown")
  }

  @Test(arguments: [
    ("api/health", "not a URL: no http:// before it"),
    ("ftp://127.0.0.1/", "ftp: is neither http: nor https:"),
    ("file:///etc/passwd", "file: is neither http: nor https:"),
    ("http://127.0.0.1:99999/", "not a URL: port number was not a decimal number between 0 and 65535"),
  ])
  func isNotFetchable(url: String, reason: String) throws {
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(client.failure(url))
    #expect(failure.kind == .invalidURL)
    #expect(failure.reason == reason)
  }

  /// The well-behaved one comes first, whatever the others do to us.
  @Test func noneDelaysAnother() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    for path in ["/silent", "/drip", "/silent", "/drip"] {
      var request = Request(url: server.url(path))
      request.timeout = .seconds(5)
      client.start(request)
    }
    let good = client.start(Request(url: server.url("/ok")))
    let first = try #require(client.outcomes(1).first)
    #expect(first.id == good)
    #expect(try first.outcome.get().status == 200)
    client.transfers.stop()
    let rest = client.outcomes(4).map(\.outcome)
    #expect(rest.allSatisfy { $0 == .failure(Failure(.cancelled, reason: "cancelled")) })
  }
}
