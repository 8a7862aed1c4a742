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

  private func effects(_ upgrade: StreamRequest.Upgrade, bytes: [[UInt8]]) -> [Conversation.Effect] {
    var request = StreamRequest(host: "h", port: 1)
    request.security = .startTLS(upgrade)
    var conversation = Conversation(request, authority: "h:1")
    return bytes.reduce(conversation.begin()) { $0 + conversation.receive($1) }
  }

  /// A greeting of MySQL with these capabilities.
  private func greeting(_ capabilities: [UInt8]) -> [UInt8] {
    let body = [10] + Array("8.0\0".utf8) + [UInt8](repeating: 1, count: 13) + capabilities + [45, 2, 0]
    return [UInt8(body.count), 0, 0, 0] + body
  }

  @Test func whatProtocolsInBytesSay() throws {
    let response: [UInt8] = [0x02, 1, 1, 0x78, 7, 0x0A, 1, 0, 4, 0, 4, 0]
    let ldap = try #require(effects(.ldap, bytes: []).first)
    guard case .send(let request) = ldap else {
      Issue.record("\(ldap)")
      return
    }
    #expect(request.count == 31 && request[1] == 29 && request[6] == 24)
    #expect(effects(.ldap, bytes: [[0x30], [12] + response]).last == .secure)
    // Active Directory writes lengths in four bytes.
    let long: [UInt8] = [0x02, 1, 1, 0x78, 0x84, 0, 0, 0, 7, 0x0A, 1, 0, 4, 0, 4, 0]
    #expect(effects(.ldap, bytes: [[0x30, 0x84, 0, 0], [0, 16] + long]).last == .secure)
    let whole = greeting([0, 0x8A])
    let mysql = effects(.mysql, bytes: [Array(whole[..<7]), Array(whole[7...])])
    #expect(mysql.count == 2 && mysql.last == .secure)
    guard case .send(let answer)? = mysql.first else {
      Issue.record("\(mysql)")
      return
    }
    #expect(answer.count == 36 && answer[..<8] == [32, 0, 0, 1, 0, 0x8A, 0, 0])
  }

  @Test func refusalsInBytes() {
    let refusals: [(StreamRequest.Upgrade, [UInt8], String)] = [
      (
        .ldap, [0x30, 12, 2, 1, 1, 0x78, 7, 0x0A, 1, 52, 4, 0, 4, 0], "h:1 does not begin TLS: \"result 52\""
      ),
      (.ldap, [0x30, 12, 2, 1, 1, 0x78, 7, 0x0A, 1, 0, 4, 0, 4, 0, 9], "h:1 went on in the clear"),
      (.ldap, [0x30, 3, 2, 1, 1], "the answer is not ldap"),
      (.ldap, Array("220 hi".utf8), "the answer is not ldap"),
      (.ldap, [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], "the answer is not ldap"),
      (.ldap, [0x30, 0x80, 0, 0, 0, 0], "the answer is not ldap"),
      (.ldap, [0x30, 0], "the answer is not ldap"),
      (.mysql, greeting([0, 0x82]), "h:1 does not begin TLS"),
      (.mysql, [9, 0, 0, 0, 0xFF, 0x10, 4] + Array("Many!!".utf8), "h:1 does not begin TLS: \"Many!!\""),
      (.mysql, [0, 0, 0, 0, 0xFF], "h:1 does not begin TLS"),
      (.mysql, [5, 0, 0, 0, 9, 0, 0, 0, 0], "the answer is not"),
      (.mysql, [3, 0, 0, 0, 10, 0, 0], "the answer is not mysql"),
      (.mysql, greeting([0, 0x8A]) + [1], "h:1 went on"),
    ]
    for (upgrade, bytes, reason) in refusals {
      guard case .fail(_, let found)? = effects(upgrade, bytes: [bytes]).last else {
        Issue.record("no failure of \(bytes)")
        continue
      }
      #expect(found.hasPrefix(reason), "\(bytes): \(found)")
    }
  }

  /// Whatever bytes come, in whatever pieces, nothing traps.
  @Test func anyBytesAreSurvived() {
    var random = SeededRandom(state: 4)
    for round in 0..<5000 {
      let upgrade = StreamRequest.Upgrade.allCases[round % StreamRequest.Upgrade.allCases.count]
      let pieces = (0..<3).map { _ -> [UInt8] in
        var bytes = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
          UInt8.random(in: 0 ... .max, using: &random)
        }
        if round % 2 == 0 { bytes = [[0x30, 0x82], [12, 0, 0, 0, 10], [0x2A, 0x20]][round % 3] + bytes }
        return bytes
      }
      _ = effects(upgrade, bytes: pieces)
    }
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
