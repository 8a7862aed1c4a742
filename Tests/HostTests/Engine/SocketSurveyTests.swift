import Host
import Systems
import Testing
import Values
import Watch

/// Endpoints of kinds that need no HTTP, polled on real sockets.
@Suite(.timeLimit(.minutes(10))) struct SocketSurveyTests {
  private func survey(_ endpoints: String) throws -> SystemSnapshot {
    let folder = try TestFolder()
    let source = try folder.source("title: Shop\nendpoints:\n  one: \(endpoints)\n")
    let (shop, problems) = source.load()
    try #require(problems.isEmpty, "\(problems)")
    let (watch, at) = Survey.run([(shop, true)], rounds: 1, every: .seconds(1), version: "t")
    return try #require(watch.snapshots(at: at).first)
  }

  @Test func aConversationIsUpOrSaysWhatWasWrong() throws {
    let server = try PageServer { _ in "PONG" }
    defer { server.stop() }
    let good = try survey(
      "{tcp: \"127.0.0.1:\(server.port)\", send: \"GET / HTTP/1.0\\r\\n\\r\\n\", expect: ['body contains \"PONG\"']}"
    )
    #expect(good.endpoints.map(\.state) == [.up])
    #expect(good.endpoints.first?.code == nil && good.alerts.isEmpty)
    let bad = try survey("{tcp: \"127.0.0.1:\(server.port)\", send: x, expect: ['body contains \"PING\"']}")
    #expect(bad.endpoints.map(\.state) == [.down])
    #expect(bad.endpoints.first?.reason?.hasSuffix("expected to contain \"PING\"") ?? false)
    #expect(bad.alerts.map(\.identity.rule) == ["EndpointDown"])
  }

  @Test func aNameServerThatIsNotThere() throws {
    let server = try PageServer { _ in "" }
    let port = server.port
    server.stop()
    let snapshot = try survey("{dns: api.internal, server: \"127.0.0.1:\(port)\", timeout: 2s}")
    #expect(snapshot.endpoints.map(\.state) == [.down])
    #expect(snapshot.endpoints.first?.reason == "connection refused by 127.0.0.1:\(port)")
  }

  /// Where the system lets us have no such socket, nothing is known of the host, and nobody is paged.
  @Test func anEchoThatWeMayNotSendPagesNobody() throws {
    let snapshot = try survey("{icmp: 127.0.0.1, timeout: 5s}")
    let row = try #require(snapshot.endpoints.first)
    #expect(row.state == .up || row.state == .paused)
    if row.state == .paused { #expect(row.reason?.hasPrefix("not permitted to send ICMP") ?? false) }
    #expect(snapshot.alerts.isEmpty)
  }
}
