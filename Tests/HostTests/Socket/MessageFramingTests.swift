import Host
import Incidents
import Testing
import Values
import Watch

@Suite struct MessageFramingTests {
  private var messages: [EngineMessage] {
    var snapshot = SystemSnapshot(system: "shop", title: "Shop", at: Instant(milliseconds: 5))
    snapshot.endpoints = [EndpointRow(name: "health", kind: "http", target: "http://127.0.0.1:1/")]
    return [
      .hello(.init(protocol: 1, version: "1", origin: "ab", epoch: 3, pid: 7)), .subscribe,
      .snapshot(snapshot),
      .query(
        .init(
          id: 4, system: "shop", expression: "up == 0", start: Instant(milliseconds: 0),
          end: Instant(milliseconds: 9),
          step: .seconds(1))),
      .answer(.init(id: 4, chart: nil, refused: "no")), .probe(system: "shop", endpoint: "health"), .reload,
    ]
  }

  @Test func everyMessageSurvivesWhereverTheStreamIsCut() throws {
    let bytes = try messages.flatMap { try MessageFraming.frame($0) }
    for size in [1, 2, 3, 7, 64, bytes.count] {
      var framing = MessageFraming()
      var received: [EngineMessage] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        received += try framing.receive(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(received == messages)
    }
  }

  @Test func aLengthBeyondReasonEndsTheConversation() {
    var framing = MessageFraming()
    #expect(throws: MessageFraming.Malformed.self) { try framing.receive([0xFF, 0xFF, 0xFF, 0xFF]) }
  }

  @Test func whatIsNoMessageEndsTheConversation() {
    var framing = MessageFraming()
    #expect(throws: MessageFraming.Malformed.self) { try framing.receive([0, 0, 0, 2, 0x7B, 0x7D]) }
  }
}
