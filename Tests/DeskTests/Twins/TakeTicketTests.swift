import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

struct TakeTicketTests {
  private typealias Comment = IncomingTicket.Comment
  private let record = MemoryRecord()

  private static func remote(_ change: (inout IncomingTicket) -> Void = { _ in }) -> IncomingTicket {
    var ticket = IncomingTicket(
      id: "a1", subject: "No packs", text: "They are gone.", requester: "eve@example.com")
    ticket.state = .pendingSupport
    ticket.opened = Instant(rfc3339: "2026-11-21T03:00:00Z")
    ticket.comments = [
      Comment(id: "c0", text: "They are gone.\n", customer: "eve@example.com"),
      Comment(id: "c1", text: "Which ones?", author: "Anna", at: Instant(rfc3339: "2026-11-21T03:05:00Z")),
      Comment(id: "c2", text: "All.", customer: "eve", at: Instant(rfc3339: "2026-11-21T03:06:00Z")),
    ]
    change(&ticket)
    return ticket
  }

  @discardableResult
  private func take(
    _ ticket: IncomingTicket, at clock: String = "04:00", readAt: String? = nil, by: String = "midwatch"
  ) throws -> [Event] {
    var act = TakeTicket(
      ticket, from: "cg", digest: "\(ticket.hashValueForTests)", system: "shop", plan: DeskBench.plan,
      hand: DeskHand())
    act.readAt = readAt.flatMap { Instant(rfc3339: "2026-11-21T\($0):00Z") }
    return try record.perform(act, by: by, at: clock)
  }

  private func ticket() throws -> Ticket { try #require(try record.entity(Ticket.self, "T-1")) }

  private func comments() -> [String] { record.events.compactMap { $0.fact(TicketCommented.self)?.text } }

  @Test func takesInAConversationOnce() throws {
    try take(Self.remote())
    let ticket = try ticket()
    #expect(ticket.external == .init(source: "cg", id: "a1") && ticket.system == "shop")
    #expect(comments() == ["Which ones?", "All."], "the request is not its own first comment")
    #expect(ticket.commentIDs == ["c0", "c1", "c2"] && ticket.state == .pendingSupport)
    #expect(ticket.openedAt == Instant(rfc3339: "2026-11-21T03:00:00Z"))
    #expect(ticket.answered == Instant(rfc3339: "2026-11-21T03:05:00Z"))
    #expect(record.events.contains { $0.fact(TicketCommented.self)?.author == "Anna" })
    #expect(try take(Self.remote(), at: "04:02") == [], "a poll is no event")
    #expect(ticket.unsent.isEmpty)
  }

  @Test func takesOnlyWhatIsNew() throws {
    try take(Self.remote())
    let events = try take(
      Self.remote { $0.comments.append(Comment(id: "c3", text: "Still.", customer: "eve")) })
    #expect(events.map(\.kind) == ["ticket.commented", "ticket.synced"])
    // A page of comments that was read to its half, and the whole of it later.
    try take(Self.remote { $0.comments.removeLast() })
    try take(Self.remote { $0.comments.append(Comment(id: "c3", text: "Still.", customer: "eve")) })
    #expect(comments() == ["Which ones?", "All.", "Still."])
    let moved = try take(Self.remote { $0.priority = .urgent })
    #expect(moved.map(\.kind) == ["ticket.changed", "ticket.synced"])
    #expect(try ticket().priority == .urgent && ticket().state == .pendingSupport)
  }

  @Test func neverOverwritesWhatWasNotSent() throws {
    try take(Self.remote { $0.assignee = "" })
    var change = ChangeTicket("T-1", hand: DeskHand())
    change.assignee = "ops1"
    change.priority = .high
    try record.perform(change, at: "04:01")
    #expect(try ticket().unsent.map(\.what) == ["priority", "assignee"])
    // The other side says nothing new of it: no conflict.
    try take(Self.remote { ($0.assignee, $0.priority) = ("", nil) }, at: "04:02")
    #expect(try ticket().conflicts == [:] && ticket().assignee == "ops1")
    // Now both changed it.
    try take(Self.remote { ($0.assignee, $0.subject) = ("anna", "No packs at all") }, at: "04:03")
    #expect(try ticket().conflicts == ["assignee": "anna"])
    #expect(try ticket().assignee == "ops1" && ticket().subject == "No packs at all")
    #expect(
      record.refusal(ResolveConflict("T-1", field: "state", keep: .ours, hand: DeskHand()))
        == "T-1 has no conflict about state; it has one about assignee.")
    try record.perform(ResolveConflict("T-1", field: "assignee", keep: .ours, hand: DeskHand()), at: "04:04")
    #expect(try ticket().conflicts == [:] && ticket().unsent.last?.value == "ops1")
    #expect(try ticket().unsent.last?.what == "assignee", "ours has to go there")
    try take(Self.remote { ($0.assignee, $0.subject) = ("anna", "No packs at all") }, at: "04:05")
    #expect(try ticket().conflicts == [:], "what was decided is no conflict again")
    try take(Self.remote { $0.assignee = "ben" }, at: "04:06")
    try record.perform(
      ResolveConflict("T-1", field: "assignee", keep: .theirs, hand: DeskHand()), at: "04:07")
    #expect(try ticket().assignee == "ben" && ticket().unsent.map(\.what) == ["priority"])
  }

  @Test func whatBothChangedAlikeIsNoConflict() throws {
    try take(Self.remote())
    try record.perform(MoveTicket("T-1", to: .resolved, hand: DeskHand()), at: "04:01")
    try take(Self.remote { $0.state = .resolved }, at: "04:02")
    #expect(try ticket().conflicts == [:] && ticket().unsent.isEmpty)
  }

  @Test func whatWeWroteThereComesBackOnce() throws {
    try take(Self.remote())
    let told = try record.perform(
      CommentTicket("T-1", text: "Look again, please.", isPublic: true, hand: DeskHand()), at: "04:01")
    let debt = try #require(try ticket().unsent.first)
    #expect(debt.isComment && debt.id == told.first?.id)
    // It arrived though nobody heard so: the other house lists it.
    try take(
      Self.remote { $0.comments.append(Comment(id: "c9", text: "Look again, please.\r\n", author: "desk")) },
      at: "04:02")
    #expect(comments().count == 3)
    #expect(try ticket().commentIDs.contains("c9") && !ticket().owed.contains { $0.isComment })
    // The same words a second time are another comment.
    try take(
      Self.remote {
        $0.comments += [
          Comment(id: "c9", text: "Look again, please.", author: "desk"),
          Comment(id: "c10", text: "Look again, please.", author: "desk"),
        ]
      }, at: "04:03")
    #expect(comments().count == 4)
  }

  @Test func knowsItsOwnWithoutAName() throws {
    try take(Self.remote())
    try record.perform(CommentTicket("T-1", text: "Hello", isPublic: true, hand: DeskHand()), at: "04:01")
    let debt = try #require(try ticket().unsent.first)
    try record.perform(
      MarkTicketSent("T-1", debt: debt.id, what: debt.what, value: nil, remoteID: nil),
      by: "midwatch",
      at: "04:02")
    #expect(try !ticket().unsent.contains { $0.isComment } && ticket().owed.contains { $0.isComment })
    try take(Self.remote { $0.comments.append(Comment(id: "c5", text: "Hello")) }, at: "04:03")
    #expect(try comments().count == 3 && !ticket().owed.contains { $0.isComment })
  }

  @Test func whatWasReadBeforeItWentDoesNotUndoIt() throws {
    try take(Self.remote())
    try record.perform(MoveTicket("T-1", to: .resolved, hand: DeskHand()), at: "04:01")
    let debt = try #require(try ticket().unsent.first)
    try record.perform(
      MarkTicketSent("T-1", debt: debt.id, what: "state", value: "resolved", remoteID: nil),
      by: "midwatch", at: "04:03")
    try take(
      Self.remote { $0.comments.append(Comment(id: "c3", text: "Hm.", author: "Anna")) }, at: "04:04",
      readAt: "04:02")
    #expect(try ticket().state == .resolved && comments().count == 3, "the comment counts, the state is old")
    try take(
      Self.remote { $0.comments.append(Comment(id: "c3", text: "Hm.", author: "Anna")) }, at: "04:06",
      readAt: "04:05")
    #expect(try ticket().state == .pendingSupport, "now it is news")
  }

  @Test func aClosedTicketHearsWhatWasWrittenThere() throws {
    try take(Self.remote { $0.state = .closed })
    try take(
      Self.remote {
        $0.state = .closed
        $0.comments.append(Comment(id: "c4", text: "By the way.", author: "Anna"))
      }, at: "04:01")
    #expect(try comments().last == "By the way." && ticket().state == .closed)
  }

  @Test func aMergedTicketIsHeardWhereTheWorkGoesOn() throws {
    try take(Self.remote())
    try record.perform(DeskBench.open(), at: "04:01")
    var merge = MergeTicket("T-1", into: "T-2", hand: DeskHand())
    merge.hand.isSure = true
    try record.perform(merge, at: "04:02")
    try take(
      Self.remote { $0.comments.append(Comment(id: "c4", text: "And?", customer: "eve")) }, at: "04:03")
    let last = try #require(record.events.last { $0.kind == TicketCommented.kind })
    #expect(last.ticket == "T-2")
    try take(
      Self.remote {
        $0.comments.append(Comment(id: "c4", text: "And?", customer: "eve")); $0.priority = .low
      },
      at: "04:04")
    #expect(record.events.count { $0.fact(TicketCommented.self)?.text == "And?" } == 1)
  }

  /// T-1 was closed here, which that house has no call for, and then its support wrote and it says another state.
  @Test func whatWasClosedHereIsNotOpenedByAReplyThere() throws {
    try take(Self.remote { $0.state = .pendingSupport })
    try record.perform(MoveTicket("T-1", to: .resolved, hand: DeskHand()), at: "04:01")
    try record.perform(MoveTicket("T-1", to: .closed, reason: "told by phone", hand: DeskHand()), at: "04:02")
    let events = try take(
      Self.remote {
        $0.state = .pendingUser
        $0.comments.append(Comment(id: "c4", text: "Is it well now?", author: "Anna"))
      }, at: "04:03")
    #expect(events.map(\.kind) == ["ticket.commented", "ticket.synced"])
    #expect(try ticket().state == .closed && ticket().conflicts == ["state": "pending_user"])
    #expect(try ticket().unsent.map(\.value) == ["resolved", "closed"])
    try record.perform(ResolveConflict("T-1", field: "state", keep: .theirs, hand: DeskHand()), at: "04:04")
    #expect(try ticket().state == .pendingUser && ticket().unsent.isEmpty)
  }

  /// The same on a ticket that is open: a reply there moves no state that was set here and did not go out.
  @Test func aReplyThereMovesNoStateThatIsOwed() throws {
    try take(Self.remote { $0.state = .pendingUser })
    try record.perform(
      MoveTicket("T-1", to: .pendingSupport, reason: "she called", isOverride: true, hand: DeskHand()),
      at: "04:01")
    try take(
      Self.remote {
        $0.state = .open
        $0.comments.append(Comment(id: "c4", text: "Wait.", author: "Anna"))
      }, at: "04:02")
    #expect(try ticket().state == .pendingSupport && ticket().conflicts == ["state": "open"])
  }

  @Test func mergesOfMergesAreFollowed() throws {
    try take(Self.remote())
    try record.perform(DeskBench.open(), at: "04:01")
    try record.perform(DeskBench.open(), at: "04:01")
    for (one, other) in [("T-1", "T-2"), ("T-2", "T-3")] {
      try record.perform(MergeTicket(one, into: other, hand: DeskHand(isSure: true)), at: "04:02")
    }
    let more = Self.remote { $0.comments.append(Comment(text: "And?", customer: "eve")) }
    try take(more, at: "04:03")
    #expect(record.events.last { $0.kind == TicketCommented.kind }?.ticket == "T-3")
    try take(Self.remote { ($0.comments, $0.priority) = (more.comments, .low) }, at: "04:04")
    #expect(comments().count { $0 == "And?" } == 1)
    let last = try record.ticket("T-3")
    #expect(last.state == .pendingSupport)
    #expect(try last.absorbedAll { try record.entity(Ticket.self, $0) } == ["T-2", "T-1"])
    #expect(try last.absorbedAll(most: 1) { try record.entity(Ticket.self, $0) } == ["T-2"])
    #expect(try ticket().merges { try record.entity(Ticket.self, $0) }.map(\.key) == ["T-2", "T-3"])
    #expect(
      record.refusal(MoveTicket("T-1", to: .resolved, hand: DeskHand()))
        == "T-1 was merged into T-2; work on T-3.")
  }

  /// A house without ids for comments that lists the newest first: each is taken once.
  @Test(arguments: [true, false]) func commentsWithoutIdsAreKnownByWhatTheySay(hasTimes: Bool) throws {
    func comment(_ text: String, _ minute: Int, _ customer: String? = "eve") -> Comment {
      let at = Instant(rfc3339: "2026-11-21T03:0\(minute):00Z")
      return Comment(
        text: text, customer: customer, author: customer == nil ? "Anna" : nil, at: hasTimes ? at : nil)
    }
    var listed = [comment("They are gone.", 0)]
    func round(_ new: [Comment], at clock: String) throws {
      listed.insert(contentsOf: new.reversed(), at: 0)
      try take(Self.remote { $0.comments = listed }, at: clock)
    }
    try round([comment("Which?", 1, nil), comment("ok", 2)], at: "04:00")
    #expect(comments() == ["Which?", "ok"])
    try round([comment("ok", 3)], at: "04:01")
    try round([comment("Done", 4, nil)], at: "04:02")
    #expect(comments() == ["Which?", "ok", "ok", "Done"])
    try take(Self.remote { ($0.comments, $0.priority) = (listed.reversed(), .low) }, at: "04:03")
    #expect(comments().count == 4, "whichever way it lists them")
  }

  /// Journals of before know such comments by their places.
  @Test func placesOfBeforeAreNotTakenTwice() throws {
    try take(Self.remote { $0.comments = [] })
    for (index, text) in ["Which?", "All."].enumerated() {
      var act = CommentTicket("T-1", text: text, isPublic: true, hand: DeskHand())
      act.external = "#\(index + 1)"
      act.writer = .customer("eve")
      try record.perform(act, by: "midwatch", at: "04:01")
    }
    var listed = [Comment(text: "Which?", customer: "eve"), Comment(text: "All.", customer: "eve")]
    listed.append(Comment(text: "Still.", customer: "eve"))
    try take(Self.remote { $0.comments = listed }, at: "04:02")
    #expect(comments() == ["Which?", "All.", "Still."])
    listed.insert(Comment(text: "Hm.", customer: "eve"), at: 0)
    try take(Self.remote { $0.comments = listed }, at: "04:03")
    #expect(comments() == ["Which?", "All.", "Still.", "Hm."])
  }

  /// The clock of that house is ahead.
  @Test func timesAheadAreNow() throws {
    try take(
      Self.remote {
        $0.opened = Instant(rfc3339: "2026-11-21T04:03:00Z")
        $0.comments = [Comment(text: "All.", customer: "eve", at: Instant(rfc3339: "2026-11-21T04:05:00Z"))]
      })
    #expect(try ticket().openedAt?.minuteUTC == "04:00Z" && ticket().lastComment?.at.minuteUTC == "04:00Z")
  }

  /// A person's import is not a change that is owed to the house that it came from.
  @Test func anImportOwesNothing() throws {
    try take(Self.remote(), by: "ops1")
    try take(Self.remote { ($0.priority, $0.assignee) = (.urgent, "anna") }, at: "04:01", by: "ops1")
    #expect(try ticket().priority == .urgent && ticket().owed.isEmpty)
  }
}

extension IncomingTicket {
  /// Tells states of one test apart.
  fileprivate var hashValueForTests: String {
    (try? FactCoding.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
