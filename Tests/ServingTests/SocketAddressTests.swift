import Serving
import Testing

struct SocketAddressTests {
  @Test(arguments: [
    ("127.0.0.1:9469", "127.0.0.1:9469", true), ("127.9.9.9:0", "127.9.9.9:0", true),
    ("localhost:80", "127.0.0.1:80", true), ("[::1]:9469", "[::1]:9469", true),
    ("0.0.0.0:9469", "0.0.0.0:9469", false), ("[::]:1", "[::]:1", false),
    ("10.0.0.5:65535", "10.0.0.5:65535", false),
    ("[2001:DB8:0::1]:9", "[2001:db8::1]:9", false), ("[::ffff:127.0.0.1]:9", "[::ffff:127.0.0.1]:9", false),
  ])
  func anAddressIsRead(_ text: String, _ shown: String, _ isLoopback: Bool) throws {
    let address = try #require(SocketAddress(text))
    #expect(address.description == shown && address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", ":", "9469", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "::1:80",
    "[127.0.0.1]:80", "[::1]", "example.org:80", "127.1:80", "[::1:80", "*:80",
  ])
  func whatIsNoneIsNone(_ text: String) {
    #expect(SocketAddress(text) == nil)
  }

  @Test func aFreePortIsTold() throws {
    let socket = try Socket.listening(at: try #require(SocketAddress("127.0.0.1:0")))
    defer { socket.close() }
    let address = try socket.address()
    #expect(address.port > 0 && address.host == "127.0.0.1")
    #expect(throws: SocketFailure.self) { try Socket.listening(at: address) }
  }
}
