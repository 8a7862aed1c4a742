import Incidents
import Journal
import Testing
import Values

@Suite("Acts in the journal") struct ActsTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func aNewJournalBeginsWithItsOpening() throws {
    let journal = try scratch.open()
    let events = try journal.events(after: 0)
    #expect(events.map(\.kind) == ["journal.opened"])
    #expect(events.first?.seq == 1)
    #expect(events.first?.actor == ops1)
    #expect(events.first?.fact(JournalOpened.self) == JournalOpened(midwatch: "0.1", schema: 3, name: "test"))
    #expect(journal.origin.utf8.count == 32)
    #expect(try journal.head().count == 1)
    #expect(try scratch.open().origin == journal.origin)
    #expect(try journal.head().count == 1)
  }

  @Test func anActAppendsAndFolds() throws {
    let journal = try scratch.open()
    let events = try journal.perform(Raise(), by: ops1, at: instant(1))
    #expect(events.map(\.seq) == [2])
    #expect(events.first?.recorded == instant(1))
    #expect(try journal.events(after: 1) == events)
    #expect(try journal.entity(Counter.self, key: "a")?.value == 1)
    #expect(try journal.entity(Counter.self, key: "b") == nil)
  }

  @Test func aRefusalLeavesNothing() throws {
    let journal = try scratch.open()
    let before = try journal.head()
    let version = try journal.dataVersion()
    #expect(throws: Refusal("a is at its limit, 0.")) {
      try journal.perform(Raise(limit: 0), by: ops1, at: instant(1))
    }
    #expect(try journal.head() == before)
    #expect(try journal.entity(Counter.self, key: "a") == nil)
    #expect(throws: Refusal("Not now.")) {
      try journal.perform(Number(refuses: true), by: ops1, at: instant(1))
    }
    #expect(try journal.dataVersion() == version)
    #expect(try journal.perform(Number(), by: ops1, at: instant(2)).first?.fact(Said.self)?.text == "INC-1")
    #expect(try journal.perform(Number(), by: ops1, at: instant(2)).first?.fact(Said.self)?.text == "INC-2")
    let ticket = try journal.perform(Number(series: "T"), by: ops1, at: instant(2))
    #expect(ticket.first?.fact(Said.self)?.text == "T-1")
  }

  @Test func anActRepeatedAppendsOnce() throws {
    let journal = try scratch.open()
    let id = UUIDv7(at: instant(1))
    let say = Say("one", "two", "three")
    let first = try journal.perform(say, by: ops1, at: instant(1), id: id)
    #expect(first.map(\.id) == (0..<3).map { id.advanced(by: $0).description })
    try journal.perform(Say("other"), by: ops1, at: instant(2))
    #expect(try journal.perform(say, by: ops1, at: instant(3), id: id) == first)
    #expect(try scratch.open().perform(say, by: ops1, at: instant(3), id: id) == first)
    #expect(try journal.head().count == 5)
  }

  @Test func aBatchPutsPeopleFirstAndKeepsTheOrderOfResults() throws {
    let journal = try scratch.open()
    let results = journal.performBatch([
      WaitingAct(Say("engine"), by: engine, at: instant(1)),
      WaitingAct(Raise(limit: 0), by: ops1, at: instant(1)),
      WaitingAct(Say("person"), by: ops1, at: instant(1)),
    ])
    #expect(results.count == 3)
    #expect(results.map { try? $0.get().map(\.seq) } == [[3], nil, [2]])
    #expect(throws: Refusal.self) { try results.dropFirst().first?.get() }
  }

  @Test func laterActsOfABatchSeeEarlierOnes() throws {
    let journal = try scratch.open()
    let acts = (0..<50).map { WaitingAct(Raise(limit: 30), by: ops1, at: instant($0)) }
    let results = journal.performBatch(acts)
    #expect(results.filter { (try? $0.get()) != nil }.count == 30)
    let counter = try journal.entity(Counter.self, key: "a")
    #expect(counter?.value == 30)
    #expect(counter?.jumps == 0)
  }

  @Test func aSupersededEngineIsRefusedAndPeopleAreNot() throws {
    let journal = try scratch.open()
    let other = try scratch.open()
    let mine = try journal.takeEpoch(by: engine, at: instant(1), pid: 7)
    try journal.perform(Raise(), by: engine, at: instant(2), epoch: mine)
    let theirs = try other.takeEpoch(by: engine, at: instant(3), pid: 8)
    #expect(theirs == mine + 1)
    let error = #expect(throws: JournalError.self) {
      try journal.perform(Raise(), by: engine, at: instant(4), epoch: mine)
    }
    #expect(error?.kind == .superseded)
    try journal.perform(Raise(), by: ops1, at: instant(5))
    try other.perform(Raise(), by: engine, at: instant(6), epoch: theirs)
    #expect(try journal.entity(Counter.self, key: "a")?.value == 3)
    let took = try journal.events(matching: EventQuery(kinds: ["engine.took"])).last?.fact(EngineTook.self)
    #expect(took == EngineTook(epoch: theirs, pid: 8, midwatch: "0.1"))
  }

  @Test func twoJournalsRacingLoseAndForkNothing() async throws {
    let journals = [try scratch.open(), try scratch.open()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<4 {
        let journal = journals[thread % 2]
        group.addTask {
          for step in 0..<50 {
            let counter = step % 2 == 0 ? "a" : "b"
            try journal.perform(Raise(counter: counter), by: ops1, at: instant(Int64(step)))
          }
        }
      }
      try await group.waitForAll()
    }
    for journal in journals {
      #expect(try journal.head().count == 201)
      for key in ["a", "b"] {
        let counter = try journal.entity(Counter.self, key: key)
        #expect(counter?.value == 100)
        #expect(counter?.jumps == 0)
      }
      #expect(journal.verify() == .intact(try journal.head()))
    }
  }

  @Test func anotherJournalNoticesThroughDataVersion() throws {
    let journal = try scratch.open()
    let other = try scratch.open()
    let before = (try journal.dataVersion(), try other.dataVersion())
    #expect(try journal.dataVersion() == before.0)
    try other.perform(Raise(), by: ops1, at: instant(1))
    #expect(try journal.dataVersion() != before.0)
    #expect(try other.dataVersion() != before.1)
    #expect(try journal.entity(Counter.self, key: "a")?.value == 1)
  }

  @Test func whatIsSentIsQueuedOnceAndMovedByActs() throws {
    let journal = try scratch.open()
    var say = Say("update")
    say.send = [Outgoing(destination: "page", key: "k1", payload: [1, 2])]
    try journal.perform(say, by: ops1, at: instant(1))
    try journal.perform(say, by: ops1, at: instant(2))
    let queued = try journal.outbox([.queued])
    #expect(queued.map(\.outgoing) == say.send)
    #expect(queued.first?.event == 2)
    let epoch = try journal.takeEpoch(by: engine, at: instant(3), pid: 7)
    var claim = Say("claimed")
    claim.moves = [OutboxMove(destination: "page", key: "k1", to: .claimed)]
    try journal.perform(claim, by: engine, at: instant(4), epoch: epoch)
    #expect(try journal.outbox([.queued]).isEmpty)
    #expect(try journal.outbox([.claimed, .sent]).map(\.epoch) == [epoch])
    #expect(try journal.outboxItem(destination: "page", key: "k1")?.state == .claimed)
    #expect(try journal.outboxItem(destination: "page", key: "k9") == nil)
  }

  @Test func numbersThatJSONLacksAreKept() throws {
    let journal = try scratch.open()
    var say = Say("infinite")
    say.value = .infinity
    #expect(try journal.perform(say, by: ops1, at: instant(1)).first?.fact(Said.self)?.value == .infinity)
  }
}
