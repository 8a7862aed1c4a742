import Synchronization
import Testing
import Transfer
import Values
import Wire

struct MailTransferTests {
  /// What the client said, line for line.
  private final class Heard: Sendable {
    let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
  }

  /// - Parameter answers: what is said instead to a line with that beginning; `.` is the end of the mail. Nil closes.
  private func send(
    _ answers: [String: String?] = [:], to recipients: [String] = ["a@example.test", "b@example.test"],
    login: MailRequest.Login? = nil, encryption: MailRequest.Encryption = .never,
    message: String = "Subject: Packs\r\n\r\n.down\r\nsince 03:05\r\n"
  ) throws -> (MailOutcome, [String]) {
    let heard = Heard()
    let server = try ScriptedServer { peer in
      peer.say("220 mail.test ready\r\n")
      var isMail = false
      var rest = ""
      while true {
        while let end = rest.firstRange(of: "\r\n") {
          let line = String(rest[..<end.lowerBound])
          rest = String(rest[end.upperBound...])
          heard.lines.withLock { $0.append(line) }
          if isMail, line != "." { continue }
          let word = isMail ? "." : String(line.prefix { $0 != " " && $0 != ":" })
          isMail = false
          guard let answer = answers[word] ?? Self.usual(word) else { return }
          peer.say(answer + "\r\n")
          if word == "DATA", answer.hasPrefix("3") { isMail = true }
          if word == "QUIT" { return }
        }
        let more = peer.hear()
        guard !more.isEmpty else { return }
        rest += String(decoding: more, as: UTF8.self)
      }
    }
    defer { server.stop() }
    var request = MailRequest(
      host: "127.0.0.1", port: server.port, sender: "ops@example.test", recipients: recipients,
      message: Array(message.utf8))
    request.encryption = encryption
    request.login = login
    let outcome = MailTransfer().send(request)
    return (outcome, heard.all)
  }

  private static func usual(_ word: String) -> String? {
    switch word {
    case "EHLO": "250-mail.test\r\n250 AUTH PLAIN"
    case "AUTH": "235 welcome"
    case "DATA": "354 go on"
    case ".": "250 2.0.0 queued as 7F3"
    case "QUIT": "221 bye"
    default: "250 ok"
    }
  }

  @Test func aMailIsHandedOver() throws {
    let (outcome, lines) = try send(login: .init(user: "ops", password: Secret("pass word")))
    #expect(outcome == .answered(code: 250, line: "250 2.0.0 queued as 7F3"))
    #expect(
      lines.contains("MAIL FROM:<ops@example.test>")
        || lines.contains { $0.hasPrefix("MAIL FROM:<ops@example.test> ") })
    #expect(
      lines.filter { $0.hasPrefix("RCPT") } == ["RCPT TO:<a@example.test>", "RCPT TO:<b@example.test>"])
    // AUTH PLAIN: two zero bytes before user and password, in base64 (RFC 4616).
    #expect(lines.contains { $0.hasSuffix("AG9wcwBwYXNzIHdvcmQ=") })
    let start = try #require(lines.firstIndex(of: "DATA"))
    #expect(Array(lines[(start + 1)...].prefix(5)) == ["Subject: Packs", "", "..down", "since 03:05", "."])
  }

  @Test(arguments: [
    ("EHLO", "421 too busy", 421), ("MAIL", "550 not you", 550), ("RCPT", "451 later", 451),
    ("DATA", "554 no", 554), (".", "452 disk full", 452), (".", "554 5.7.1 spam", 554),
  ])
  func whatTheServerSaysIsPassedOn(word: String, answer: String, code: Int) throws {
    // One that does not know EHLO is greeted again with HELO.
    let (outcome, _) = try send(word == "EHLO" ? ["EHLO": answer, "HELO": answer] : [word: answer])
    #expect(outcome == .answered(code: code, line: answer))
  }

  @Test func aLoginThatIsRefusedIsSaid() throws {
    let login = MailRequest.Login(user: "ops", password: Secret("wrong"))
    let (outcome, lines) = try send(["AUTH": "535 5.7.8 no"], login: login)
    #expect(outcome == .answered(code: 535, line: "535 5.7.8 no"))
    #expect(!lines.contains { $0.hasPrefix("MAIL") })
  }

  @Test(arguments: ["EHLO", "MAIL", "RCPT", "DATA"])
  func whatBreaksBeforeTheTextWasNotSent(word: String) throws {
    let (outcome, _) = try send([word: nil])
    guard case .notSent = outcome else {
      Issue.record("\(word): \(outcome)")
      return
    }
  }

  @Test func whatBreaksBehindTheTextIsUnheard() throws {
    let (outcome, lines) = try send([".": nil])
    guard case .unheard = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(lines.last == ".")
  }

  @Test func nothingIsSaidInTheOpenWhereTLSIsWanted() throws {
    let login = MailRequest.Login(user: "ops", password: Secret("pass word"))
    let (outcome, lines) = try send(login: login, encryption: .startTLS)
    guard case .notSent(let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reason.contains("offers no TLS"), "\(reason)")
    #expect(!lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
  }

  @Test func aPortWhereNobodyListensIsUnsent() throws {
    let request = MailRequest(
      host: "127.0.0.1", port: 1, sender: "a@example.test", recipients: ["b@example.test"], message: [])
    #expect(MailTransfer().send(request) == .notSent(reason: "connection refused by 127.0.0.1:1"))
  }

  @Test func addressesCannotBecomeCommands() {
    for (sender, recipient) in [
      ("a@b>\r\nRCPT TO:<x@y", "b@example.test"), ("a@example.test", "x@y\r\nDATA"), ("a@example.test", ""),
    ] {
      let request = MailRequest(
        host: "127.0.0.1", port: 1, sender: sender, recipients: [recipient], message: [])
      guard case .notSent(let reason) = MailTransfer().send(request), reason.contains("not one word") else {
        Issue.record("\(sender) \(recipient)")
        continue
      }
    }
  }

  @Test func oneThatHangsCanBeEnded() throws {
    let server = try ScriptedServer { peer in peer.hearAll() }
    defer { server.stop() }
    let transfer = MailTransfer()
    let done = Mailbox<MailOutcome>()
    let port = server.port
    let worker = Worker(name: "mail") {
      done.post(
        transfer.send(
          MailRequest(
            host: "127.0.0.1", port: port, sender: "a@example.test", recipients: ["b@example.test"],
            message: [])))
    }
    transfer.cancel()
    worker?.join()
    #expect(done.drain() == [.notSent(reason: "ended before the mail server had answered")])
  }
}
