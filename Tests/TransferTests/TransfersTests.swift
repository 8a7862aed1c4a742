import Testing
import Transfer
import Values
import Wire

@Suite(.timeLimit(.minutes(10)))
struct TransfersTests {
  @Test func bringsBackWhatCame() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response(server.url("/ok?a=b"))
    #expect(response.status == 200)
    #expect(response.body == Array("fine".utf8))
    #expect(response.header("CONTENT-type") == "text/plain")
    #expect(response.address == "127.0.0.1:\(server.port)")
    #expect(response.finalURL == server.url("/ok?a=b"))
    #expect(response.redirects == 0)
    #expect(response.certificateExpiry == nil)
    #expect(response.phases.connect > 0 && response.phases.processing > 0)
    let parts = response.phases
    let sum = parts.resolve + parts.connect + parts.tls + parts.processing + parts.transfer
    #expect(sum <= parts.total + 1e-9)
  }

  @Test func aBodyThatIsNotUTF8ComesAsItIs() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    #expect(try client.response(server.url("/latin1")).body == [0xE9, 0xFF])
  }

  @Test func anErrorStatusIsAResponse() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    #expect(try client.response(server.url("/missing")).status == 404)
  }

  @Test func sendsMethodHeadersBodyAndName() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response(server.url("/echo")) {
      $0.method = "POST"
      $0.headers = [Header("Content-Type", "application/json"), Header("X-Empty", "")]
      $0.body = Array(#"{"a":1}"#.utf8)
      $0.authorization = .basic(user: "ops", password: Secret("open sesame"))
    }
    let echo = String(decoding: response.body, as: UTF8.self)
    #expect(echo.hasPrefix("POST /echo HTTP/1.1\r\n"))
    #expect(echo.hasSuffix("\r\n\r\n{\"a\":1}"))
    for line in [
      "User-Agent: midwatch/test", "Content-Type: application/json", "X-Empty:", "Content-Length: 7",
      "Authorization: Basic b3BzOm9wZW4gc2VzYW1l",
    ] {
      #expect(echo.contains("\r\n\(line)\r\n"), "\(line)")
    }
    #expect(echo.contains("\r\nAccept-Encoding: "))
    #expect(!echo.contains("Expect:"))
  }

  @Test(arguments: ["PUT", "PATCH", "DELETE"]) func sendsOtherMethods(method: String) throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response(server.url("/echo")) {
      $0.method = method
      $0.body = Array("text".utf8)
    }
    let echo = String(decoding: response.body, as: UTF8.self)
    #expect(echo.hasPrefix("\(method) /echo HTTP/1.1\r\n"))
    #expect(echo.hasSuffix("\r\n\r\ntext"))
    #expect(!echo.contains("form-urlencoded"))
  }

  @Test func tokenAndPasswordStayWithTheirServer() throws {
    let first = try HostileServer()
    let second = try HostileServer()
    defer {
      first.stop()
      second.stop()
    }
    let client = Client()
    defer { client.transfers.stop() }
    for authorization in [
      Request.Authorization.bearer(Secret("s3cr3t-token")),
      .basic(user: "ops", password: Secret("open sesame")),
    ] {
      // Another port is another server, and so is another name.
      for target in [second.url("/echo"), "http://localhost:\(second.port)/echo"] {
        let response = try client.response(first.url("/to?\(target)")) { $0.authorization = authorization }
        #expect(response.redirects == 1)
        #expect(response.finalURL == target)
      }
    }
    let asked = first.heads.withLock { $0 }
    let forwarded = second.heads.withLock { $0 }
    #expect(asked.count == 4 && asked.allSatisfy { $0.contains("\r\nAuthorization: ") })
    #expect(forwarded.count == 4 && !forwarded.contains { $0.contains("Authorization") })
  }

  @Test func reasonsHoldNoSecrets() throws {
    let port = try unusedPort()
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(
      client.failure("http://ops:hunter22@127.0.0.1:\(port)/?token=t0k3n") {
        $0.authorization = .bearer(Secret("s3cr3t-token"))
      })
    #expect(failure.reason == "connection refused by 127.0.0.1:\(port)")
  }

  @Test func theURLThatAnsweredHoldsNoPassword() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response("http://ops:hunter22@127.0.0.1:\(server.port)/ok")
    #expect(response.finalURL == server.url("/ok"))
  }

  @Test func noRedirectsMeansTheRedirectItself() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response(server.url("/to?/ok")) { $0.redirects = 0 }
    #expect(response.status == 302)
    #expect(response.header("location") == "/ok")
  }

  @Test func aHeaderCannotSmuggleAnother() throws {
    let client = Client()
    defer { client.transfers.stop() }
    let failure = try #require(
      client.failure("http://127.0.0.1:1/") { $0.headers = [Header("X-A", "b\r\nX-Evil: c")] })
    #expect(failure.reason == "the header X-A has a line break or a control character in it")
  }

  @Test func resolveLeadsElsewhereForItsRequestOnly() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let url = "http://worker.invalid:\(server.port)/echo"
    let response = try client.response(url) { $0.resolve = "worker.invalid:\(server.port):127.0.0.1" }
    #expect(
      String(decoding: response.body, as: UTF8.self).contains("Host: worker.invalid:\(server.port)\r\n"))
    #expect(client.failure(url)?.kind == .unresolved)
  }

  @Test func limitsHoldTheRestBackWithoutUsingTheirTime() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client(limits: TransferLimits(atOnce: 1, perHost: 1))
    defer { client.transfers.stop() }
    var silent = Request(url: server.url("/silent"))
    silent.timeout = .milliseconds(400)
    client.start(silent)
    // Were its time counted from here, it would be over before its turn comes.
    var next = Request(url: server.url("/ok"))
    next.timeout = .milliseconds(300)
    let last = client.start(next)
    let outcomes = client.outcomes(2)
    #expect(outcomes.last?.id == last)
    #expect(try outcomes.last?.outcome.get().status == 200)
  }

  @Test func cancellingEndsWhatWaitsAndWhatRuns() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client(limits: TransferLimits(atOnce: 1))
    defer { client.transfers.stop() }
    let running = client.start(Request(url: server.url("/silent")))
    let waiting = client.start(Request(url: server.url("/ok")))
    client.transfers.cancel(waiting)
    client.transfers.cancel(running)
    client.transfers.cancel(running)
    let outcomes = client.outcomes(2)
    #expect(outcomes.map(\.id) == [waiting, running])
    #expect(outcomes.allSatisfy { $0.outcome == .failure(Failure(.cancelled, reason: "cancelled")) })
    #expect(try client.response(server.url("/ok")).status == 200)
  }

  @Test func severalThatStartTogetherEachComeBackOnce() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let ids = (100..<140).map { TransferID($0) }
    let good = Request(url: server.url("/ok"))
    client.transfers.start(ids.map { ($0.number == 120 ? Request(url: "no address") : good, $0) })
    let outcomes = client.outcomes(ids.count)
    #expect(Set(outcomes.map(\.id)) == Set(ids))
    for (id, outcome) in outcomes where id.number != 120 { #expect(try outcome.get().status == 200) }
    client.transfers.stop()
    client.transfers.start([(good, TransferID(1)), (good, TransferID(2))])
    let late = client.outcomes(2)
    #expect(late.map(\.id) == [TransferID(1), TransferID(2)])
    #expect(
      late.allSatisfy {
        if case .failure(let failure) = $0.outcome { failure.kind == .cancelled } else { false }
      })
  }

  @Test func aStoppedOneSaysSo() {
    let client = Client()
    client.transfers.stop()
    client.transfers.stop()
    #expect(client.failure("http://127.0.0.1:1/")?.kind == .cancelled)
  }

  @Test func connectionsAreKeptUnlessFreshOnesAreAsked() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    #expect(try client.response(server.url("/ok")).phases.connect > 0)
    #expect(try client.response(server.url("/ok")).phases.connect == 0)
    #expect(try client.response(server.url("/ok")) { $0.freshConnection = true }.phases.connect > 0)
  }
}
