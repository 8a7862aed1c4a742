import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct LikeTicketsTests {
  private let record = MemoryRecord()

  @discardableResult
  private func open(
    _ subject: String, by requester: String, tenant: String? = nil, at clock: String = "03:06"
  ) throws -> String {
    var act = DeskBench.open(subject)
    act.requester = requester
    act.tenant = tenant
    return try #require(try record.perform(act, at: clock).first?.ticket)
  }

  private func rows() throws -> [IndexRow<Ticket>] {
    try record.keys(LikeTickets.query(around: 1)).map { IndexRow(try record.ticket($0), key: $0) }
  }

  private func likenesses(of key: String) throws -> [String] {
    try LikeTickets(among: rows()).likenesses(of: record.ticket(key)).map { "\($0.ticket): \($0.why)" }
  }

  @Test func theSamePersonAboutTheSameThing() throws {
    try open("Charged twice for one pack", by: "Ada", tenant: "sakura")
    try open("Pack charged two times", by: "ada", tenant: "sakura", at: "05:06")
    try open("How do I change my name?", by: "Ada", at: "06:30")
    try open("Charged twice", by: "Bo", tenant: "kumo", at: "05:10")
    // The first has two words of the second; the fourth only one, and is somebody else's.
    #expect(
      try likenesses(of: "T-2")
        == ["T-1: same requester, same tenant, both say \"pack\", \"charged\""])
    #expect(try likenesses(of: "T-3").isEmpty, "the same person, hours later, about something else")
  }

  @Test func othersOfTheSameTenantNeedMoreInCommon() throws {
    try open("Printer in kitchen offline", by: "Ada", tenant: "sakura")
    try open("Kitchen printer prints nothing", by: "Bo", tenant: "sakura")
    try open("Kitchen printer offline again", by: "Cy", tenant: "kumo")
    try open("Till", by: "Di", tenant: "sakura")
    #expect(
      try likenesses(of: "T-1")
        == [
          "T-2: same tenant, both say \"kitchen\", \"printer\"",
          "T-3: both say \"offline\", \"kitchen\", \"printer\"",
        ])
  }

  @Test func commonWordsSayNothing() throws {
    for number in 0..<40 {
      try open("Question about order \(1000 + number)", by: "c\(number)", tenant: "sakura")
    }
    try open("Question about order", by: "new", tenant: "sakura")
    #expect(try likenesses(of: "T-41").isEmpty)
    try open("Question about order 1007", by: "c7", tenant: "sakura")
    #expect(
      try likenesses(of: "T-42").first == "T-8: same requester, same tenant, both say \"1007\"")
  }

  @Test func whatWasMergedOrSplitIsKnown() throws {
    try open("Charged twice for one pack", by: "Ada")
    try open("Charged twice for one pack", by: "Ada")
    try record.perform(SplitTicket("T-1", subject: "Charged twice: refund", text: "and?", hand: DeskHand()))
    #expect(try likenesses(of: "T-1").map { $0.prefix(3) } == ["T-2"])
    #expect(try likenesses(of: "T-3").map { $0.prefix(3) } == ["T-2"])
    try record.perform(MergeTicket("T-2", into: "T-1", hand: DeskHand()))
    #expect(try likenesses(of: "T-1").isEmpty)
    #expect(try rows().map(\.key) == ["T-3", "T-1"], "what was merged is not asked for")
  }

  @Test func farApartIsTwo() throws {
    var early = DeskBench.open()
    early.asked = Instant(rfc3339: "2026-11-06T03:05:00Z")
    try record.perform(early)
    try record.perform(DeskBench.open())
    #expect(try likenesses(of: "T-2").isEmpty)
  }

  @Test func neighboursAreReadByNumber() {
    let query = LikeTickets.query(around: 5000)
    #expect(query.limit == 2001 && query.order == [.descending(.number)])
    #expect(LikeTickets.words(of: "  Ä-Pack: 12, #402!") == ["pack", "402"])
    #expect(LikeTickets.words(of: "  A-Pack: 12, #402! Zed\tpay9") == ["pack", "402", "zed", "pay9"])
    #expect(
      LikeTickets.words(of: "ZAHLUNG geht nicht").union(["é"])
        == LikeTickets.words(of: "Zahlung, geht nicht é").union(["é"]))
  }
}
