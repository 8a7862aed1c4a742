import Serving
import Simulator
import Testing
import Values

@Suite struct SimulatorServerTests {
  private let clock = TestClock()

  private func server(_ estates: Estate...) throws -> SimulatorServer {
    let clock = clock
    return try SimulatorServer(estates: estates, started: clock.now) { clock.now }
  }

  private func failing(_ fault: String) throws -> Estate {
    estate(try drill("title: Fault\nstart: {health: {fail: \(fault)}}"))
  }

  @Test func severalSystemsAnswerOnPortsOfTheirOwn() throws {
    let server = try server(estate(nil), estate(nil, system: "bank"))
    defer { server.stop() }
    #expect(server.addresses.keys.sorted() == ["bank", "shop"])
    #expect(Set(server.addresses.values).count == 2)
    for address in server.addresses.values {
      let client = try #require(Client(address))
      client.ask("/health")
      #expect(
        client.response() == """
          HTTP/1.1 200 OK\r
          content-type: application/json\r
          content-length: 20\r
          connection: keep-alive\r
          \r
          {"status":"healthy"}
          """)
      client.ask("/nowhere")
      #expect(client.response().hasPrefix("HTTP/1.1 404 Not Found\r\n"))
      client.ask("/items", method: "HEAD")
      guard case .bytes(let head) = client.receive() else {
        Issue.record("no answer to HEAD")
        continue
      }
      let end = "content-length: 3\r\nconnection: keep-alive\r\n\r\n"
      #expect(String(decoding: head, as: UTF8.self).hasSuffix(end))
    }
  }

  @Test func answersFollowTheTimeSinceTheStart() throws {
    let server = try server(
      estate(
        try drill(
          "title: T\nstart: {metrics: {counters: {a_total: 2}}}\nthen: [{at: 10s, health: {status: 503}}]")))
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    clock.advance(.seconds(7))
    client.ask("/metrics")
    #expect(client.response().hasSuffix("# TYPE a_total counter\na_total 14\n"))
    clock.advance(.seconds(3))
    client.ask("/health")
    #expect(client.response().hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
  }

  @Test func anEarlierStartGoesOnWithTheDrill() throws {
    let clock = clock
    let one = estate(try drill("title: T\nstart: {metrics: {counters: {a_total: 2}}}"))
    let server = try SimulatorServer(estates: [one], started: clock.now - .hours(1)) { clock.now }
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/metrics")
    #expect(client.response().hasSuffix("a_total 7200\n"))
  }

  @Test func latencyHoldsTheAnswerBack() throws {
    let server = try server(estate(try drill("title: T\nstart: {health: {latency: 2s}}")))
    defer { server.stop() }
    let slow = try #require(Client(server.addresses["shop"]))
    slow.ask("/health")
    let other = try #require(Client(server.addresses["shop"]))
    other.ask("/items")
    #expect(other.response().hasSuffix("all"))
    #expect(slow.receive(waiting: false) == .nothing)
    clock.advance(.seconds(2))
    #expect(slow.response().hasSuffix(#"{"status":"healthy"}"#))
  }

  @Test func hangReadsAndNeverAnswersAndHoldsNobodyUp() throws {
    let server = try server(failing("hang"))
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/health")
    let other = try #require(Client(server.addresses["shop"]))
    other.ask("/items")
    #expect(other.response().hasSuffix("all"))
    clock.advance(.hours(1))
    other.ask("/items")
    #expect(other.response().hasSuffix("all"))
    #expect(client.receive(waiting: false) == .nothing)
  }

  @Test func resetCutsTheConnection() throws {
    let server = try server(failing("reset"))
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/health")
    #expect(client.receive() == .reset)
  }

  @Test func garbageIsNeitherHTTPNorUTF8() throws {
    let server = try server(failing("garbage"))
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/health")
    guard case .bytes(let bytes) = client.receive() else {
      Issue.record("nothing came")
      return
    }
    #expect(String(validating: bytes, as: UTF8.self) == nil)
    #expect(!bytes.starts(with: Array("HTTP".utf8)))
    #expect(client.receive() == .ended)
  }

  @Test func dripSendsOneByteASecond() throws {
    let server = try server(failing("drip"))
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/health")
    for letter in "HTTP/1.1" {
      #expect(client.receive() == .bytes(Array(String(letter).utf8)))
      #expect(client.receive(waiting: false) == .nothing)
      clock.advance(.seconds(1))
    }
  }

  @Test func refuseClosesThePortAndItOpensAgain() throws {
    let server = try server(
      estate(
        try drill(
          "title: T\nstart: {}\nthen: [{at: 10s, health: {fail: refuse}}, {at: 20s, health: {}}]")))
    defer { server.stop() }
    let address = server.addresses["shop"]
    let early = try #require(Client(address))
    early.ask("/items")
    #expect(early.response().hasSuffix("all"))
    clock.advance(.seconds(10))
    #expect(eventually { Client(address) == nil })
    #expect(early.receive() == .reset)
    clock.advance(.seconds(10))
    #expect(eventually { Client(address) != nil })
    let late = try #require(Client(address))
    late.ask("/health")
    #expect(late.response().hasSuffix(#"{"status":"healthy"}"#))
  }

  @Test func whatIsNotHTTPIsAnsweredAndClosed() throws {
    let server = try server(estate(nil))
    defer { server.stop() }
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/a b")
    #expect(client.response().hasPrefix("HTTP/1.1 400 "))
    #expect(client.receive() == .ended)
  }

  @Test func stoppingClosesEverything() throws {
    let server = try server(estate(nil))
    let client = try #require(Client(server.addresses["shop"]))
    client.ask("/items")
    #expect(client.response().hasSuffix("all"))
    server.stop()
    server.stop()
    #expect(client.receive() != .nothing)
    #expect(Client(server.addresses["shop"]) == nil)
  }

  @Test func aTakenPortIsASentence() throws {
    let first = try server(estate(nil))
    defer { first.stop() }
    let port = try #require(first.addresses["shop"]?.split(separator: ":").last.flatMap { UInt16($0) })
    let error = #expect(throws: SocketFailure.self) { try server(estate(nil, port: port)) }
    #expect(error?.description.hasPrefix("port \(port) of 127.0.0.1 cannot be used: ") == true)
  }
}
