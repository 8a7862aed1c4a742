import Comms
import Desk
import Documents
import Incidents
import TestSupport
import Testing
import Values

@testable import Systems

/// How a public reply reaches whoever asked, and what is said where it does not.
struct ReplyFateTests {
  private static let mail =
    "deliveries:\n  post: {smtp: \"mail.example:25\", from: d@example.com, to: [a@example.com]}\n"
  private static let house = """
    tickets:
      source:
        http: https://desk.example/api
        name: grimoire
        comment: {post: "/tickets/{id}/comments", data: {body: "{text}"}}

    """

  private func load(_ text: String) throws -> SystemFolder {
    let (folder, problems) = SystemFolder.load(
      Folder(name: "shop", files: ["system.yaml": "title: Shop\n" + text]), environment: [:])
    try #require(problems.isEmpty, "\(problems)")
    return folder
  }

  private func record(_ requester: String, from house: String?) throws -> MemoryRecord {
    let record = MemoryRecord()
    var open = OpenTicket(
      subject: "No packs", text: "gone", requester: requester, plan: ClockPlan(), hand: DeskHand())
    open.system = "shop"
    open.external = house.map { .init(source: $0, id: "17") }
    try record.perform(open)
    return record
  }

  private func way(_ folder: SystemFolder, _ requester: String, from house: String?) throws -> ReplyWay {
    folder.replyWay(of: try #require(try record(requester, from: house).entity(Ticket.self, "T-1")))
  }

  @Test func saysWhichWay() throws {
    let both = try load(Self.house + Self.mail)
    let eve = "Eve <eve@example.com>"
    #expect(try way(both, eve, from: "grimoire") == .house("grimoire"))
    // It came from a file: no house of ours knows it.
    #expect(try way(both, eve, from: "zd") == .mail("eve@example.com"))
    #expect(try way(both, eve, from: nil) == .mail("eve@example.com"))
    let two = "Ada <ada@example.com>, bob@example.com"
    #expect(try way(both, two, from: nil) == .nowhere("\"\(two)\" is not one mail address"))
    #expect(try way(both, "Ada", from: nil) == .nowhere("\"Ada\" is not one mail address"))
    #expect(
      try way(load(Self.house), eve, from: "zd")
        == .nowhere("nobody tells zd, from which it came, and shop has no smtp delivery"))
    #expect(
      try way(load(""), eve, from: nil)
        == .nowhere("shop has neither an smtp delivery nor a house that is told"))
    let silent = try load(Self.house.replacing("    comment:", with: "    note:"))
    #expect(
      try way(silent, eve, from: "grimoire")
        == .nowhere("grimoire has no call for a comment, and shop no smtp delivery"))
    // Where tickets are made there it goes there.
    let making = try load(
      Self.house + "    create: {post: /tickets, data: {subject: \"{subject}\"}}\n" + Self.mail)
    #expect(try way(making, eve, from: nil) == .house("grimoire"))
  }

  /// A ticket of a file, in a folder with a house and a mail server: its reply goes out as a mail.
  @Test func whatCameFromAFileIsAnsweredByMail() throws {
    let folder = try load(Self.house + Self.mail)
    let record = try record("eve@example.com", from: "zd")
    let ticket = try #require(try record.entity(Ticket.self, "T-1"))
    let now = try #require(Instant(rfc3339: "2026-11-21T03:10:00Z"))
    let comment = CommentTicket("T-1", text: "We look.", isPublic: true, hand: DeskHand())
    let reply = try folder.answer(comment, on: ticket, key: "k1", at: now)
    #expect(reply.parcels.map(\.kind) == ["smtp"])
    let events = try record.perform(reply, at: "03:10")
    let written = try #require(events.first?.id)
    func fate() throws -> ReplyFate? {
      ReplyFate.all(
        of: try #require(try record.entity(Ticket.self, "T-1")), events: record.events, folder: folder)[
          written]
    }
    #expect(try fate()?.words == "by mail to eve@example.com: queued")
    let key = try #require(reply.parcels.first?.name)
    try record.perform(ClaimDelivery(key, epoch: 1), by: "midwatch", at: "03:11")
    #expect(try fate()?.standing == .underway)
  }

  @Test func whatGoesNowhereSaysSo() throws {
    let folder = try load(Self.mail)
    let record = try record("Ada", from: nil)
    let event = try #require(
      try record.perform(
        CommentTicket("T-1", text: "We look.", isPublic: true, hand: DeskHand()), at: "03:10"
      ).first)
    try record.perform(CommentTicket("T-1", text: "inside", isPublic: false, hand: DeskHand()), at: "03:11")
    let fates = ReplyFate.all(
      of: try #require(try record.entity(Ticket.self, "T-1")), events: record.events, folder: folder)
    #expect(fates.count == 1 && fates[event.id]?.needsPerson ?? false)
    #expect(fates[event.id]?.words == "goes nowhere: \"Ada\" is not one mail address")
  }
}
