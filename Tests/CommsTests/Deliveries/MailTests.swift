import Incidents
import Testing
import Values

@testable import Comms

struct MailTests {
  private func mail(_ message: DeliveryMessage, _ change: (inout Destination) -> Void = { _ in }) throws
    -> String
  {
    var destination = Sample.destination("smtp")
    change(&destination)
    return try MailDelivery.payload(of: message, to: destination).body
  }

  @Test func aPlainOneIsReadable() throws {
    let body = try mail(Sample.update())
    #expect(
      body == """
        Date: Sat, 21 Nov 2026 03:08:33 +0000\r
        From: Night watch <ops@example.com>\r
        To: team@example.com\r
        Message-ID: <0190-a@example.com>\r
        Subject: Tickets cannot be sold\r
        MIME-Version: 1.0\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: 7bit\r
        \r
        We look into it.\r
        Next update: 03:30 UTC\r

        """)
  }

  @Test func aLaterOneAnswersTheFirst() throws {
    let body = try mail(Sample.update(key: "0190-b", remoteID: "<0190-a@example.com>"))
    #expect(
      body.contains(
        "\r\nMessage-ID: <0190-b@example.com>\r\nIn-Reply-To: <0190-a@example.com>\r\nReferences: <0190-a@example.com>\r\n"
      ))
    for bad in ["x", "<a b@c>", "<a@b>\r\nBcc: x@y", "<<a@b>", "<ab>", ""] {
      #expect(try !mail(Sample.update(remoteID: bad)).contains("In-Reply-To"), "\(bad)")
    }
  }

  @Test func whatIsNotASCIIIsEncoded() throws {
    let subject = "Störung: Karten können nicht verkauft werden, wir arbeiten daran 🌙 seit drei Uhr"
    let body = try mail(Sample.update(subject: subject, text: "Grüße = \n.\n"))
    let lines = body.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("Subject:") })
    #expect(
      lines[start] == "Subject: =?UTF-8?Q?St=C3=B6rung=3A_Karten_k=C3=B6nnen_nicht_verkauft_werd?=")
    #expect(lines[start + 1] == " =?UTF-8?Q?en=2C_wir_arbeiten_daran_=F0=9F=8C=99_seit_drei_Uhr?=")
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    #expect(body.hasSuffix("quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe =3D=20\r\n=2E\r\n"))
  }

  @Test(arguments: [75, 76, 77, 998, 2000])
  func longLinesAreBroken(_ length: Int) throws {
    for unit in ["x", "é", ".", "F"] {
      let body = try mail(Sample.update(text: String(repeating: unit, count: length)))
      #expect(body.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 }, "\(length) of \(unit)")
      #expect(!body.split(separator: "\r\n").contains { $0.hasPrefix(".") || $0.hasPrefix("From ") })
    }
  }

  @Test func aBlindCopyStandsNowhere() throws {
    let body = try mail(Sample.update()) {
      $0.cc = ["Häuptling <boss@example.com>"]
      $0.bcc = ["secret@example.org"]
      $0.to = (1...9).map { "person-with-a-long-name-\($0)@example.com" }
    }
    #expect(
      !body.contains("secret") && body.contains("\r\nCc: =?UTF-8?Q?H=C3=A4uptling?= <boss@example.com>\r\n"))
    #expect(body.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    var destination = Sample.destination("smtp")
    destination.bcc = ["secret@example.org", "team@example.com"]
    #expect(MailDelivery.envelope(of: destination)?.to == ["team@example.com", "secret@example.org"])
    #expect(MailDelivery.envelope(of: destination)?.from == "ops@example.com")
    destination.to = ["nobody"]
    #expect(MailDelivery.envelope(of: destination) == nil)
  }

  @Test func whatGoesByItselfSaysSo() throws {
    let body = try mail(Sample.alert())
    #expect(
      body.contains(
        "\r\nSubject: [fired] QueueBacklog fires: 231 > 200\r\nAuto-Submitted: auto-generated\r\n"))
  }

  @Test(arguments: [
    ("ops@example.com", "", "ops@example.com"),
    (" Ops  Team <ops@example.com> ", "Ops Team", "ops@example.com"),
    ("\"Ops, night\" <o.p-s+x@a-b.example>", "Ops, night", "o.p-s+x@a-b.example"),
    ("root@localhost", "", "root@localhost"),
    ("Ä <a@b>", "Ä", "a@b"),
  ])
  func anAddressIsRead(_ text: String, _ name: String, _ mailbox: String) {
    #expect(MailAddress(text)?.name == name && MailAddress(text)?.mailbox == mailbox)
  }

  @Test(arguments: [
    "", "ops", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a..b@c", ".a@b", "a@b.", "a@-b\r\n", "ä@b", "a@ä",
    "a@b>", "<a@b", "x\r\nBcc: <a@b>",
    "<a@b>,<c@d>", "\"<x\" <a@b>", "a@[127.0.0.1]", "\u{0}<a@b>",
  ])
  func whatIsNoAddressIsRefused(_ text: String) {
    #expect(MailAddress(text) == nil)
  }
}
