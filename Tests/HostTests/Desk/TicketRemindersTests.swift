import Comms
import Desk
import Foundation
import Incidents
import Journal
import Systems
import Testing
import Values

@testable import Host

/// What the engine tells of clocks that run out: each once, whoever the engine is and wherever it dies.
struct TicketRemindersTests {
  private let bench: OutboxBench

  init() throws {
    bench = try OutboxBench(
      "  pager: {file: pager.txt, on: page}\n  desk: {file: desk.txt, on: info}\n  log: {file: log.txt}\n")
  }

  private var plan: ClockPlan {
    var plan = ClockPlan()
    plan.targets = [
      .init(severity: .s1, mitigate: .minutes(15), resolve: .hours(2)),
      .init(severity: .s3, respond: .hours(1), calendar: "office"),
    ]
    plan.pauses = ["pending_user"]
    return plan
  }

  private func ticket(
    _ subject: String, _ severity: Severity, minutesAgo: Int64, hours: [BusinessCalendar.Hours] = []
  ) -> WaitingAct {
    var plan = plan
    if !hours.isEmpty {
      plan.calendars = [BusinessCalendar(name: "office", zone: "UTC", hours: hours, holidays: [])]
    }
    var act = OpenTicket(
      subject: subject, text: "My card is 4929 1234.", requester: "Eve Adams", plan: plan, hand: DeskHand())
    act.system = "shop"
    act.severity = severity
    return WaitingAct(act, by: TestFolder.actor, at: Clock.now() - .minutes(minutesAgo))
  }

  private func open(_ acts: [WaitingAct]) throws {
    for result in bench.journal.performBatch(acts) { _ = try result.get() }
  }

  /// One look of an engine that has just begun.
  ///
  /// - Parameter commits: it dies after so many.
  private func look(commits: Int = .max) throws {
    var reminders = TicketReminders(
      .init(
        journal: bench.journal, scribe: bench.scribe, epoch: 0, version: "test", folders: bench.folders))
    var left = commits
    reminders.look { acts in
      guard left > 0 else { return nil }
      left -= 1
      return bench.journal.performBatch(
        acts.map { WaitingAct($0, by: Identity.engine(), at: Clock.now()) })
    }
  }

  /// `T-1 mitigate due to pager, desk`, in their order.
  private func told() throws -> [String] {
    try bench.journal.events(matching: EventQuery(kinds: [TicketReminded.kind])).compactMap { event in
      event.fact(TicketReminded.self).map { fact in
        "\(event.ticket ?? "?") \(fact.clock) \(fact.occasion.rawValue)"
          + " to \((fact.to ?? ["nobody"]).joined(separator: ", "))"
      }
    }
  }

  private func messages(to place: String) throws -> [String] {
    try bench.journal.entities(DeliveryRecord.self).filter { $0.to == place }.map { record in
      let item = try bench.journal.outboxItem(destination: record.place, key: record.sendKey)
      let payload = try #require(DeliveryPayload(stored: item?.outgoing.payload ?? []))
      return payload.body
    }
  }

  @Test func eachIsToldOnceToWhomItIsLoudEnough() throws {
    try open([
      ticket("Cannot pay", .s1, minutesAgo: 20), ticket("A question", .s3, minutesAgo: 50),
      ticket("Fresh", .s1, minutesAgo: 1),
    ])
    try look()
    #expect(try told() == ["T-1 mitigate due to pager, desk", "T-2 respond warning to desk"])
    try look()
    try look()
    #expect(try told().count == 2)
    let page = try #require(try messages(to: "pager").first)
    #expect(try messages(to: "pager").count == 1 && messages(to: "desk").count == 2)
    #expect(page.contains("T-1 S1 Cannot pay: mitigate is overdue since "), "\(page)")
    #expect(page.contains("Nobody has it"), "\(page)")
    for secret in ["4929", "Eve"] { #expect(!page.contains(secret), "\(page)") }
    let record = try #require(try bench.journal.entities(DeliveryRecord.self).first)
    #expect(record.ticket == "T-1" && record.occasion == .reminded)
    // A reminder is no reply to whoever asked.
    let ticket = try #require(try bench.journal.entity(Ticket.self, key: "T-1"))
    let events = try bench.journal.events(matching: EventQuery(ticket: "T-1"))
    #expect(try ReplyFate.all(of: ticket, events: events, folder: bench.system).isEmpty)
  }

  @Test func aFloodIsOneNoticeThatCountsAndADeathInTheMiddleLosesNone() throws {
    let count = 450
    try open((1...count).map { ticket("Old request \($0)", .s1, minutesAgo: 30) })
    try look(commits: 1)
    #expect(try told().count == 200)
    #expect(try messages(to: "pager").count == 1 && messages(to: "desk").count == 1)
    let page = try #require(try messages(to: "pager").first)
    #expect(page.contains("shop: \(count) tickets: \(count) overdue"), "\(page)")
    #expect(page.contains("T-1 S1 Old request 1: mitigate is overdue since "), "\(page)")
    #expect(page.contains("> and \(count - 10) more"), "\(page)")
    // The next one tells the rest, and nobody twice.
    try look()
    #expect(try told().count == count && Set(try told()).count == count)
    #expect(try messages(to: "pager").count == 2)
    try look()
    #expect(try told().count == count && messages(to: "pager").count == 2)
    let counted = try bench.journal.events(matching: EventQuery(kinds: [TicketReminded.kind]))
      .allSatisfy { $0.fact(TicketReminded.self)?.counted == true }
    #expect(counted)
  }

  @Test func aFolderThatIsNotTrustedTellsNobodyOutside() throws {
    let bench = try OutboxBench("  pager: {file: pager.txt, on: page}\n", isTrusted: false)
    _ = try bench.journal.perform(
      ticket("Cannot pay", .s1, minutesAgo: 20).act, by: TestFolder.actor, at: Clock.now() - .minutes(20))
    var reminders = TicketReminders(
      .init(
        journal: bench.journal, scribe: bench.scribe, epoch: 0, version: "test", folders: bench.folders))
    reminders.look { acts in
      bench.journal.performBatch(acts.map { WaitingAct($0, by: Identity.engine(), at: Clock.now()) })
    }
    let facts = try bench.journal.events(matching: EventQuery(kinds: [TicketReminded.kind]))
      .compactMap { $0.fact(TicketReminded.self) }
    #expect(facts.count == 1 && facts.first?.to == nil)
    #expect(try bench.journal.entities(DeliveryRecord.self).isEmpty)
  }

  @Test func outsideHoursWaitsAndIsLookedAtWhenItIsWorse() throws {
    // The office works on the weekday after tomorrow only.
    let weekday = Zone.utc.civil(at: Clock.now() + .days(2)).weekday
    let hours = [BusinessCalendar.Hours(days: [weekday], from: 540, until: 1020)]
    try open([ticket("A question", .s3, minutesAgo: 60 * 24 * 10, hours: hours)])
    var reminders = TicketReminders(
      .init(
        journal: bench.journal, scribe: bench.scribe, epoch: 0, version: "test", folders: bench.folders))
    func look() {
      reminders.look { acts in
        bench.journal.performBatch(acts.map { WaitingAct($0, by: Identity.engine(), at: Clock.now()) })
      }
    }
    look()
    look()
    #expect(try told() == [])
    var change = ChangeTicket("T-1", hand: DeskHand())
    change.severity = .s1
    _ = try bench.journal.perform(change, by: TestFolder.actor, at: Clock.now())
    look()
    #expect(try told() == ["T-1 mitigate due to pager, desk", "T-1 resolve due to pager, desk"])
  }

  /// Answered between the look and the commit: nobody is told.
  @Test func whatSomebodyDidInTheMeantimeIsLeftOut() throws {
    try open([ticket("Cannot pay", .s1, minutesAgo: 20)])
    let ticket = try #require(try bench.journal.entity(Ticket.self, key: "T-1"))
    let due = ticket.reminders(at: Clock.now(), zones: [:]).now
    let pages = ReminderPlan(system: "shop", pagers: try bench.system.pagers, origin: "o")
      .pages(of: due, at: Clock.now())
    let parcels = try pages.map { (try bench.system.parcel(of: $0.message, to: $0.to), $0.tickets) }
    #expect(parcels.count == 2)
    _ = try bench.journal.perform(
      BeginMitigation("T-1", hand: DeskHand()), by: TestFolder.actor, at: Clock.now())
    let events = try bench.journal.perform(
      RemindTickets(reminders: due, parcels: parcels, areCounted: [], zones: [:]), by: Identity.engine(),
      at: Clock.now())
    #expect(events.isEmpty)
  }

  @Test func theRunnerLooksByItself() throws {
    try open([ticket("Cannot pay", .s1, minutesAgo: 20)])
    let epoch = try bench.journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: getpid())
    let runner = TicketRunner(
      .init(
        journal: bench.journal, scribe: bench.scribe, epoch: epoch, version: "test", folders: bench.folders))
    defer { runner.stop() }
    _ = try Condition.wait(for: "the first", patience: .seconds(40)) { try told().count == 1 ? true : nil }
    try open([ticket("Cannot log in", .s1, minutesAgo: 20)])
    runner.look()
    _ = try Condition.wait(for: "the second", patience: .seconds(40)) { try told().count == 2 ? true : nil }
  }
}
