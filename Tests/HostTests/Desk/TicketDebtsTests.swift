import Comms
import Desk
import Incidents
import Journal
import Systems
import Testing
import Values

@testable import Host

/// What is owed to another house, on its way into the outbox.
struct TicketDebtsTests {
  private let place: TestFolder
  private let journal: Journal
  private let folder: SystemFolder

  /// - Parameter calls: of an http source.
  private init(_ calls: String) throws {
    place = try TestFolder()
    journal = try place.journal()
    let text = """
      title: Shop
      tickets:
        source:
          http: http://127.0.0.1:9/api
          name: grimoire
      \(calls)

      """
    let (loaded, problems) = try place.source(text).load()
    try #require(problems.isEmpty, "\(problems)")
    folder = loaded
  }

  init() throws { try self.init("    comment: {post: \"/tickets/{id}/comments\", data: {body: \"{text}\"}}") }

  private func write(_ acts: [any Act]) -> [Result<[Event], any Error>] {
    journal.performBatch(acts.map { WaitingAct($0, by: Identity.engine(), at: Clock.now()) })
  }

  private func act(_ acts: [any Act]) throws {
    for result in journal.performBatch(acts.map { WaitingAct($0, by: TestFolder.actor, at: Clock.now()) }) {
      _ = try result.get()
    }
  }

  private func ticket(_ key: String) throws -> Ticket {
    try #require(try journal.entity(Ticket.self, key: key))
  }

  private func deliveries() throws -> [DeliveryRecord] { try journal.entities(DeliveryRecord.self) }

  /// That house has no call for states, so they are owed for ever: a reply on one more ticket goes out all the same.
  @Test func whatAHouseDoesNotTakeHoldsUpNoReply() throws {
    let many = 5003
    for first in stride(from: 1, through: many, by: 500) {
      let numbers = Array(first...min(first + 499, many))
      let taken = write(
        numbers.map { number in
          TakeTicket(
            IncomingTicket(id: "g\(number)", subject: "No \(number)", text: "Help", requester: "eve"),
            from: "grimoire", digest: "d", system: "shop", plan: ClockPlan(), hand: DeskHand())
        })
      #expect(taken.allSatisfy { (try? $0.get()) != nil })
      // Two of each, so that one comment is the least that is owed.
      try act(numbers.map { MoveTicket("T-\($0)", to: .resolved, hand: DeskHand()) })
      try act(numbers.map { MoveTicket("T-\($0)", to: .closed, hand: DeskHand()) })
    }
    _ = write([
      TakeTicket(
        IncomingTicket(id: "last", subject: "Last", text: "Help", requester: "eve"), from: "grimoire",
        digest: "d", system: "shop", plan: ClockPlan(), hand: DeskHand())
    ])
    var note = CommentTicket("T-5004", text: "We look.", isPublic: true, hand: DeskHand())
    try act([note])
    var debts = try #require(TicketDebts(folder, in: journal))
    let first = try debts.queue(write: write)
    #expect(first.count == 1 && first.refused == [])
    #expect(try deliveries().map(\.ticket) == ["T-5004"])
    // From then on what happened since is looked at.
    note.ticket = "T-5004"
    note.text = "And again."
    try act([note])
    #expect(try debts.queue(write: write).count == 1 && debts.queue(write: write).count == 0)
    #expect(try deliveries().count == 2)
  }

  /// Written on before the engine saw it, and older than a hundred others.
  @Test func whatWasWrittenOnIsMadeThereWithAllOfIt() throws {
    let desk = try Self(
      """
          create: {post: /tickets, data: {subject: "{subject}"}}
          comment: {post: "/tickets/{id}/comments", data: {body: "{text}"}}
      """)
    func open(_ subject: String) -> OpenTicket {
      var open = OpenTicket(
        subject: subject, text: "She called.", requester: "eve", plan: ClockPlan(), hand: DeskHand())
      open.system = "shop"
      return open
    }
    try desk.act([open("First")])
    try desk.act([
      CommentTicket("T-1", text: "We look.", isPublic: true, hand: DeskHand()),
      CommentTicket("T-1", text: "inside", isPublic: false, hand: DeskHand()),
      CommentTicket("T-1", text: "Done.", isPublic: true, hand: DeskHand()),
    ])
    try desk.act((1...150).map { open("No \($0)") })
    var debts = try #require(TicketDebts(desk.folder, in: desk.journal))
    #expect(try debts.queue(write: desk.write).count == 151)
    #expect(try debts.queue(write: desk.write).count == 0)
    let known = try desk.ticket("T-1")
    #expect(known.external == .init(source: "grimoire", id: ""))
    #expect(known.unsent.map(\.what) == ["comment", "state", "comment", "comment"])
    // That house says what it calls it: now it is told the rest.
    _ = desk.write([
      SyncTicket(
        TakeTicket(
          IncomingTicket(id: "g1", subject: "First", text: "She called.", requester: "Eve "),
          from: "grimoire",
          digest: "d", system: "shop", plan: ClockPlan(), hand: DeskHand()), of: "shop")
    ])
    #expect(try desk.ticket("T-1").external?.id == "g1")
    #expect(try debts.queue(write: desk.write).count == 2)
    let texts = try desk.journal.outbox([.queued]).compactMap {
      DeliveryPayload(stored: $0.outgoing.payload)?.body
    }
    #expect(texts.filter { $0.contains("body") } == [#"{"body":"We look."}"#, #"{"body":"Done."}"#])
  }

  /// One of somebody else with the same words is another.
  @Test func onlyTheSameRequestersIsTheOneThatWasMade() throws {
    let desk = try Self("    create: {post: /tickets, data: {subject: \"{subject}\"}}")
    var open = OpenTicket(
      subject: "Help", text: "Please", requester: "eve", plan: ClockPlan(), hand: DeskHand())
    open.system = "shop"
    try desk.act([open])
    var debts = try #require(TicketDebts(desk.folder, in: desk.journal))
    #expect(try debts.queue(write: desk.write).count == 1)
    _ = desk.write([
      SyncTicket(
        TakeTicket(
          IncomingTicket(id: "g1", subject: "Help", text: "Please", requester: "bob"), from: "grimoire",
          digest: "d", system: "shop", plan: ClockPlan(), hand: DeskHand()), of: "shop")
    ])
    #expect(try desk.ticket("T-1").external?.id == "" && desk.ticket("T-2").requester == "bob")
  }
}
