import Comms
import Foundation
import Incidents
import TestSupport
import Testing
import Values

/// Mails through a live server, read back by Python's email module.
@Suite(
  .serialized,
  .enabled(
    if: MailServer.isInstalled && Peer.has("openssl"),
    "python3-aiosmtpd is not installed: make test-peers installs it"))
struct MailDeliveryTests {
  private static let people =
    "from: \"Nächtliche Wache <ops@example.com>\", to: [a@example.com, \"B <b@example.com>\"]"

  /// A folder with a certificate authority of our own, removed when the test ends.
  private final class Authority {
    let folder: String

    init() throws {
      var template = Array("/tmp/midwatch-ca-XXXXXX".utf8CString)
      try #require(mkdtemp(&template) != nil)
      folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      try Certificates.make(in: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func options(_ name: String = "good", _ more: String...) -> [String] {
      ["--tls", "\(folder)/\(name).pem", "\(folder)/\(name).key"] + more
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    let server = try MailServer()
    let outlet = try Outlet(
      "{smtp: \"127.0.0.1:\(server.port)\", \(Self.people), cc: c@example.com, bcc: hidden@example.org}")
    let texts = [
      "Plain.\nTwo lines.", "Grüße, 日本語, 🌙\n\n.\n..two dots\nFrom here\n=3D\ttab ",
      String(repeating: "x", count: 2000),
      String(repeating: "é🌙", count: 2000), "a\n\n\nb\n ", "", "line\r\nwith CR",
    ]
    let subjects = [
      "Plain", "Störung 🌙 " + String(repeating: "sehr lang ", count: 30) + "Ende", "=?UTF-8?Q?no?=",
      String(repeating: "w", count: 300),
      "Bcc: x@example.com\r\nX-Evil: 1", "  blanks  ", "tab\there",
    ]
    for (index, (subject, text)) in zip(subjects, texts).enumerated() {
      let message = DeliveryMessage.about(key: "0190-\(index)", subject: subject, text: text)
      #expect(try outlet.sent(message) == "<0190-\(index)@example.com>")
      let mail = try #require(try server.mails().last)
      #expect(try server.mails().count == index + 1)
      let words = subject.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(mail.headers["Subject"] == words, "\(mail.raw)")
      var wanted = text.replacingOccurrences(of: "\r\n", with: "\n")
      if !wanted.isEmpty, !wanted.hasSuffix("\n") { wanted += "\n" }
      #expect(mail.text == wanted, "\(mail.raw)")
      #expect(mail.from == "ops@example.com")
      #expect(mail.to == ["a@example.com", "b@example.com", "c@example.com", "hidden@example.org"])
      #expect(!mail.raw.contains("hidden") && mail.headers["Bcc"] == nil && mail.headers["X-Evil"] == nil)
      #expect(mail.headers["From"] == "Nächtliche Wache <ops@example.com>")
      #expect(
        mail.headers["To"] == "a@example.com, B <b@example.com>" && mail.headers["Cc"] == "c@example.com")
      #expect(mail.headers["Date"] == "Sat, 21 Nov 2026 03:08:00 +0000")
      #expect(mail.longest <= 76 && !mail.bare && mail.defects.isEmpty, "\(mail.defects)")
    }
    _ = try outlet.sent(.about(key: "0190-z", remoteID: "<0190-0@example.com>"))
    let later = try #require(try server.mails().last)
    #expect(
      later.headers["In-Reply-To"] == "<0190-0@example.com>"
        && later.headers["References"] == "<0190-0@example.com>")
  }

  @Test func logsInBehindTLSOnly() throws {
    let authority = try Authority()
    let login = ["--login", "ops", Outlet.key]
    let server = try MailServer(authority.options() + login)
    let start = "{smtp: \"localhost:\(server.port)\", \(Self.people), user: ops, tls: starttls"
    _ = try Outlet(start + ", password: \"${KEY}\", ca: \"\(authority.folder)/ca.pem\"}").sent(.about())
    let mail = try #require(try server.mails().last)
    #expect(mail.tls && mail.login == "ops")

    let wrong = try Outlet(start + ", password: guess, ca: \"\(authority.folder)/ca.pem\"}").send(.about())
    #expect(wrong.end == "failed" && "\(wrong)".contains("look at user, password and tls"), "\(wrong)")
    let stranger = try Outlet(start + ", password: \"${KEY}\"}").send(.about())
    #expect(stranger.end == "again", "its certificate is nobody's: \(stranger)")
    let plain = try MailServer()
    let open = try Outlet("{smtp: \"localhost:\(plain.port)\", \(Self.people), tls: starttls}").send(.about())
    #expect(open.end != "sent", "it has no STARTTLS: \(open)")
    #expect(try server.mails().count == 1 && plain.mails().isEmpty)

    let sealed = try MailServer(authority.options("good", "--from-start") + login)
    _ = try Outlet(
      "{smtp: \"localhost:\(sealed.port)\", \(Self.people), user: ops, password: \"${KEY}\", tls: always, ca: \"\(authority.folder)/ca.pem\"}"
    ).sent(.about())
    #expect(try sealed.mails().count == 1)
    let expired = try MailServer(authority.options("expired", "--from-start"))
    let late = try Outlet(
      "{smtp: \"localhost:\(expired.port)\", \(Self.people), tls: always, ca: \"\(authority.folder)/ca.pem\"}"
    ).send(.about())
    #expect(late.end == "again", "\(late)")
    #expect(try expired.mails().isEmpty)
  }

  @Test(arguments: [
    ("later@example.com", "x", "again", "450"), ("never@example.com", "x", "failed", "no such user"),
    ("a@example.com", "drop", "again", ""),
  ])
  func aServerThatRefusesIsHeard(_ to: String, _ subject: String, _ end: String, _ says: String) throws {
    let server = try MailServer()
    let verdict = try Outlet("{smtp: \"127.0.0.1:\(server.port)\", from: ops@example.com, to: \(to)}")
      .send(.about(subject: subject))
    #expect(verdict.end == end && (says.isEmpty || "\(verdict)".contains(says)), "\(verdict)")
  }

  @Test func whereNobodyListensItIsTriedAgain() throws {
    let port = try Net.freePort()
    let verdict = try Outlet("{smtp: \"127.0.0.1:\(port)\", \(Self.people)}").send(.about())
    #expect(verdict.end == "again", "\(verdict)")
  }
}
