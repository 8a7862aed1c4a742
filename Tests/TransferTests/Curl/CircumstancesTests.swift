import CTransfer
import Testing
import Values
import Wire

@testable import Transfer

/// Sentences for what a loopback server cannot play.
struct CircumstancesTests {
  private func failure(_ code: CURLcode, _ change: (inout Circumstances) -> Void = { _ in }) -> Failure {
    var circumstances = Circumstances(code: code)
    circumstances.host = "api.internal"
    circumstances.authority = "api.internal:443"
    change(&circumstances)
    return circumstances.failure(phases: Phases())
  }

  @Test func certificates() {
    for (number, reason) in [
      (10, "certificate: expired"), (18, "certificate: self-signed certificate"),
      (20, "certificate: issuer unknown"), (0, "certificate: not for the name api.internal"),
      (9, "certificate: not yet valid"), (1234, "certificate: not to be trusted (OpenSSL 1234)"),
    ] {
      let failure = failure(CURLE_PEER_FAILED_VERIFICATION) { $0.verification = number }
      #expect(failure == Failure(.tls, reason: reason))
    }
    #expect(
      failure(CURLE_SSL_CACERT_BADFILE) == Failure(.tls, reason: "certificate: the CA file cannot be read"))
    #expect(
      failure(CURLE_SSL_CERTPROBLEM)
        == Failure(.tls, reason: "certificate: our client certificate or its key cannot be used"))
  }

  @Test func handshakes() {
    let alert =
      "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0"
    #expect(
      failure(CURLE_RECV_ERROR) { $0.message = alert }
        == Failure(.tls, reason: "TLS: tlsv13 alert certificate required"))
    #expect(
      failure(CURLE_SSL_CONNECT_ERROR)
        == Failure(.tls, reason: "TLS: api.internal:443 broke off the handshake"))
  }

  @Test func headers() {
    #expect(
      failure(CURLE_OUT_OF_MEMORY) { $0.status = 200 }
        == Failure(.tooLarge, reason: "a header field larger than 100 KiB", status: 200))
    #expect(failure(CURLE_OUT_OF_MEMORY) == Failure(.other, reason: "out of memory"))
  }

  @Test func connections() {
    #expect(
      failure(CURLE_COULDNT_CONNECT) { $0.systemError = 113 }
        == Failure(.unreachable, reason: "no route to api.internal"))
    // EINVAL: a blackhole route.
    #expect(
      failure(CURLE_COULDNT_CONNECT) { $0.systemError = 22 }
        == Failure(.unreachable, reason: "no route to api.internal"))
    #expect(
      failure(CURLE_COULDNT_CONNECT) == Failure(.unreachable, reason: "cannot connect to api.internal:443"))
    #expect(
      failure(CURLE_OPERATION_TIMEDOUT) { $0.timeout = .seconds(5) }
        == Failure(.timeout, reason: "no connection to api.internal:443 in 5s"))
    #expect(
      failure(CURLE_OPERATION_TIMEDOUT) { $0.isResolved = false }
        == Failure(.timeout, reason: "name api.internal not resolved in 10s"))
    #expect(
      failure(CURLE_OPERATION_TIMEDOUT) {
        $0.isConnected = true
        $0.received = 3
      } == Failure(.timeout, reason: "answer not complete in 10s: 3 bytes"))
  }

  @Test func sizes() {
    #expect(Circumstances.size(8 << 20) == "8 MiB")
    #expect(Circumstances.size(1536 << 10) == "1536 KiB")
    #expect(Circumstances.size(1000) == "1000 bytes")
    #expect(Circumstances.size(1) == "1 byte")
    #expect(Circumstances.size(0) == "0 bytes")
  }

  @Test func nothingRemoteReachesTheTerminal() {
    let failure = failure(CURLE_COULDNT_RESOLVE_HOST) { $0.host = "a\u{1B}[31m" }
    #expect(failure.reason == "name a␛[31m is unknown")
  }

  @Test func whatIsUnknownIsLibcurlsSentence() {
    #expect(failure(CURLE_OUT_OF_MEMORY) == Failure(.other, reason: "out of memory"))
  }
}
