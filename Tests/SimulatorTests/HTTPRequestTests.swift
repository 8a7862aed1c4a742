import Testing

@testable import Simulator

@Suite struct HTTPRequestTests {
  private func read(_ text: String) -> HTTPRequest.Reading { HTTPRequest.read(Array(text.utf8)) }

  @Test func aRequestIsCompleteWithItsBody() {
    let head = "POST /a?b=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"
    #expect(read(head + "ab") == .incomplete)
    let request = HTTPRequest(method: "POST", target: "/a?b=1", keepsAlive: true)
    #expect(read(head + "abcGET") == .complete(request, bytes: head.utf8.count + 3))
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", false), ("GET / HTTP/1.0\r\n\r\n", false),
    ("GET / HTTP/1.0\r\nconnection: Keep-Alive\r\n\r\n", true), ("GET / HTTP/1.1\r\n\r\n", true),
  ])
  func theConnectionIsKeptAsTheClientWants(_ text: String, _ keeps: Bool) {
    #expect(
      read(text)
        == .complete(HTTPRequest(method: "GET", target: "/", keepsAlive: keeps), bytes: text.utf8.count))
  }

  @Test func aProxysTargetIsCutToItsPath() {
    guard case .complete(let request, _) = read("GET http://h:1/p?q HTTP/1.1\r\n\r\n") else {
      Issue.record("not complete")
      return
    }
    #expect(request.target == "/p?q")
  }

  @Test(arguments: [
    "GET /\r\n\r\n", "\r\n\r\n", "GET / SPDY\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "GET / HTTP/1.1\r\nnocolon\r\n\r\n",
    "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
  ])
  func whatIsNotHTTPIsRefused(_ text: String) {
    #expect(read(text) == .malformed)
  }

  @Test func anEndlessHeadIsRefused() {
    #expect(HTTPRequest.read(Array(repeating: 65, count: HTTPRequest.limit + 1)) == .malformed)
    #expect(read("GET / HT") == .incomplete)
  }
}
