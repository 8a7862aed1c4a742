import Testing
import Transfer
import Values
import Wire

/// What a transfer tells libcurl stays with it: a handle that is used again brings nothing along.
struct ReuseTests {
  @Test func oneThatDiffersInAnythingButItsURLBringsNothingAlong() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    func echo(_ change: (inout Request) -> Void = { _ in }) throws -> String {
      String(decoding: try client.response(server.url("/echo"), change).body, as: UTF8.self)
    }
    let bearer = try echo { $0.authorization = .bearer(Secret("first-token")) }
    #expect(bearer.contains("\r\nAuthorization: Bearer first-token\r\n"))
    #expect(
      try echo { $0.authorization = .bearer(Secret("second-token")) }.contains("Bearer second-token\r\n"))
    #expect(try echo { $0.headers = [Header("X-Probe", "1")] }.contains("\r\nX-Probe: 1\r\n"))
    #expect(try echo { $0.method = "PUT" }.hasPrefix("PUT "))
    #expect(try echo { $0.body = Array("text".utf8) }.hasSuffix("\r\n\r\ntext"))
    let plain = try echo()
    #expect(plain.hasPrefix("GET /echo HTTP/1.1\r\n"))
    #expect(!plain.contains("Authorization") && !plain.contains("X-Probe") && plain.hasSuffix("\r\n\r\n"))
  }

  @Test func aUserInAURLIsNotSentToTheNextOne() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    for path in ["/echo?1", "/echo?2", "/echo?3"] {
      let named = server.url(path).replacing("://", with: "://ops:open@")
      let response = try client.response(named)
      #expect(String(decoding: response.body, as: UTF8.self).contains("Authorization: Basic b3BzOm9wZW4="))
      #expect(response.finalURL == server.url(path))
      let plain = try client.response(server.url(path))
      #expect(!String(decoding: plain.body, as: UTF8.self).contains("Authorization"))
    }
  }

  @Test func anAnswerIsItsOwn() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    for _ in 0..<3 {
      let moved = try client.response(server.url("/to?\(server.url("/ok"))"))
      #expect(moved.redirects == 1 && moved.finalURL == server.url("/ok"))
      let missing = try client.response(server.url("/missing"))
      #expect(missing.status == 404 && missing.body == Array("no".utf8) && missing.redirects == 0)
      #expect(missing.finalURL == server.url("/missing"))
      #expect(client.failure(server.url("/short"))?.kind == .reset)
      let fine = try client.response(server.url("/ok"))
      #expect(fine.status == 200 && fine.header("content-LENGTH") == String(fine.body.count))
      #expect(fine.header("Location") == nil && fine.phases.total > 0)
    }
  }

  @Test func aFreshConnectionIsFreshEachTime() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    for _ in 0..<3 {
      #expect(try client.response(server.url("/ok")) { $0.freshConnection = true }.phases.connect > 0)
    }
  }
}
