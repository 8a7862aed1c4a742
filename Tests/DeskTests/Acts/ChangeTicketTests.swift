import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct ChangeTicketTests {
  private func change(_ change: (inout ChangeTicket) -> Void) -> ChangeTicket {
    var act = ChangeTicket("T-1", hand: DeskHand())
    change(&act)
    return act
  }

  @Test func onlyWhatIsNewIsWritten() throws {
    let record = try DeskBench.record()
    let events = try record.perform(
      change {
        $0.subject = "Charged twice for one pack"
        $0.assignee = "support2"
        $0.tags = ["Billing"]
        $0.priority = .urgent
        $0.reason = "she asked for it"
      }, at: "03:10")
    let fact = try #require(events.first?.fact(TicketChanged.self))
    #expect(events.count == 1 && fact.subject == nil && fact.severity == nil && fact.clocks == nil)
    #expect(fact.assignee == "support2" && fact.tags == ["billing"] && fact.priority == .urgent)
    #expect(fact.reason == "she asked for it")
    #expect(record.refusal(change { $0.assignee = "support2" }) == "T-1 is like that already.")
    try record.perform(change { $0.assignee = "" }, at: "03:11")
    #expect(try record.ticket().assignee == nil && record.ticket().tags == ["billing"])
    #expect(record.refusal(change { $0.assignee = "" }) == "T-1 is like that already.")
  }

  /// A published defect of another desk: the pause was lost with the severity.
  @Test func aNewSeverityCountsFromTheStartWithEveryPause() throws {
    let record = try DeskBench.record(.s3)
    try record.perform(PauseTicket("T-1", reason: "the bank", hand: DeskHand()), at: "03:16")
    #expect(try record.clocks() == ["respond -3h50m"])
    try record.perform(change { $0.severity = .s1 }, at: "03:20")
    #expect(try record.clocks() == ["mitigate -5m", "resolve -1h50m"], "it goes on standing still")
    try record.perform(ResumeTicket("T-1", hand: DeskHand()), at: "03:46")
    #expect(try record.clocks() == ["mitigate 03:51", "resolve 05:36"])
    try record.perform(change { $0.severity = .s2 }, at: "03:50")
    #expect(try record.clocks() == ["respond 04:36"])
    try record.perform(change { $0.severity = .s4 }, at: "03:51")
    #expect(try record.clocks().isEmpty && record.ticket().next == nil)
  }

  @Test func whatCannotBeIsRefused() throws {
    let record = try DeskBench.record()
    let table: [(ChangeTicket, String)] = [
      (change { $0.subject = "a\nb" }, "A subject is one line of at most 300 characters."),
      (change { $0.assignee = "Ada!" }, "Ada! is no handle: a-z, 0-9, dots, dashes, at most 32."),
      (change { $0.tags = [""] }, "\"\" is no tag; a tag is one word of at most 40 characters."),
      (change { _ in }, "T-1 is like that already."),
      (change { $0.reason = "no more than a reason" }, "T-1 is like that already."),
    ]
    for (act, sentence) in table { #expect(record.refusal(act) == sentence) }
    #expect(record.events.count == 1)
  }
}
