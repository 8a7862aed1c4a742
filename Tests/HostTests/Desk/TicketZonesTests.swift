import Desk
import Incidents
import Journal
import Systems
import Testing
import Values

@testable import Host

/// An import without --system counts by the hours of the tickets' own plans.
struct TicketZonesTests {
  @Test(.enabled(if: ZoneReader.zone("Asia/Tokyo") != nil)) func anImportMovesNoDeadline() throws {
    let place = try TestFolder()
    let journal = try place.journal()
    let now = try #require(Instant(rfc3339: "2026-11-21T03:06:00Z"))
    let hours = (0..<7).map { day in BusinessCalendar.Hours(days: [day], from: 600, until: 1080) }
    func take(_ state: String, with plan: ClockPlan?, at now: Instant) throws -> TicketIntake.Report {
      try place.write(
        "source,id,subject,requester,state,opened\nzd,1,No packs,eve,\(state),2026-11-21T03:00:00Z\n",
        to: "t.csv")
      var intake = try TicketIntake(
        journal, actor: TestFolder.actor, folder: nil, source: nil, at: now)
      if let plan {
        var act = TakeTicket(
          IncomingTicket(id: "1", subject: "No packs", text: "", requester: "eve"), from: "zd", digest: "d",
          system: nil, plan: plan,
          hand: DeskHand(zones: ["Asia/Tokyo": try #require(ZoneReader.zone("Asia/Tokyo"))]))
        act.incoming.opened = Instant(rfc3339: "2026-11-21T03:00:00Z")
        _ = try journal.perform(act, by: TestFolder.actor, at: now)
        return intake.report
      }
      let file = try TicketFile(place.path + "/t.csv", kind: nil, mapping: .ours, at: now)
      try file.read({ try intake.take($0, isDry: false) }, problem: { Issue.record("\($0)") })
      try intake.finish(isDry: false)
      return intake.report
    }
    var plan = ClockPlan()
    plan.calendars = [.init(name: "office", zone: "Asia/Tokyo", hours: hours, holidays: [])]
    plan.targets = [.init(severity: .s3, resolve: .hours(4), calendar: "office")]
    plan.pauses = ["pending_user"]
    _ = try take("", with: plan, at: now)
    func due() throws -> String? {
      let ticket: Ticket? = try journal.entity(Ticket.self, key: "T-1")
      return ticket?.clocks.first?.due?.dateClockUTC
    }
    #expect(try due() == "2026-11-21 07:00:00Z")
    #expect(try take("pending_user", with: nil, at: now).refused == [])
    let later = try take("pending_support", with: nil, at: now + .minutes(10))
    #expect(later.changed == 1 && later.refused == [])
    #expect(try due() == "2026-11-21 07:10:00Z")
  }
}
