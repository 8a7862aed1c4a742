import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct OpenTicketTests {
  @Test func whatTheCustomerWroteIsTheFirstComment() throws {
    let record = MemoryRecord()
    var act = DeskBench.open()
    act.tags = ["Billing", "vip", "billing"]
    act.tenant = "sakura"
    act.system = "shop"
    act.priority = .high
    act.asked = Instant(rfc3339: "2026-11-21T02:30:00Z")
    let events = try record.perform(act, by: "support1")
    #expect(events.map(\.kind) == ["ticket.opened"] && events.map(\.ticket) == ["T-1"])
    #expect(events.first?.occurred.minuteUTC == "02:30Z" && events.first?.recorded.minuteUTC == "03:06Z")
    let ticket = try record.ticket()
    #expect(ticket.number == 1 && ticket.state == .open && ticket.isOpen && ticket.comments == 1)
    #expect(ticket.tags == ["billing", "vip"] && ticket.tenant == "sakura" && ticket.system == "shop")
    #expect(ticket.lastComment?.by == "customer 8841" && ticket.lastComment?.isCustomer == true)
    #expect(ticket.openedBy == "support1" && ticket.answered == nil && !ticket.isCustomersTurn)
    #expect(ticket.priority == .high && ticket.assignee == nil)
    // Four hours from when it was asked, not from when it was written down.
    #expect(try record.clocks() == ["respond 06:30"])
  }

  @Test(arguments: [
    (Severity.s1, ["mitigate 03:21", "resolve 05:06"]), (.s2, ["respond 04:06"]), (.s3, ["respond 07:06"]),
    (.s4, []),
  ]) func clocksAreOfTheSeverity(_ severity: Severity, clocks: [String]) throws {
    #expect(try DeskBench.record(severity).clocks() == clocks)
  }

  @Test func numbersCount() throws {
    let record = try DeskBench.record()
    #expect(try record.perform(DeskBench.open("Lost items"), at: "03:07").map(\.ticket) == ["T-2"])
    #expect(try record.open(Ticket.self) == ["T-1", "T-2"])
  }

  @Test func theSameRequestOfAnotherHouseIsTakenInOnce() throws {
    let record = MemoryRecord()
    var act = DeskBench.open()
    act.external = .init(source: "crystal", id: "Xy7")
    act.state = .pendingUser
    try record.perform(act)
    #expect(try record.ticket().state == .pendingUser && record.ticket().external?.text == "crystal Xy7")
    #expect(try record.clocks() == ["respond -4h"], "it stands still from the start")
    #expect(record.refusal(act) == "T-1 is Xy7 of crystal already.")
    act.external = .init(source: "other", id: "Xy7")
    #expect(record.refusal(act) == nil)
  }

  @Test func whatCannotBeIsRefused() throws {
    func with(_ change: (inout OpenTicket) -> Void) -> OpenTicket {
      var act = DeskBench.open()
      change(&act)
      return act
    }
    let table: [(OpenTicket, String)] = [
      (with { $0.subject = " " }, "A ticket needs a subject; say in a few words what is asked."),
      (
        with { $0.subject = "a\nb" },
        "A subject is one line of at most 300 characters; write the rest as the text."
      ),
      (
        with { $0.subject = String(repeating: "x", count: 301) },
        "A subject is one line of at most 300 characters; write the rest as the text."
      ),
      (with { $0.requester = "" }, "A ticket needs a requester; say who asks."),
      (with { $0.assignee = "Anna K" }, "Anna K is no handle: a-z, 0-9, dots, dashes, at most 32."),
      (
        with { $0.tags = ["two words"] },
        "\"two words\" is no tag; a tag is one word of at most 40 characters."
      ),
      (
        with { $0.asked = Instant(rfc3339: "2026-11-21T03:08:00Z") },
        "2026-11-21 03:08:00Z is in the future; it was asked before now."
      ),
    ]
    for (act, sentence) in table {
      let record = MemoryRecord()
      #expect(record.refusal(act) == sentence)
      #expect(record.events.isEmpty)
    }
  }

  @Test func assigningWhileOpeningIsAssigning() throws {
    let may = DeskPermissions(["assign": ["lead"]])
    var open = DeskBench.open()
    open.assignee = "bob"
    open.hand = DeskHand(permissions: may, roles: ["support"])
    let record = MemoryRecord()
    #expect(
      record.refusal(open)
        == "Assigning is for lead, and you are support; say that you mean it, and it is done and recorded.")
    open.hand.isSure = true
    #expect(try record.perform(open).first?.fact(TicketOpened.self)?.outsideRoles == true)
  }
}
