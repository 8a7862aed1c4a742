import Foundation
import Testing
import Transfer
import Values
import Wire

@Suite(.timeLimit(.minutes(10)))
struct TraceTests {
  @Test func eachHopIsWrittenDownAndNoKeyIn() throws {
    let first = try HostileServer()
    let second = try HostileServer()
    defer {
      first.stop()
      second.stop()
    }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response(first.url("/to?\(second.url("/ok"))")) {
      $0.isTraced = true
      $0.authorization = .bearer(Secret("s3cr3t-token"))
      $0.headers = [Header("X-Own", "mine"), Header("X-Api-Key", "k3y")]
    }
    #expect(response.redirects == 1)
    #expect(response.hops.map(\.status) == [302, 200])
    let sent = response.hops.map { hop in Dictionary(hop.sent.map { ($0.name, $0.value) }) { $1 } }
    #expect(sent.first?["Authorization"] == Secret.mask && sent.first?["X-Api-Key"] == Secret.mask)
    #expect(sent.first?["X-Own"] == "mine" && sent.first?["Host"] == "127.0.0.1:\(first.port)")
    #expect(sent.last?["Host"] == "127.0.0.1:\(second.port)" && sent.last?["Authorization"] == nil)
    #expect(sent.last?["X-Own"] == nil && sent.last?["X-Api-Key"] == nil)
    #expect(response.hops.first?.received.contains { $0.name.lowercased() == "location" } == true)
    #expect(response.hops.map(\.address) == ["127.0.0.1:\(first.port)", "127.0.0.1:\(second.port)"])
    #expect(!second.heads.withLock { $0 }.contains { $0.contains("X-Own") || $0.contains("k3y") })
  }

  @Test func aFailureHasTheHopsThatLedToIt() throws {
    let server = try HostileServer()
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let port = try unusedPort()
    let failure = try #require(
      client.failure(server.url("/to?http://127.0.0.1:\(port)/x")) { $0.isTraced = true })
    #expect(failure.reason == "connection refused by 127.0.0.1:\(port)")
    #expect(failure.hops.map(\.status) == [302, 0])
    #expect(failure.hops.last?.url == "http://127.0.0.1:\(port)/x")
  }

  @Test(.enabled(if: TLSServer.isAvailable, "openssl is not installed: apt install openssl"))
  func theHandshakeIsWrittenDown() throws {
    let server = try TLSServer(name: "DNS:localhost,IP:127.0.0.1", days: 30)
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let response = try client.response("https://127.0.0.1:\(server.port)/") {
      $0.isTraced = true
      $0.tls.ca = server.certificate
    }
    let session = try #require(response.hops.first?.session)
    #expect(session.version == "TLS 1.3" && session.cipher.hasPrefix("TLS_"))
    let leaf = try #require(session.chain.first)
    #expect(leaf.names == ["localhost", "127.0.0.1"])
    #expect(leaf.expires == response.certificateExpiry && leaf.begins < leaf.expires)
    #expect(leaf.subject == leaf.issuer && !leaf.subject.isEmpty)
  }
}
