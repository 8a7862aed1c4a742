import Comms
import Desk
import Foundation
import Incidents
import Systems
import TestSupport
import Testing
import Values

@testable import Host

/// Replies by mail, through a live server, read back by Python's email module.
@Suite(
  .serialized,
  .enabled(if: MailServer.isInstalled, "python3-aiosmtpd is not installed: make test-peers installs it"))
struct TicketMailTests {
  @Test(.timeLimit(.minutes(10))) func aPublicReplyGoesToWhoeverAsked() throws {
    let server = try MailServer()
    let desk = try TwinDesk(
      "deliveries:\n  post: {smtp: \"127.0.0.1:\(server.port)\", from: desk@example.com, to: [all@example.com]}\n"
    )
    desk.start()
    for (subject, requester) in [
      ("No packs\u{2028}Bcc: x@example.com", "Eve <eve@example.com>"), ("Called", "a customer on the phone"),
    ] {
      var open = OpenTicket(
        subject: subject, text: "They are gone.", requester: requester, plan: ClockPlan(), hand: DeskHand())
      open.system = "shop"
      if subject.contains("Bcc") { open.subject = "No packs Bcc: x@example.com" }
      try desk.act(open)
    }
    let text = "Look again.\n.\nFrom here on: ü 🌙\n=3D"
    let ticket = try desk.ticket()
    let now = Clock.now()
    let comment = CommentTicket("T-1", text: text, isPublic: true, hand: DeskHand())
    let reply = try desk.folder.answer(comment, on: ticket, key: "act-1", at: now)
    let parcel = try #require(reply.parcels.first)
    try desk.act(reply)
    _ = try Condition.wait(for: "the mail") {
      desk.look()
      return try desk.deliveries().first?.state == .sent ? true : nil
    }
    let mails = try server.mails()
    let mail = try #require(mails.first)
    #expect(mails.count == 1 && mail.to == ["eve@example.com"] && mail.from == "desk@example.com")
    #expect(mail.headers["Subject"] == "[T-1] No packs Bcc: x@example.com" && mail.headers["Bcc"] == nil)
    #expect(mail.text == text + "\n" && mail.defects.isEmpty)
    let events = try desk.journal.events(matching: .init(ticket: "T-1"))
    #expect(events.map(\.kind).suffix(3) == ["delivery.queued", "delivery.claimed", "delivery.sent"])
    #expect(try desk.ticket().state == .pendingUser)

    #expect(try desk.folder.replyByMail(to: desk.ticket("T-2"), text: text, key: "act-2", at: now) == nil)
    let inner = CommentTicket("T-1", text: text, isPublic: false, hand: DeskHand())
    #expect(throws: Refusal.self) { try desk.act(ReplyToTicket(inner, parcels: [parcel])) }
    #expect(throws: Refusal.self) { try desk.act(ReplyToTicket(comment, parcels: [parcel])) }
    #expect(try desk.comments() == [text], "an act is done once")
  }
}
