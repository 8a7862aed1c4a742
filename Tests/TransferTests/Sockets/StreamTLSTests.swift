import Foundation
import Testing
import Transfer
import Values
import Wire

@Suite(
  .timeLimit(.minutes(10)),
  .enabled(if: TLSServer.isAvailable, "openssl is not installed: apt install openssl"))
struct StreamTLSTests {
  private func plan(_ server: TLSServer, _ change: (inout StreamRequest) -> Void = { _ in }) -> SocketPlan {
    SocketClient.stream(server.port) {
      $0.security = .immediate
      $0.tls.ca = server.certificate
      change(&$0)
    }
  }

  @Test func whatTheServerShows() throws {
    let server = try TLSServer(name: "IP:127.0.0.1,DNS:api.invalid", days: 30)
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(plan(server)).get()
    let session = try #require(response.session)
    #expect(session.version == "TLS 1.3" && session.cipher.hasPrefix("TLS_"))
    let leaf = try #require(session.chain.first)
    #expect(session.chain.count == 1)
    #expect(leaf.subject == "CN=midwatch test" && leaf.issuer == "CN=midwatch test")
    #expect(leaf.names == ["127.0.0.1", "api.invalid"])
    #expect(leaf.fingerprint.count == 64 && !leaf.serial.isEmpty)
    let now = Date().timeIntervalSince1970
    #expect(leaf.begins.seconds <= now + 1)
    let days = (leaf.expires.seconds - now) / 86_400
    #expect(days > 29 && days < 31)
    #expect(response.certificateExpiry == leaf.expires && session.trustedUntil == leaf.expires)
    #expect(response.phases.tls > 0)
  }

  /// The one that is refused is the one that people want to see.
  @Test func whatIsRefusedIsShownToo() throws {
    let server = try TLSServer(name: "DNS:api.invalid", days: 3)
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let unknown = try #require(client.failure(plan(server) { $0.tls.ca = nil }))
    #expect(unknown.kind == .tls && unknown.reason == "certificate: self-signed certificate")
    #expect(unknown.session?.chain.first?.names == ["api.invalid"])
    #expect(unknown.session?.trustedUntil == nil)
    let wrong = try #require(client.failure(plan(server)))
    #expect(wrong.reason == "certificate: not for the name 127.0.0.1")
    #expect(wrong.session?.chain.count == 1)
    #expect(try client.outcome(plan(server) { $0.tls.serverName = "api.invalid" }).get().session != nil)
    #expect(try client.outcome(plan(server) { $0.tls.verify = false }).get().session != nil)
  }

  @Test func anAddressThatIsNotInTheCertificate() throws {
    let server = try TLSServer(name: "IP:127.0.0.9", days: 3)
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    #expect(client.failure(plan(server))?.reason == "certificate: not for the name 127.0.0.1")
  }

  @Test func filesOfOursThatCannotBeUsed() throws {
    let server = try TLSServer(name: "IP:127.0.0.1", days: 1)
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    #expect(
      client.failure(plan(server) { $0.tls.ca = "/nonexistent" })?.reason
        == "certificate: the CA file cannot be read")
    #expect(
      client.failure(plan(server) { $0.tls.certificate = "/nonexistent" })?.reason
        == "certificate: our client certificate or its key cannot be used")
  }

  @Test func aConversationGoesOnUnderTLS() throws {
    let server = try TLSServer(name: "IP:127.0.0.1", days: 1)
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(
      plan(server) {
        $0.steps = [.send(Array("GET / HTTP/1.0\r\n\r\n".utf8))]
        $0.reading = .until([Array("200 ok".utf8)])
      }
    ).get()
    #expect(String(decoding: response.body, as: UTF8.self).contains("HTTP/1.0 200 ok"))
  }

  @Test(arguments: [
    ("HTTP/1.1 400 Bad Request\r\n\r\n", "TLS: 127.0.0.1:PORT does not speak it"), ("", ""),
  ])
  func whatIsNoTLS(_ said: String, _ reason: String) throws {
    let server = try ScriptedServer { peer in
      _ = peer.hear()
      peer.say(said)
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let failure = try #require(client.failure(SocketClient.stream(server.port) { $0.security = .immediate }))
    #expect(failure.kind == .tls && failure.session == nil)
    let expected = reason.replacing("PORT", with: String(server.port))
    #expect(
      reason.isEmpty ? failure.reason.hasPrefix("TLS: ") : failure.reason == expected, "\(failure.reason)")
  }

  @Test func aHandshakeThatIsNotAnswered() throws {
    let server = try ScriptedServer { peer in peer.hearAll() }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let failure = try #require(
      client.failure(
        SocketClient.stream(server.port) {
          $0.security = .immediate
          $0.timeout = .milliseconds(200)
        }))
    #expect(failure.kind == .timeout)
    #expect(failure.reason == "no TLS handshake with 127.0.0.1:\(server.port) in 200ms")
  }

  @Test(arguments: [StreamRequest.Upgrade.smtp, .imap, .pop3, .ftp, .postgres])
  func tlsBeginsWhereItIsAskedFor(_ upgrade: StreamRequest.Upgrade) throws {
    let tls = try TLSServer(name: "IP:127.0.0.1", days: 9)
    defer { tls.stop() }
    let port = tls.port
    let server = try ScriptedServer { peer in
      let said: [String] =
        switch upgrade {
        case .smtp: ["220 h\r\n", "250-h\r\n250 STARTTLS\r\n", "220 go\r\n"]
        case .imap: ["* OK h\r\n", "a1 OK go\r\n"]
        case .pop3: ["+OK h\r\n", "+OK go\r\n"]
        case .ftp: ["220 h\r\n", "234 go\r\n"]
        default: ["", "S"]
        }
      for (index, text) in said.enumerated() {
        if index > 0 { _ = peer.hear() }
        if !text.isEmpty { peer.say(text) }
      }
      peer.join(port: port)
    }
    defer { server.stop() }
    let client = SocketClient()
    defer { client.sockets.stop() }
    let response = try client.outcome(
      SocketClient.stream(server.port) {
        $0.security = .startTLS(upgrade)
        $0.tls.ca = tls.certificate
      }
    ).get()
    #expect(response.session?.chain.first?.subject == "CN=midwatch test")
    #expect(response.phases.tls > 0)
  }
}
