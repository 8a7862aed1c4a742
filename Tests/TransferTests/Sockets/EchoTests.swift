import Glibc
import Testing
import Transfer
import Values
import Wire

@Suite(.timeLimit(.minutes(10)))
struct EchoTests {
  private static func isPermitted(_ family: Int32, _ number: Int) -> Bool {
    let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue), Int32(number))
    defer { close(descriptor) }
    return descriptor >= 0
  }

  @Test(arguments: [
    ("127.0.0.1", AF_INET, Int(IPPROTO_ICMP)), ("::1", AF_INET6, Int(IPPROTO_ICMPV6)),
  ])
  func anEchoComesBackOrWeSayThatWeMayNot(_ host: String, _ family: Int32, _ number: Int) throws {
    let client = SocketClient()
    defer { client.sockets.stop() }
    let outcome = client.outcome(.echo(EchoRequest(host: host)))
    guard Self.isPermitted(family, number) else {
      guard case .failure(let failure) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      // Without IPv6 there is not even such a socket.
      guard failure.reason.hasPrefix("not permitted") else { return }
      #expect(failure.kind == .unable)
      #expect(failure.reason.contains("sysctl -w net.ipv4.ping_group_range=\"\(getegid()) \(getegid())\""))
      return
    }
    let response = try outcome.get()
    #expect(response.address == host && response.phases.processing > 0)
    #expect(response.hopLimit == 64)
  }
}
