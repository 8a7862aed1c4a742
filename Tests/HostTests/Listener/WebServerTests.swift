import Foundation
import Glibc
import Serving
import Synchronization
import Testing
import Values

@testable import Host

@Suite struct WebServerTests {
  /// A client that says exactly what it is told to.
  private final class Client {
    let descriptor: Int32

    init(_ address: SocketAddress) throws {
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      try #require(descriptor >= 0)
      var to = sockaddr_in()
      to.sin_family = sa_family_t(AF_INET)
      to.sin_port = address.port.bigEndian
      to.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let connected = withUnsafePointer(to: &to) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      try #require(connected == 0)
    }

    deinit { close(descriptor) }

    func say(_ text: String) { say(Array(text.utf8)) }

    func say(_ bytes: [UInt8]) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
    }

    /// What comes until it holds `mark`, or (nil) until the connection ends; ten seconds at most.
    func hear(until mark: String? = nil) -> String {
      var heard: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let text = String(decoding: heard, as: UTF8.self)
        if let mark, text.contains(mark) { return text }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 10_000) == 1 else { return text + "(silence)" }
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return text }
        heard += buffer.prefix(count)
      }
    }
  }

  private static let loopback = SocketAddress.loopback(port: 0)

  /// Says what was asked of it.
  private func echo(_ limits: WebServer.Limits = .init()) throws -> WebServer {
    try WebServer(at: Self.loopback, limits: limits) { request, _ in
      HTTPResponse(200, text: "\(request.method) \(request.target) \(request.body.count)")
    }
  }

  @Test func requestsFollowEachOtherOnOneConnection() throws {
    let server = try echo()
    defer { server.stop() }
    let client = try Client(server.address)
    client.say(
      "GET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nxyGET /c HTTP/1.1\r\nConnection: close\r\n\r\n"
    )
    let heard = client.hear()
    for line in ["GET /a 0", "POST /b 2", "GET /c 0"] {
      #expect(heard.contains("\r\n\r\n\(line)\n"), "\(heard)")
    }
    #expect(heard.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
  }

  @Test func aRequestThatComesInPiecesIsOne() throws {
    let server = try echo()
    defer { server.stop() }
    let client = try Client(server.address)
    for byte in "PUT /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n".utf8 {
      client.say([byte])
    }
    #expect(client.hear(until: "Continue\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
    for byte in "abc".utf8 { client.say([byte]) }
    #expect(client.hear(until: "PUT /x 3\n").hasPrefix("HTTP/1.1 200 OK"))
    client.say("HEAD /x HTTP/1.0\r\n\r\n")
    #expect(client.hear().hasSuffix("connection: close\r\n\r\n"))
  }

  @Test func anAnswerCanComeLaterAndFromElsewhere() throws {
    let tickets = Mutex<[WebServer.Ticket]>([])
    let server = try WebServer(at: Self.loopback) { _, ticket in
      tickets.withLock { $0.append(ticket) }
      return nil
    }
    defer { server.stop() }
    let (first, second) = (try Client(server.address), try Client(server.address))
    first.say("GET /1 HTTP/1.1\r\n\r\n")
    let one = try Condition.wait(for: "the first request") { tickets.withLock { $0.first } }
    second.say("GET /2 HTTP/1.1\r\n\r\n")
    let two = try Condition.wait(for: "the second request") {
      tickets.withLock { $0.count == 2 ? $0.last : nil }
    }
    server.answer(two, HTTPResponse(200, text: "two"))
    #expect(second.hear(until: "two\n").contains("200 OK"))
    server.answer(one, HTTPResponse(503, text: "one"))
    server.answer(one, HTTPResponse(200, text: "again"))
    #expect(first.hear(until: "one\n").contains("503 Service Unavailable"))
    second.say("GET /3 HTTP/1.1\r\n\r\n")
    let three = try Condition.wait(for: "the third request") {
      tickets.withLock { $0.count == 3 ? $0.last : nil }
    }
    server.answer(three, HTTPResponse(200, text: "three"))
    #expect(second.hear(until: "three\n").contains("200 OK"))
  }

  @Test func whatIsTooLongIsRefused() throws {
    var limits = WebServer.Limits()
    limits.request = .init(head: 200, body: 10)
    let server = try echo(limits)
    defer { server.stop() }
    for (text, status) in [
      ("GET /" + String(repeating: "a", count: 300), 431),
      ("GET / HTTP/1.1\r\nContent-Length: 11\r\n\r\n", 413),
      ("\u{1}\u{2}\r\n\r\n", 400), ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ] {
      let client = try Client(server.address)
      client.say(text)
      #expect(client.hear().hasPrefix("HTTP/1.1 \(status) "))
    }
  }

  @Test func whoTakesTooLongIsLetGo() throws {
    var limits = WebServer.Limits()
    limits.transfer = .milliseconds(300)
    limits.idle = .milliseconds(300)
    limits.answer = .milliseconds(300)
    let server = try WebServer(at: Self.loopback, limits: limits) { request, _ in
      request.target == "/never" ? nil : HTTPResponse(200, text: "x")
    }
    defer { server.stop() }
    let (silent, slow, asking) = (
      try Client(server.address), try Client(server.address), try Client(server.address)
    )
    slow.say("GET / HTTP/1.1\r\nA")
    asking.say("GET /never HTTP/1.1\r\n\r\n")
    #expect(silent.hear() == "")
    #expect(slow.hear().hasPrefix("HTTP/1.1 408 Request Timeout"))
    #expect(asking.hear().hasPrefix("HTTP/1.1 503 Service Unavailable"))
  }

  @Test func whoeverDoesNotReadIsLetGoAndTheOthersAreServed() throws {
    var limits = WebServer.Limits()
    limits.transfer = .milliseconds(500)
    limits.connections = 2
    let huge = [UInt8](repeating: 97, count: 32 << 20)
    let server = try WebServer(at: Self.loopback, limits: limits) { request, _ in
      HTTPResponse(200, body: request.target == "/huge" ? huge : [])
    }
    defer { server.stop() }
    let lazy = try Client(server.address)
    lazy.say("GET /huge HTTP/1.1\r\n\r\n")
    let other = try Client(server.address)
    other.say("GET / HTTP/1.1\r\n\r\n")
    #expect(other.hear(until: "keep-alive\r\n\r\n").hasPrefix("HTTP/1.1 200 OK"))
    // There is room for a third only once the lazy one was let go.
    let third = try Client(server.address)
    third.say("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
    #expect(third.hear().hasPrefix("HTTP/1.1 200 OK"))
    #expect(lazy.hear().utf8.count < huge.count)
  }

  @Test func moreThanAreLetInWaitForTheirTurn() throws {
    var limits = WebServer.Limits()
    limits.connections = 2
    let server = try echo(limits)
    defer { server.stop() }
    var inside = [try Client(server.address), try Client(server.address)]
    for client in inside {
      client.say("GET /in HTTP/1.1\r\n\r\n")
      #expect(client.hear(until: "GET /in 0\n").contains("200 OK"))
    }
    let waiting = try Client(server.address)
    waiting.say("GET /late HTTP/1.1\r\nConnection: close\r\n\r\n")
    inside.removeFirst()
    #expect(waiting.hear().contains("GET /late 0"))
  }

  /// Whatever bytes come: the next client is served.
  @Test func noiseEndsNothing() throws {
    let server = try echo()
    defer { server.stop() }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      let client = try Client(server.address)
      client.say(
        (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    let client = try Client(server.address)
    client.say("GET /ok HTTP/1.1\r\nConnection: close\r\n\r\n")
    #expect(client.hear().contains("GET /ok 0"))
  }

  @Test func aTakenPortIsSaid() throws {
    let server = try echo()
    defer { server.stop() }
    let failure = #expect(throws: SocketFailure.self) {
      try WebServer(at: server.address) { _, _ in nil }
    }
    #expect(
      failure?.description.hasPrefix("port \(server.address.port) of 127.0.0.1 cannot be used: ") == true)
  }
}
