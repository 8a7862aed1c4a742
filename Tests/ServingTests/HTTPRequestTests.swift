import Serving
import Testing

@Suite struct HTTPRequestTests {
  private static let limits = HTTPRequest.Limits(head: 256, body: 100)

  private func read(_ text: String) -> HTTPRequest.Reading {
    HTTPRequest.read(Array(text.utf8), limits: Self.limits)
  }

  private func request(_ text: String) -> HTTPRequest? {
    guard case .complete(let request, _) = read(text) else { return nil }
    return request
  }

  private func status(_ text: String) -> Int? {
    guard case .refused(let refusal) = read(text) else { return nil }
    return refusal.status
  }

  @Test func aRequestIsCompleteWithItsBody() {
    let head = "POST /a?b=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"
    #expect(read(head + "ab") == .incomplete(.body))
    let whole = HTTPRequest(
      method: "POST", target: "/a?b=1",
      fields: [.init(name: "host", value: "x"), .init(name: "content-length", value: "3")],
      body: Array("abc".utf8))
    #expect(read(head + "abcGET") == .complete(whole, bytes: head.utf8.count + 3))
    #expect(whole.header("host") == "x" && whole.header("via") == nil)
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", false), ("GET / HTTP/1.0\r\n\r\n", false),
    ("GET / HTTP/1.0\r\nconnection: Keep-Alive\r\n\r\n", true), ("GET / HTTP/1.1\r\n\r\n", true),
    ("GET / HTTP/1.1\r\nConnection: te, close\r\n\r\n", false),
  ])
  func theConnectionIsKeptAsTheClientWants(_ text: String, _ keeps: Bool) {
    #expect(request(text)?.keepsAlive == keeps)
  }

  @Test func aProxysTargetIsCutToItsPath() {
    #expect(request("GET http://h:1/p?q HTTP/1.1\r\n\r\n")?.target == "/p?q")
    #expect(request("GET http://h HTTP/1.1\r\n\r\n")?.target == "/")
  }

  @Test func blanksAroundAValueAreNone() {
    #expect(request("GET / HTTP/1.1\r\nA: \t b c \t\r\nB:\r\n\r\n")?.fields.map(\.value) == ["b c", ""])
  }

  @Test func aClientThatWaitsToGoOnIsKnown() {
    let head = "PUT / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
    #expect(read(head) == .incomplete(.bodyUntilToldToGoOn))
    #expect(read(head + "a") == .incomplete(.body))
    #expect(request(head + "ab")?.body == [97, 98])
  }

  @Test(arguments: [
    ("GET /\r\n\r\n", 400), ("\r\n\r\n", 400), ("GET / SPDY\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/2.0\r\n\r\n", 400), ("G\u{7F}T / HTTP/1.1\r\n\r\n", 400),
    ("GET /\u{e9} HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    ("GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
    ("GET / HTTP/1.1\r\nContent-Length: 101\r\n\r\n", 413),
    ("GET / HTTP/1.1\r\nnocolon\r\n\r\n", 400), ("GET / HTTP/1.1\r\n: x\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\na b: x\r\n\r\n", 400), ("GET / HTTP/1.1\r\nA: \u{1}\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nA: x\r\n folded\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
  ])
  func whatIsNotHTTPIsRefused(_ text: String, _ expected: Int) {
    #expect(status(text) == expected)
  }

  @Test func anEndlessHeadIsRefused() {
    #expect(status(String(repeating: "A", count: 257)) == 431)
    #expect(status("GET / HTTP/1.1\r\nA: " + String(repeating: "b", count: 300) + "\r\n\r\n") == 431)
    #expect(read("GET / HT") == .incomplete(.head))
    #expect(read("") == .incomplete(.head))
  }

  /// Whatever comes, and however it is cut, reading it ends with an answer.
  @Test func anythingAtAllIsRead() {
    var state: UInt64 = 0x9E37_79B9
    let pieces = [
      "GET", " ", "/", "HTTP/1.1", "\r\n", "\n", "\r", ":", "content-length", "3", "\0", "é", "x",
    ]
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int((state >> 33) % UInt64(pieces.count))]
      }
      let bytes = Array(text.utf8)
      for count in 0...bytes.count {
        if case .complete(_, let taken) = HTTPRequest.read(Array(bytes.prefix(count)), limits: Self.limits) {
          #expect(taken <= count)
        }
      }
    }
  }
}
