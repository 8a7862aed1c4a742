import Testing
import Transfer
import Values
import Wire

@Suite(.timeLimit(.minutes(10)))
struct StreamsTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func aQuestionAndItsAnswer() throws {
    let server = try ScriptedServer { peer in
      if peer.hear() == Array("PING\r\n".utf8) {
        peer.say("+PO")
        peer.say("NG\r\n")
      }
      peer.hearAll()
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(
      SocketClient.stream(server.port) {
        $0.steps = [.send(bytes("PING\r\n"))]
        $0.reading = .until([bytes("PONG")])
      }
    ).get()
    #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("+PONG"))
    #expect(response.address == "127.0.0.1:\(server.port)")
    let phases = response.phases
    #expect(phases.connect > 0 && phases.processing > 0 && phases.tls == 0)
    let sum = phases.resolve + phases.connect + phases.processing + phases.transfer
    #expect(abs(phases.total - sum) < 1e-6)
  }

  @Test func aBannerIsReadUntilItIsQuiet() throws {
    let server = try ScriptedServer { peer in
      peer.say("SSH-2.0-x\r\n")
      peer.hearAll()
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(SocketClient.stream(server.port) { $0.reading = .untilQuiet }).get()
    #expect(response.body == bytes("SSH-2.0-x\r\n"))
    // The silence that we wait for is not the server's.
    #expect(response.phases.transfer == 0)
  }

  @Test func nobodyThere() throws {
    let port = try unusedPort()
    let client = SocketClient()
    defer { client.sockets.stop() }
    let failure = try #require(client.failure(SocketClient.stream(port)))
    #expect(failure.kind == .refused)
    #expect(failure.reason == "connection refused by 127.0.0.1:\(port)")
    #expect(failure.address == "127.0.0.1:\(port)")
  }

  @Test(arguments: [
    ("silent", "no answer in 200ms", Failure.Kind.timeout),
    ("closing", "closed the connection without an answer", .reset),
  ])
  func noAnswer(_ behaviour: String, _ reason: String, _ kind: Failure.Kind) throws {
    let server = try ScriptedServer { peer in
      if behaviour == "silent" { peer.hearAll() } else { _ = peer.hear() }
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let failure = try #require(
      client.failure(
        SocketClient.stream(server.port) {
          $0.steps = [.send([1])]
          $0.reading = .untilQuiet
          $0.timeout = .milliseconds(behaviour == "silent" ? 200 : 10_000)
        }))
    #expect(failure.kind == kind)
    #expect(failure.reason.hasSuffix(reason), "\(failure.reason)")
    #expect(failure.phases.connect > 0 && failure.phases.total >= failure.phases.processing)
  }

  /// What came before the time was over is for the assertions to judge.
  @Test func aWrongAnswerIsHandedOver() throws {
    let server = try ScriptedServer { peer in
      peer.say("-ERR")
      peer.hearAll()
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(
      SocketClient.stream(server.port) {
        $0.reading = .until([bytes("PONG")])
        $0.timeout = .milliseconds(200)
      }
    ).get()
    #expect(response.body == bytes("-ERR"))
  }

  @Test func aNameIsLookedUpAndAnUnknownOneIsSaid() throws {
    let server = try ScriptedServer { peer in peer.hearAll() }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(
      SocketClient.stream(server.port, host: "localhost") { $0.family = .v4 }
    ).get()
    #expect(response.address == "127.0.0.1:\(server.port)" && response.phases.resolve > 0)
    let failure = try #require(
      client.failure(SocketClient.stream(server.port, host: "no-such-host.invalid")))
    #expect(failure.kind == .unresolved || failure.kind == .timeout)
    #expect(failure.reason.contains("no-such-host.invalid"), "\(failure.reason)")
  }

  @Test func aSecondAddressIsTriedWhereTheFirstRefuses() throws {
    let server = try ScriptedServer { peer in peer.hearAll() }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    // Where localhost is ::1 too, nobody listens there.
    let response = try client.outcome(SocketClient.stream(server.port, host: "localhost")).get()
    #expect(response.address == "127.0.0.1:\(server.port)")
  }

  @Test func eachCompletesOnceWhateverBecomesOfIt() throws {
    let server = try ScriptedServer { peer in peer.hearAll() }
    defer { server.stop() }
    let client = SocketClient(limits: TransferLimits(atOnce: 4, perHost: 2))
    let plan = SocketClient.stream(server.port) { $0.reading = .untilQuiet }
    let ids = (0..<10).map { _ in client.start(plan) }
    client.sockets.cancel(ids[0])
    client.sockets.cancel(ids[9])
    client.sockets.cancel(ids[9])
    #expect(Set(client.outcomes(2).map(\.id)) == [ids[0], ids[9]])
    client.sockets.stop()
    client.start(plan)
    let rest = client.outcomes(9)
    #expect(rest.count == 9 && Set(rest.map(\.id)).count == 9)
    for (_, outcome) in rest {
      guard case .failure(let failure) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(failure.kind == .cancelled)
    }
  }

  @Test func aThousandConnectionsAreServedInTurn() throws {
    let server = try ScriptedServer { peer in peer.say("ok") }
    defer { server.stop() }
    let client = SocketClient(limits: TransferLimits(atOnce: 16, perHost: 16))
    defer { client.sockets.stop() }
    for _ in 0..<1000 {
      client.start(SocketClient.stream(server.port) { $0.reading = .until([bytes("ok")]) })
    }
    let answers = client.outcomes(1000)
    #expect(Set(answers.map(\.id)).count == 1000)
    #expect(
      answers.allSatisfy {
        if case .success(let response) = $0.outcome { response.body == bytes("ok") } else { false }
      })
  }
}
