import Testing
import Transfer
import Values
import Wire

/// Which way a request goes.
@Suite(.timeLimit(.minutes(10)))
struct ProxyTests {
  @Test(arguments: [
    ([String](), 203), (["127.0.0.0/8"], 200), (["127.0.0.1"], 200), (["*"], 200),
    ([".internal", "10.0.0.0/8"], 203),
  ])
  func someHostsAreAskedWithoutTheProxy(_ direct: [String], _ status: Int) throws {
    let proxy = try ScriptedServer { peer in
      _ = peer.hear()
      peer.say("HTTP/1.1 203 By Proxy\r\nContent-Length: 0\r\n\r\n")
    }
    let server = try HostileServer()
    defer {
      proxy.stop()
      server.stop()
    }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response(server.url("/ok")) {
      $0.proxy = "http://127.0.0.1:\(proxy.port)"
      $0.noProxy = direct
    }
    #expect(response.status == status)
  }

  @Test func anAddressOfAnotherFamilyIsNone() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    #expect(try client.response(server.url("/ok")) { $0.family = .v4 }.status == 200)
    let failure = try #require(client.failure(server.url("/ok")) { $0.family = .v6 })
    #expect(failure.kind == .unresolved)
    #expect(failure.reason == "no IPv6 address of 127.0.0.1 is known (ip: 6)")
  }

  @Test(.enabled(if: TLSServer.isAvailable, "openssl is not installed: apt install openssl"))
  func aVersionThatIsAskedForIsTheOneThatIsSpoken() throws {
    let server = try TLSServer(name: "IP:127.0.0.1", days: 30)
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let url = "https://127.0.0.1:\(server.port)/"
    #expect(
      try client.response(url) {
        $0.tls.ca = server.certificate; $0.version = .http1
      }.status == 200)
    let failure = try #require(
      client.failure(url) {
        $0.tls.ca = server.certificate; $0.version = .http2
      })
    #expect(failure.reason == "127.0.0.1:\(server.port) speaks HTTP/1 only, and http_version asks for 2")
  }

  @Test(.enabled(if: TLSServer.isAvailable, "openssl is not installed: apt install openssl"))
  func aServerThatWantsACertificateOfOursGetsIt() throws {
    let server = try TLSServer(name: "IP:127.0.0.1", days: 30, wantsClient: true)
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let url = "https://127.0.0.1:\(server.port)/"
    let refused = try #require(client.failure(url) { $0.tls.ca = server.certificate })
    #expect(refused.kind == .tls, "\(refused)")
    #expect(refused.reason == "TLS: tlsv13 alert certificate required", "\(refused)")
    let response = try client.response(url) {
      $0.tls.ca = server.certificate
      $0.tls.certificate = server.certificate
      $0.tls.key = server.key
    }
    #expect(response.status == 200)
    let unusable = try #require(
      client.failure(url) {
        $0.tls.ca = server.certificate
        $0.tls.certificate = "/nonexistent/me.pem"
      })
    #expect(unusable.reason == "certificate: our client certificate or its key cannot be used")
  }
}
