import Testing
import Transfer
import Values
import Wire

/// Secrets in headers, URL and body: they arrive, and are nowhere to be seen.
@Suite(.timeLimit(.minutes(10)))
struct ConfidentialTests {
  private static let key = Secret("k3y/of mine")

  private static func confidential(_ url: String) -> Request {
    var request = Request(url: url + "?t=•••")
    request.confidential.url = Secret(url + "?t=" + key.percentEncoded())
    request.confidential.headers = ["X-Token": Secret("Token k3y/of mine"), "X-Short": Secret("abc")]
    request.confidential.values = key.echoes
    return request
  }

  @Test func theyArriveAndAreNotTold() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    for isTraced in [false, true] {
      let wanted = Self.confidential(server.url("/ok"))
      let response = try client.response("") {
        $0 = wanted
        $0.isTraced = isTraced
      }
      let head = try #require(server.heads.withLock { $0 }.last)
      #expect(head.contains("GET /ok?t=k3y%2Fof%20mine HTTP/1.1"))
      #expect(head.contains("X-Token: Token k3y/of mine") && head.contains("X-Short: abc"))
      #expect(response.status == 200)
      var told = "\(response.finalURL) \(response.hops)"
      dump(wanted, to: &told)
      #expect(!told.contains("k3y") && !told.contains("abc"), "\(told)")
      guard isTraced else { continue }
      let hop = try #require(response.hops.first)
      #expect(hop.url.hasPrefix(server.url("/ok?t=")))
      #expect(hop.sent.filter { $0.name.hasPrefix("X-") }.map(\.value) == [Secret.mask, Secret.mask])
    }
  }

  @Test func theyGoToNoOtherServer() throws {
    let first = try HostileServer()
    let second = try HostileServer()
    defer {
      first.stop()
      second.stop()
    }
    let client = Client()
    defer { client.transfers.stop() }
    let request = Self.confidential(first.url("/ok"))
    let response = try client.response("") {
      $0 = request
      $0.url = first.url("/to?\(second.url("/ok"))")
      $0.confidential.url = nil
      $0.isTraced = true
    }
    #expect(response.redirects == 1)
    #expect(!second.heads.withLock { $0 }.joined().contains("X-"))
  }

  @Test func aFailureDoesNotTellThemEither() throws {
    let client = Client()
    defer { client.transfers.stop() }
    let port = try unusedPort()
    // As a host it is asked for, as a header it would be two.
    var request = Request(url: "http://•••.invalid:\(port)/")
    request.confidential.url = Secret("http://k3y-of-mine.invalid:\(port)/")
    request.confidential.values = [Secret("k3y-of-mine")]
    request.isTraced = true
    let failure = try #require(client.failure("") { $0 = request })
    #expect(failure.reason == "name •••.invalid is unknown")
    #expect(!"\(failure)".contains("k3y"))
    request.url = "http://127.0.0.1:\(port)/"
    request.confidential.url = nil
    request.confidential.headers = ["X-Token": Secret("k3y-of-mine\r\nX-Evil: 1")]
    let refused = try #require(client.failure("") { $0 = request })
    #expect(refused.reason == "the header X-Token has a line break or a control character in it")
  }

  @Test func aBodyThatHoldsOneIsSentToTheServerThatItIsForOnly() throws {
    let server = try ScriptedServer { peer in
      let head = String(decoding: peer.hear(), as: UTF8.self)
      if head.contains("/away") {
        peer.say("HTTP/1.1 307 T\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n")
      } else {
        let length = head.contains("pass=k3y/of mine") ? 2 : 1
        peer.say(
          "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "x", count: length))
      }
    }
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    func send(_ path: String) -> Outcome {
      client.outcome("http://127.0.0.1:\(server.port)\(path)") {
        $0.method = "POST"
        $0.confidential.body = Secret("pass=k3y/of mine")
        $0.confidential.values = Self.key.echoes
      }
    }
    #expect(try send("/here").get().body.count == 2)
    guard case .failure(let failure) = send("/away") else {
      Issue.record("it followed")
      return
    }
    #expect(failure.reason == "redirected to another server, which the secret in the body is not for")
  }
}
