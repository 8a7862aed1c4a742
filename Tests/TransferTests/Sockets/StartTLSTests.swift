import Testing
import Wire

@testable import Transfer

struct StartTLSTests {
  private func effects(
    _ upgrade: StreamRequest.Upgrade, _ said: [String]
  ) -> [Conversation.Effect] {
    var request = StreamRequest(host: "h", port: 1)
    request.security = .startTLS(upgrade)
    var conversation = Conversation(request, authority: "h:1")
    return said.reduce(conversation.begin()) { $0 + conversation.receive(Array($1.utf8)) }
  }

  private func send(_ text: String) -> Conversation.Effect { .send(Array(text.utf8)) }
  private let sslRequest = Conversation.Effect.send([0, 0, 0, 8, 4, 210, 22, 47])

  @Test func whatEachProtocolSays() {
    #expect(
      effects(.smtp, ["220-a\r\n22", "0 b\r\n", "250-h\r\n250-starttls\r\n250 HELP\r\n", "220 go\r\n"])
        == [send("EHLO localhost\r\n"), send("STARTTLS\r\n"), .secure])
    #expect(
      effects(.imap, ["* OK hi\r\n", "* CAPABILITY x\r\na1 OK begin\r\n"])
        == [send("a1 STARTTLS\r\n"), .secure])
    #expect(effects(.pop3, ["+OK hi\r\n", "+OK begin\n"]) == [send("STLS\r\n"), .secure])
    #expect(
      effects(.ftp, ["220-hello\r\n 220 x\r\n220 ready\r\n", "234 go\r\n"])
        == [send("AUTH TLS\r\n"), .secure])
    #expect(effects(.postgres, ["S"]) == [sslRequest, .secure])
  }

  @Test(arguments: [
    (StreamRequest.Upgrade.smtp, ["220 a\r\n", "250 h\r\n"], "h:1 does not begin TLS"),
    (.smtp, ["554 go away\r\n"], "h:1 does not begin TLS: \"554 go away\""),
    (
      .smtp, ["220 a\r\n", "250 STARTTLS\r\n", "454 \u{1B}[2J\r\n"],
      "h:1 does not begin TLS: \"454 ␛[2J\""
    ),
    (.smtp, ["HTTP/1.1 400 Bad Request\r\n"], "the answer is not smtp"),
    (.imap, ["* BYE full\r\n"], "h:1 does not begin TLS: \"* BYE full\""),
    (.imap, ["* OK\r\n", "a1 NO\r\n"], "h:1 does not begin TLS: \"a1 NO\""),
    (.imap, ["x\r\n"], "the answer is not imap"),
    (.pop3, ["+OK\r\n", "-ERR no\r\n"], "h:1 does not begin TLS: \"-ERR no\""),
    (.ftp, ["220 a\r\n", "502 no\r\n"], "h:1 does not begin TLS: \"502 no\""),
    (.postgres, ["N"], "h:1 does not begin TLS"),
    (.postgres, ["E"], "the answer is not postgres"),
    // Injected in the clear, to be taken for what came under TLS.
    (.postgres, ["SX"], "h:1 went on in the clear after it agreed to TLS"),
    (.pop3, ["+OK\r\n", "+OK\r\n+OK evil\r\n"], "h:1 went on in the clear after it agreed to TLS"),
  ])
  func aRefusalIsToldAsItIs(_ upgrade: StreamRequest.Upgrade, _ said: [String], _ reason: String) {
    guard case .fail(_, let found)? = effects(upgrade, said).last else {
      Issue.record("no failure")
      return
    }
    #expect(found == reason)
  }

  @Test func aServerThatTalksForEverIsNotListenedTo() {
    let lines = [String](repeating: String(repeating: "220-x\r\n", count: 100), count: 40)
    #expect(effects(.smtp, lines) == [.fail(.malformed, "the answer is not smtp")])
  }
}
