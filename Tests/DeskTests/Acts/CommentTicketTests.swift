import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct CommentTicketTests {
  @Test func aPublicReplyAnswersAndWaitsForTheCustomer() throws {
    let record = try DeskBench.record()
    let events = try record.perform(DeskBench.comment("We look."), by: "support1", at: "03:30")
    #expect(events.map(\.kind) == ["ticket.commented", "ticket.changed"])
    let ticket = try record.ticket()
    #expect(ticket.state == .pendingUser && ticket.stateBy == "support1")
    #expect(ticket.answered?.minuteUTC == "03:30Z" && ticket.isCustomersTurn && ticket.comments == 2)
    #expect(try record.clocks().isEmpty, "the only clock of S3 is met")
    // The first answer is the one that counts.
    try record.perform(DeskBench.comment("More."), at: "03:40")
    #expect(try record.ticket().answered?.minuteUTC == "03:30Z")
  }

  @Test func anInternalCommentMovesNothing() throws {
    let record = try DeskBench.record()
    let events = try record.perform(DeskBench.comment("Same id twice.", isPublic: false), at: "03:30")
    #expect(events.map(\.kind) == ["ticket.commented"])
    let ticket = try record.ticket()
    #expect(ticket.state == .open && ticket.answered == nil && !ticket.isCustomersTurn)
    #expect(ticket.lastComment?.isPublic == false)
    #expect(try record.clocks() == ["respond 07:06"])
    #expect(events.first?.fact(TicketCommented.self)?.clocks == nil, "where no clock moved, none is written")
  }

  @Test func aCustomersReplyWaitsForSupportAndLetsClocksGoOn() throws {
    let record = try DeskBench.record(.s1)
    try record.perform(DeskBench.comment("Which card?"), at: "03:10")
    #expect(try record.clocks() == ["mitigate -11m", "resolve -1h56m"])
    let events = try record.perform(DeskBench.comment("Visa.", by: ""), at: "03:40")
    #expect(events.first?.fact(TicketCommented.self)?.customer == "customer 8841", "by its requester's name")
    #expect(try record.ticket().state == .pendingSupport && !record.ticket().isCustomersTurn)
    // Thirty minutes of waiting do not count.
    #expect(try record.clocks() == ["mitigate 03:51", "resolve 05:36"])
  }

  @Test func whoeverDidNotSeeTheLatestIsToldFirst() throws {
    let record = try DeskBench.record()
    var mine = DeskBench.comment("We look.")
    mine.seen = 1
    try record.perform(DeskBench.comment("I have it.", isPublic: false), by: "support2", at: "03:20")
    #expect(
      record.refusal(mine, at: "03:21")
        == "support2 wrote on T-1 at 03:20Z, after you looked; read that, then send yours again.")
    mine.seen = 2
    #expect(record.refusal(mine, at: "03:22") == nil)
  }

  @Test func anotherHousesCommentIsTakenInOnce() throws {
    let record = try DeskBench.record()
    var act = DeskBench.comment("Any news?", by: "Ada")
    act.external = "c-1"
    #expect(try record.perform(act, at: "03:20").count == 2)
    #expect(try record.perform(act, at: "03:21").isEmpty)
    #expect(try record.ticket().comments == 2 && record.ticket().commentIDs == ["c-1"])
  }

  /// What is told now answers now; the words keep their time.
  @Test func aLateReplyCountsFromNow() throws {
    let record = try DeskBench.record(.s2)
    var late = DeskBench.comment("We look.")
    late.written = Instant(rfc3339: "2026-11-21T03:20:00Z")
    let events = try record.perform(late, at: "03:50")
    let ticket = try record.ticket()
    #expect(ticket.answered?.minuteUTC == "03:50Z" && ticket.stateSince?.minuteUTC == "03:50Z")
    #expect(events.first.flatMap(TicketLine.init)?.at.minuteUTC == "03:20Z")
    #expect(ticket.replied?.minuteUTC == "03:50Z")
    // A remark that stays in the house moves nothing, and stands where it was written.
    var note = DeskBench.comment("She called.", isPublic: false)
    note.written = Instant(rfc3339: "2026-11-21T03:25:00Z")
    #expect(try record.perform(note, at: "03:51").map(\.occurred.minuteUTC) == ["03:25Z"])
  }

  @Test func anOldWordOfTheCustomerMovesNothing() throws {
    let record = try DeskBench.record(.s2)
    try record.perform(DeskBench.comment("We look."), at: "03:20")
    var older = DeskBench.comment("I forgot to say.", by: "Ada")
    older.written = Instant(rfc3339: "2026-11-21T03:10:00Z")
    #expect(try record.perform(older, at: "03:51").map(\.kind) == ["ticket.commented"])
    let ticket = try record.ticket()
    #expect(ticket.state == .pendingUser && ticket.comments == 3 && ticket.isCustomersTurn)
    // One that came after the reply waits from when it was written.
    var newer = DeskBench.comment("And this.", by: "Ada")
    newer.written = Instant(rfc3339: "2026-11-21T03:30:00Z")
    try record.perform(newer, at: "03:52")
    #expect(try record.ticket().state == .pendingSupport)
    #expect(try record.ticket().stateSince?.minuteUTC == "03:30Z")
    // What is closed stays so.
    try record.perform(MoveTicket("T-1", to: .closed, hand: DeskHand()), at: "04:00")
    newer.written = Instant(rfc3339: "2026-11-21T03:40:00Z")
    try record.perform(newer, at: "04:01")
    #expect(try record.ticket().state == .closed)
    // Nothing was written before the ticket was.
    newer.written = Instant(rfc3339: "2026-11-21T01:00:00Z")
    #expect(
      record.refusal(newer, at: "04:02")
        == "T-1 was opened at 2026-11-21 03:06:00Z; nothing was written on it before that.")
    newer.written = Instant(rfc3339: "2026-11-21T05:00:00Z")
    #expect(record.refusal(newer, at: "04:02") == "2026-11-21 05:00:00Z is in the future.")
  }

  @Test func whatIsClosedIsReopenedByItsCustomerOnly() throws {
    let record = try DeskBench.record(.s1)
    try record.perform(MoveTicket("T-1", to: .closed, hand: DeskHand()), at: "03:30")
    #expect(
      record.refusal(DeskBench.comment("By the way"), at: "03:31")
        == "T-1 is closed; reopen it before you write to the customer, or write an internal comment.")
    #expect(record.refusal(DeskBench.comment("for the record", isPublic: false), at: "03:32") == nil)
    #expect(try record.ticket().state == .closed)
    try record.perform(DeskBench.comment("It is back.", by: "Ada"), at: "04:30")
    #expect(try record.ticket().state == .pendingSupport && record.ticket().met["resolve"] == nil)
    // The hour for which it was closed does not count, and nobody said that mitigation had begun.
    #expect(try record.clocks() == ["mitigate 03:21", "resolve 06:06"])
  }

  @Test func nothingIsNoComment() throws {
    let record = try DeskBench.record()
    #expect(record.refusal(DeskBench.comment(" \n")) == "There is nothing to write on T-1 yet.")
    var file = DeskBench.comment("")
    file.attachments = ["/tmp/receipt.pdf"]
    #expect(record.refusal(file) == nil)
    var other = DeskBench.comment("x")
    other.ticket = "T-9"
    #expect(record.refusal(other) == "There is no ticket T-9; `midwatch ticket list` shows them.")
  }
}
