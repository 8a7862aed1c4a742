import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// What the table of transitions does not say; every cell of it is tried in ``TicketTransitionsTests``.
@Suite struct MoveTicketTests {
  private func move(_ state: TicketState, _ reason: String? = nil, override: Bool = false) -> MoveTicket {
    MoveTicket("T-1", to: state, reason: reason, isOverride: override, hand: DeskHand())
  }

  @Test func whatIsSolvedIsMetWhenItWas() throws {
    let record = try DeskBench.record(.s1)
    try record.perform(move(.resolved), at: "03:30")
    #expect(try !record.ticket().isOpen && record.clocks().isEmpty)
    #expect(try record.ticket().met.mapValues(\.minuteUTC) == ["mitigate": "03:30Z", "resolve": "03:30Z"])
    // Closing it long after it was due makes nothing late.
    try record.perform(move(.closed), at: "09:00")
    #expect(try record.ticket().met["resolve"]?.minuteUTC == "03:30Z")
  }

  /// A published defect of another desk: what is reopened was breached at once.
  @Test func reopeningCountsOnFromWhereItStood() throws {
    let record = try DeskBench.record(.s1)
    try record.perform(move(.resolved), at: "03:16")
    #expect(
      record.refusal(move(.pendingSupport), at: "22:00") == "T-1 is resolved; say why it is open again.")
    try record.perform(move(.pendingSupport, "charged a third time"), at: "22:00")
    #expect(try record.clocks() == ["mitigate 22:05", "resolve 23:50"], "5 and 110 minutes were left")
    #expect(try record.ticket().next?.clock == "mitigate" && record.ticket().isOpen)
  }

  /// Closed by mistake: nobody said that mitigation had begun, and now somebody may.
  @Test func whatClosingMetIsTakenBack() throws {
    let record = try DeskBench.record(.s1)
    try record.perform(move(.closed), at: "03:10")
    try record.perform(move(.pendingSupport, "by mistake"), at: "03:11")
    #expect(try record.ticket().met.isEmpty)
    try record.perform(BeginMitigation("T-1", hand: DeskHand()), at: "03:12")
    try record.perform(move(.resolved), at: "03:13")
    try record.perform(move(.closed), at: "03:14")
    try record.perform(move(.pendingSupport, "again"), at: "04:14")
    #expect(try record.ticket().met.mapValues(\.minuteUTC) == ["mitigate": "03:12Z"], "it was met before")
  }

  @Test func refusalsSayWhatMovesIt() throws {
    let record = try DeskBench.record()
    #expect(
      record.refusal(move(.pendingUser))
        == "T-1 goes from open to pending_user by a public reply; override it with a reason if it must be.")
    #expect(
      record.refusal(move(.pendingUser, override: true))
        == "An override needs a reason; say why T-1 is pending_user.")
    #expect(record.refusal(move(.open)) == "T-1 is open already.")
    let events = try record.perform(move(.pendingUser, "told by telephone", override: true), at: "03:16")
    #expect(events.first?.fact(TicketChanged.self)?.override == true)
    #expect(try record.clocks() == ["respond -3h50m"], "no answer that anybody reads")
  }

  @Test func mitigationBeginsOnce() throws {
    let record = try DeskBench.record(.s1)
    try record.perform(BeginMitigation("T-1", hand: DeskHand()), at: "03:12")
    #expect(
      try record.clocks() == ["resolve 05:06"] && record.ticket().met["mitigate"]?.minuteUTC == "03:12Z")
    #expect(
      record.refusal(BeginMitigation("T-1", hand: DeskHand()))
        == "Mitigation of T-1 has begun already.")
    try record.perform(move(.resolved), at: "03:30")
    #expect(record.refusal(BeginMitigation("T-1", hand: DeskHand())) == "T-1 is resolved.")
    #expect(try record.ticket().met["mitigate"]?.minuteUTC == "03:12Z")
  }

  @Test func aThirdPartyStopsClocks() throws {
    let record = try DeskBench.record(.s2)
    #expect(
      record.refusal(PauseTicket("T-1", reason: " ", hand: DeskHand())) == "Say for whom T-1 waits.")
    try record.perform(PauseTicket("T-1", reason: "the bank", hand: DeskHand()), at: "03:16")
    #expect(try record.clocks() == ["respond -50m"] && record.ticket().isPaused)
    #expect(try record.ticket().standing == ["third_party"])
    #expect(
      record.refusal(PauseTicket("T-1", reason: "the post", hand: DeskHand()))
        == "T-1 waits for a third party already.")
    try record.perform(ResumeTicket("T-1", reason: "it wrote back", hand: DeskHand()), at: "04:16")
    #expect(try record.clocks() == ["respond 05:06"] && !record.ticket().isPaused)
    #expect(record.refusal(ResumeTicket("T-1", hand: DeskHand())) == "T-1 waits for no third party.")
    try record.perform(move(.closed), at: "04:20")
    #expect(
      record.refusal(PauseTicket("T-1", reason: "the bank", hand: DeskHand()))
        == "T-1 is closed; its clocks stand still.")
  }

  @Test func aFolderThatNamesNoSuchPauseHasNone() throws {
    let record = MemoryRecord()
    var act = DeskBench.open()
    act.plan.pauses = ["pending_user"]
    try record.perform(act)
    #expect(
      record.refusal(PauseTicket("T-1", reason: "the bank", hand: DeskHand()))
        == "The clocks of T-1 go on while a third party works; its folder names no such pause.")
  }
}
