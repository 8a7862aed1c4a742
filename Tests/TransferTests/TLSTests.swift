import Foundation
import Testing
import Transfer
import Values
import Wire

@Suite(
  .timeLimit(.minutes(10)),
  .enabled(if: TLSServer.isAvailable, "openssl is not installed: apt install openssl"))
struct TLSTests {
  @Test func aCertificateIsCheckedAndItsExpiryTold() throws {
    let server = try TLSServer(name: "IP:127.0.0.1", days: 30)
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let url = "https://127.0.0.1:\(server.port)/"
    #expect(
      client.failure(url).map { Failure($0.kind, reason: $0.reason) }
        == Failure(.tls, reason: "certificate: self-signed certificate"))
    let response = try client.response(url) { $0.tls.ca = server.certificate }
    #expect(response.status == 200)
    #expect(response.phases.tls > 0)
    let days = (try #require(response.certificateExpiry).seconds - Date().timeIntervalSince1970) / 86_400
    #expect(days > 29 && days < 31)
    #expect(try client.response(url) { $0.tls.verify = false }.status == 200)
  }

  @Test func anotherNameIsNotAccepted() throws {
    let server = try TLSServer(name: "DNS:api.invalid", days: 1)
    defer { server.stop() }
    let client = Client()
    defer { client.transfers.stop() }
    let url = "https://127.0.0.1:\(server.port)/"
    let failure = try #require(client.failure(url) { $0.tls.ca = server.certificate })
    #expect(failure.kind == .tls)
    #expect(failure.reason == "certificate: not for the name 127.0.0.1")
    // The server name of the request decides, wherever it connects to.
    let response = try client.response(url) {
      $0.tls.ca = server.certificate
      $0.tls.serverName = "api.invalid"
    }
    #expect(response.status == 200)
  }

  @Test func aMissingCAFileIsNamedAsTheCause() throws {
    let client = Client()
    defer { client.transfers.stop() }
    let server = try TLSServer(name: "IP:127.0.0.1", days: 1)
    defer { server.stop() }
    let failure = try #require(
      client.failure("https://127.0.0.1:\(server.port)/") { $0.tls.ca = "/nonexistent/ca.pem" })
    #expect(failure.reason == "certificate: the CA file cannot be read")
  }
}
