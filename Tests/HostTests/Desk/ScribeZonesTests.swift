import Desk
import Incidents
import Journal
import Testing
import Transfer
import Values

@testable import Host

/// An act that finds tickets by itself gets the zones that it wants for them.
struct ScribeZonesTests {
  /// Incident and ticket, linked, whose clock stands still for it.
  private func resolve(_ zone: String) throws -> (event: Event?, failure: (any Error)?) {
    let place = try TestFolder()
    let journal = try place.journal()
    let now = Clock.now()
    var plan = ClockPlan()
    plan.calendars = [
      .init(
        name: "office", zone: zone, hours: [.init(days: Array(0..<7), from: 0, until: 1440)], holidays: [])
    ]
    plan.targets = [.init(severity: .s3, respond: .hours(4), calendar: "office")]
    plan.pauses = ["incident"]
    let hand = DeskHand(zones: [zone: .utc])
    var open = OpenTicket(subject: "No packs", text: "gone", requester: "eve", plan: plan, hand: hand)
    open.system = "shop"
    _ = try journal.perform(open, by: TestFolder.actor, at: now - .minutes(9))
    _ = try journal.perform(
      DeclareIncident(systems: ["shop"], severity: .s1, title: "Down", plans: [:]), by: TestFolder.actor,
      at: now - .minutes(8))
    _ = try journal.perform(
      LinkTicket("T-1", to: "INC-1", hand: hand), by: TestFolder.actor, at: now - .minutes(7))
    let scribe = Scribe(journal)
    defer { scribe.stop() }
    let heard = Heard<Result<[Event], any Error>>()
    let mailbox = heard.mailbox
    // As a console does it that has never read a page with this ticket.
    scribe.performWithZones(
      CarryTickets(ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"), zones: [:]),
      by: TestFolder.actor, at: now
    ) { mailbox.post($0) }
    switch try heard.first("the answer", patience: .seconds(40), { $0 }) {
    case .success(let events): return (events.last { $0.ticket == "T-1" }, nil)
    case .failure(let error): return (nil, error)
    }
  }

  @Test(.enabled(if: ZoneReader.zone("Asia/Tokyo") != nil)) func oneThatThisHostHasIsRead() throws {
    let (event, failure) = try resolve("Asia/Tokyo")
    #expect(failure == nil && event?.fact(TicketResumed.self)?.reason == nil)
    #expect(event?.fact(TicketResumed.self)?.clocks?.first?.due != nil)
  }

  @Test func oneThatIsNoneIsSaid() throws {
    let (event, failure) = try resolve("Nowhere/Land")
    #expect(failure == nil)
    #expect(
      event?.fact(TicketResumed.self)?.reason
        == "its hours count in UTC, for Nowhere/Land is no zone that is known here; install tzdata")
  }
}
