import Synchronization
import Testing
import Values
import Wire

@testable import Transfer

@Suite(.timeLimit(.minutes(10)))
struct NamesTests {
  /// The reply to whatever question `bytes` are, with these flags, counts and records.
  private static func reply(
    _ bytes: [UInt8], flags: UInt16 = 0x8180, _ answers: UInt8 = 0, _ records: [UInt8] = []
  ) -> [UInt8] {
    // Up to the end of the question, which is followed by our EDNS record.
    Array(bytes[..<2]) + NameQuestion.bytes(flags) + [0, 1, 0, answers, 0, 0, 0, 0]
      + bytes[12..<(bytes.count - 11)]
      + records
  }

  private static let record = NameMessageTests.record(1, [10, 0, 0, 5])

  @Test func anAnswer() throws {
    let server = try DatagramServer { [Self.reply($0, 1, Self.record)] }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(SocketClient.name("api.internal", at: server.port)).get()
    #expect(response.names?.code == "NOERROR")
    #expect(String(decoding: response.body, as: UTF8.self) == "api.internal. 300 IN A 10.0.0.5")
    #expect(response.phases.processing > 0 && response.address == "127.0.0.1:\(server.port)")
  }

  @Test func anAnswerThatIsNotOursIsWaitedOut() throws {
    let server = try DatagramServer { question in
      var spoofed = Self.reply(question, 1, Self.record)
      spoofed[0] ^= 0xFF
      return [spoofed, Self.reply(question, flags: 0x8183)]
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    #expect(try client.outcome(SocketClient.name("x", at: server.port)).get().names?.code == "NXDOMAIN")
  }

  @Test func aLostQuestionIsAskedAgain() throws {
    let asked = Atomic(0)
    let server = try DatagramServer { question in
      let isFirst = asked.add(1, ordering: .relaxed).oldValue == 0
      return isFirst ? [] : [Self.reply(question, 1, Self.record)]
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let plan = SocketClient.name("x", at: server.port) { $0.timeout = .seconds(2) }
    #expect(try client.outcome(plan).get().names?.values == ["10.0.0.5"])
  }

  @Test func silence() throws {
    let server = try DatagramServer { _ in [] }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let plan = SocketClient.name("x", at: server.port) { $0.timeout = .milliseconds(200) }
    let failure = try #require(client.failure(plan))
    #expect(failure.kind == .timeout && failure.reason == "no answer in 200ms")
  }

  @Test func nobodyThere() throws {
    let port = try unusedPort()
    let client = SocketClient()
    defer { client.sockets.stop() }
    let failure = try #require(client.failure(SocketClient.name("x", at: port)))
    #expect(failure.kind == .refused && failure.reason == "connection refused by 127.0.0.1:\(port)")
  }

  @Test func whatIsCutOffComesOverTCP() throws {
    let stream = try ScriptedServer { peer in
      var bytes = peer.hear()
      while bytes.count < 2 || bytes.count < 2 + Int(bytes[1]) {
        let more = peer.hear()
        guard !more.isEmpty else { return }
        bytes += more
      }
      let reply = Self.reply(Array(bytes[2...]), 2, Self.record + Self.record)
      peer.say([0, UInt8(reply.count)])
      peer.say(reply)
      peer.hearAll()
    }
    defer { stream.stop() }
    // The same number is free for datagrams, unless somebody was faster.
    guard let server = try? DatagramServer(port: stream.port, { [Self.reply($0, flags: 0x8380)] }) else {
      return
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(SocketClient.name("api.internal", at: server.port)).get()
    #expect(response.names?.values == ["10.0.0.5", "10.0.0.5"])
  }
}
